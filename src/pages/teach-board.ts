import { html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../components/digit-tile';
import '../components/error-desk';
import { formatDuration } from '../components/format';
import '../components/progress-ruler';
import { baseStyles, buttonStyles, plateStyles } from '../components/shared-styles';
import { versionName } from '../domain/ids';
import { judgeLesson, type Lesson, type LessonSample } from '../domain/lesson';
import type { NoticeService } from '../services/notice-service';
import type { TeachingService, TeachingState } from '../services/teaching-service';
import {
  lessonRows,
  wordCorrections,
  wordRecommendation,
  wordTeaching,
  type LessonRow,
} from './lesson-words';
import { teachBoardStyles } from './teach-board-styles';
import { watch } from './watch';

/** Corrections that are shown one by one; the others are in the figures. */
const MOST_SHOWN = 24;

/** A lesson: how far it is, what it brought, and whether it is to be used. */
@customElement('teach-board')
export class TeachBoard extends LitElement {
  static override styles = [baseStyles, buttonStyles, plateStyles, teachBoardStyles];

  @property({ attribute: false }) teaching!: TeachingService;
  @property({ attribute: false }) notices!: NoticeService;
  /** Changes when the colours do. */
  @property() theme = '';

  @state() private ink = '';
  @query('.stage') private stage!: HTMLElement;
  private hadFocus = false;

  constructor() {
    super();
    watch(this, () => [this.teaching.state]);
  }

  /** Takes the focus, before its first button. */
  override focus(): void {
    this.stage.focus({ preventScroll: true });
  }

  override render() {
    return html`
      <div class="stage" tabindex="-1">${this.renderState()}</div>
    `;
  }

  private renderState() {
    const { value } = this.teaching.state;
    switch (value.state) {
      case 'idle':
        return nothing;
      case 'failed':
        return html`
          <error-desk .error=${value.error} @dismiss=${() => this.teaching.dismiss()}></error-desk>
        `;
      case 'asking':
        return this.renderQuestion(value.lesson, value.isKeeping);
      default:
        return this.renderProgress(value);
    }
  }

  protected override willUpdate(): void {
    this.hadFocus = this.matches(':focus-within');
  }

  /** A button that was pressed and is gone takes no focus with it. */
  protected override updated(_changes: PropertyValues<this>): void {
    this.ink = getComputedStyle(this).color;
    if (this.hadFocus && !this.matches(':focus-within')) this.focus();
  }

  private renderProgress(state: TeachingState) {
    const words = wordTeaching(state);
    const share = state.state === 'learning' ? state.share : undefined;
    return html`
      <section class="plate" aria-label="Learning from corrections">
        <div class="head">
          <p class="statement" role="status">${words}</p>
          <button @click=${() => this.teaching.cancel()}>Cancel</button>
        </div>
        <progress-ruler .share=${share} label=${words}></progress-ruler>
        <p class="hint">Nothing is replaced before you say so.</p>
      </section>
    `;
  }

  private renderQuestion(lesson: Lesson, isKeeping: boolean) {
    const isBetter = judgeLesson(lesson) === 'better';
    const { total } = lesson.before.corrections;
    return html`
      <section class="plate" aria-label="What was learned">
        <h2>Learned from ${wordCorrections(total)} in ${formatDuration(lesson.durationMs)}</h2>
        <p class="advice ${isBetter ? 'use' : 'keep'}" role="status">${wordRecommendation(lesson)}</p>
        ${this.renderScores(lesson)} ${this.renderSamples(lesson)}
        <div class="buttons">
          <button class=${isBetter ? 'primary' : ''} aria-disabled=${isKeeping} @click=${this.accept}>
            ${isKeeping ? 'Saving…' : 'Use it'}
          </button>
          <button
            class=${isBetter ? '' : 'primary'}
            ?disabled=${isKeeping}
            @click=${() => this.teaching.dismiss()}
          >
            Keep the old one
          </button>
        </div>
        <p class="hint">${wordGroundHint(lesson)} Your corrections stay, whatever you choose.</p>
      </section>
    `;
  }

  private renderScores(lesson: Lesson) {
    return html`
      <table class="figures">
        <caption class="visually-hidden">Read rightly, before and after</caption>
        <thead>
          <tr>
            <th scope="col">Read rightly</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>${lessonRows(lesson).map(renderRow)}</tbody>
      </table>
    `;
  }

  private renderSamples({ samples }: Lesson) {
    const shown = samples.slice(-MOST_SHOWN);
    const note = shown.length < samples.length ? `, the last ${shown.length}` : '';
    return html`
      <ul aria-label="Your corrections${note}">
        ${shown.map((sample) => this.renderSample(sample))}
      </ul>
      <p class="hint">Below each: what it is, and what it was read as before and after.</p>
    `;
  }

  private renderSample(sample: LessonSample) {
    const { pixels, label, before, after } = sample;
    return html`
      <li>
        <digit-tile
          role="img"
          aria-label="${label}: read as ${before} before, as ${after} after"
          .pixels=${pixels}
          .label=${String(label)}
          .note=${`${before} → ${after}`}
          .ink=${this.ink}
          .wrong=${after !== label}
        ></digit-tile>
      </li>
    `;
  }

  private readonly accept = async (): Promise<void> => {
    const verdict = await this.teaching.accept();
    if (!verdict) return;
    const name = versionName(verdict.candidate.versionId);
    if (verdict.promoted) {
      this.notices.show(`${name} answers now.`, { label: 'See how it learned', href: '#/train' });
    } else {
      this.notices.show(`${name} is kept as a candidate. ${verdict.reason}`, {
        label: 'See why',
        href: '#/models',
      });
    }
  };
}

function renderRow({ name, before, after, change, unit, tone }: LessonRow) {
  return html`
    <tr>
      <th scope="row">${name}</th>
      <td>${before}</td>
      <td>${after}</td>
      <td class=${tone}>
        ${change}
        <span class="unit">${unit}</span>
      </td>
    </tr>
  `;
}

function wordGroundHint({ ground }: Lesson): string {
  return ground === 'mnist'
    ? 'MNIST’s test images are learned from by neither model.'
    : 'MNIST is not on this device. Generated digits were mixed in and checked with instead.';
}

declare global {
  interface HTMLElementTagNameMap {
    'teach-board': TeachBoard;
  }
}
