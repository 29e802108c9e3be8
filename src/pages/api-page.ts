import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { renderChoices } from '../components/fields';
import { renderSegments, segmentStyles, type Segment } from '../components/segments';
import {
  baseStyles,
  buttonStyles,
  chipStyles,
  fieldStyles,
  pageStyles,
  plateStyles,
} from '../components/shared-styles';
import { IMAGE_SIDE } from '../domain/sample';
import { asIs } from '../i18n/as-is';
import type { DatasetService } from '../services/dataset-service';
import type { NoticeService } from '../services/notice-service';
import { renderAnswer, renderCalls } from './api-answer';
import { ApiCalls, type ApiCallRecord } from './api-calls';
import { API_ENDPOINTS, type ApiEndpoint, type ApiField } from './api-endpoints';
import { apiPageStyles } from './api-page-styles';
import { describeRequest, newApiDraft, toApiRequest, type ApiDraft } from './api-request';
import { writeSnippet, type SnippetLanguage } from './api-snippets';

const LANGUAGES: readonly Segment<SnippetLanguage>[] = [
  { view: 'javascript', label: 'fetch' },
  { view: 'curl', label: 'curl' },
  { view: 'python', label: 'Python' },
];
/** The endpoints, in a list to choose from: addresses are the same in every language. */
const endpointChoices = () =>
  API_ENDPOINTS.map(({ id, method, path }) => [id, asIs(`${method} ${path}`)] as const);
/** Where the course project's server listens. */
const USUAL_HOST = 'http://localhost:5000';

/** API: what programs can ask of this app, to be tried out, and the same call as a program. */
@customElement('api-page')
export class ApiPage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    chipStyles,
    fieldStyles,
    segmentStyles,
    pageStyles,
    apiPageStyles,
  ];

  @property({ attribute: false }) datasets!: DatasetService;
  @property({ attribute: false }) notices!: NoticeService;
  @state() private draft: ApiDraft = newApiDraft(API_ENDPOINTS[0]!);
  @state() private language: SnippetLanguage = 'javascript';
  @state() private host = USUAL_HOST;
  /** The number of the call that is shown; the newest one where it is undefined. */
  @state() private shown: number | undefined;
  private example: readonly File[] = [];
  private readonly calls = new ApiCalls(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.fillIn();
  }

  override render() {
    return html`
      <header class="head">
        <div>
          <h1>API</h1>
          <p>
            What programs ask of a server, this app answers itself: from pages of this address, also offline.
          </p>
        </div>
      </header>
      <div class="board">
        <section class="plate" aria-labelledby="endpoints">
          <h2 id="endpoints">Endpoints</h2>
          <div class="picker field">
            <label class="visually-hidden" for="endpoint">Endpoint</label>
            <select id="endpoint" @change=${this.pick}>
              ${renderChoices(endpointChoices(), this.draft.endpoint.id)}
            </select>
          </div>
          <ul class="endpoints">
            ${API_ENDPOINTS.map((endpoint) => this.renderEndpoint(endpoint))}
          </ul>
        </section>
        <div class="column">
          ${this.renderRequest()} ${renderAnswer(this.shownCall)} ${this.renderSnippet()}
          ${renderCalls(this.calls.calls, (number) => (this.shown = number))}
        </div>
      </div>
    `;
  }

  private renderEndpoint(endpoint: ApiEndpoint) {
    const isChosen = endpoint.id === this.draft.endpoint.id;
    return html`
      <li>
        <button aria-pressed=${isChosen ? 'true' : 'false'} @click=${() => this.choose(endpoint)}>
          <span class="method">${endpoint.method}</span>
          ${asIs(endpoint.path)}
        </button>
      </li>
    `;
  }

  private renderRequest() {
    const { endpoint } = this.draft;
    const { isUnderWay } = this.calls;
    return html`
      <section class="plate" aria-labelledby="request">
        <div class="row">
          <h2 id="request">Request</h2>
          ${
            isUnderWay
              ? html`
                  <button @click=${() => this.calls.cancel()}>Cancel</button>
                `
              : nothing
          }
          <button class="primary send" ?disabled=${isUnderWay} @click=${this.send}>
            ${isUnderWay ? 'Waiting…' : 'Send'}
          </button>
        </div>
        <p>${endpoint.summary}</p>
        ${
          endpoint.fields.length > 0
            ? html`
                <div class="fields">${endpoint.fields.map((field) => this.renderField(field))}</div>
              `
            : nothing
        }
        <pre tabindex="0" role="region" aria-label="The request as it is sent">
${describeRequest(toApiRequest(this.draft))}</pre>
      </section>
    `;
  }

  private renderField(field: ApiField) {
    const { name, label, hint, kind } = field;
    const id = `field-${name}`;
    return html`
      <div class="field ${kind === 'files' ? 'wide' : ''}">
        <label for=${id}>${label}</label>
        ${kind === 'files' ? this.renderFiles(field, id) : this.renderInput(field, id)}
        <span id=${`${id}-hint`} class="hint">
          ${kind === 'files' ? this.wordFiles(name) : (hint ?? nothing)}
        </span>
      </div>
    `;
  }

  private renderInput({ name, kind, choices }: ApiField, id: string) {
    const value = this.draft.values[name] ?? '';
    const change = (event: Event) => this.fill(name, (event.target as HTMLInputElement).value);
    if (choices) {
      return html`
        <select id=${id} aria-describedby=${`${id}-hint`} @change=${change}>
          ${renderChoices(choices, value)}
        </select>
      `;
    }
    return html`
      <input
        id=${id}
        type=${kind === 'number' ? 'number' : 'text'}
        aria-describedby=${`${id}-hint`}
        .value=${live(value)}
        @input=${change}
      />
    `;
  }

  private renderFiles({ name, accept, isMultiple = false }: ApiField, id: string) {
    return html`
      <input
        id=${id}
        type="file"
        accept=${accept ?? ''}
        ?multiple=${isMultiple}
        aria-describedby=${`${id}-hint`}
        @change=${({ target }: Event) => this.take(name, [...((target as HTMLInputElement).files ?? [])])}
      />
    `;
  }

  private renderSnippet() {
    const isElsewhere = this.language !== 'javascript';
    return html`
      <section class="plate" aria-labelledby="snippet">
        <div class="row">
          <h2 id="snippet">The same call as a program</h2>
          ${renderSegments('Language', LANGUAGES, this.language, (view) => (this.language = view))}
          <button @click=${this.copySnippet}>Copy</button>
        </div>
        <p>
          ${
            isElsewhere
              ? 'No program outside the browser reaches this app. This asks a server with the same contract, such as the course project’s:'
              : 'From any page or worker of this app, such as the console of this one.'
          }
        </p>
        <div class="field" ?hidden=${!isElsewhere}>
          <label for="host">Server</label>
          <input
            id="host"
            type="text"
            inputmode="url"
            .value=${live(this.host)}
            @input=${({ target }: Event) => (this.host = (target as HTMLInputElement).value)}
          />
        </div>
        <pre tabindex="0" role="region" aria-label="The call as a program">${this.snippet}</pre>
      </section>
    `;
  }

  private get shownCall(): ApiCallRecord | undefined {
    return this.calls.calls.find(({ number }) => number === this.shown) ?? this.calls.calls[0];
  }

  private get snippet(): string {
    return writeSnippet(this.language, toApiRequest(this.draft), this.host);
  }

  private wordFiles(name: string): string {
    const files = this.draft.files[name] ?? [];
    if (files.length === 0) return 'No file yet.';
    if (files === this.example) return `Until you choose, an example is sent: ${this.example[0]?.name}.`;
    return files.length === 1 ? 'This file is sent.' : `These ${files.length} files are sent.`;
  }

  private pick({ target }: Event): void {
    const endpoint = API_ENDPOINTS.find(({ id }) => id === (target as HTMLSelectElement).value);
    if (endpoint) this.choose(endpoint);
  }

  private choose(endpoint: ApiEndpoint): void {
    this.draft = newApiDraft(endpoint);
    void this.fillIn();
  }

  private fill(name: string, value: string): void {
    this.draft = { ...this.draft, values: { ...this.draft.values, [name]: value } };
  }

  private take(name: string, files: readonly File[]): void {
    this.draft = { ...this.draft, files: { ...this.draft.files, [name]: files } };
  }

  /** A digit to begin with, so that Send does something at once. */
  private async fillIn(): Promise<void> {
    if (this.draft.endpoint.id !== 'predict') return;
    const file = await drawExample(await this.datasets.loadExamples(1));
    if (this.draft.endpoint.id !== 'predict' || this.draft.files['file']) return;
    this.example = [file];
    this.take('file', this.example);
  }

  private async send(): Promise<void> {
    this.shown = undefined;
    await this.calls.send(toApiRequest(this.draft));
  }

  private async copySnippet(): Promise<void> {
    await navigator.clipboard.writeText(this.snippet);
    this.notices.show('The program is copied.');
  }
}

/** A digit, 28 × 28 bytes, as a PNG. */
async function drawExample(pixels: Uint8Array): Promise<File> {
  const canvas = new OffscreenCanvas(IMAGE_SIDE, IMAGE_SIDE);
  const image = new ImageData(IMAGE_SIDE, IMAGE_SIDE);
  image.data.forEach((_, at) => (image.data[at] = at % 4 === 3 ? 255 : pixels[at >> 2]!));
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return new File([await canvas.convertToBlob()], 'digit.png', { type: 'image/png' });
}

declare global {
  interface HTMLElementTagNameMap {
    'api-page': ApiPage;
  }
}
