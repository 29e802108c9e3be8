import { html, nothing } from '../i18n/lit';
import { formatDuration } from '../components/format';
import '../components/ink-icon';
import type { ApiCallRecord } from './api-calls';

/** The answer to a call, as far as it has come. */
export function renderAnswer(call: ApiCallRecord | undefined) {
  return html`
    <section class="plate answer" aria-labelledby="answer">
      <div class="row">
        <h2 id="answer">Answer</h2>
        ${call ? renderStatus(call) : nothing}
      </div>
      <p role="status">${call ? wordCall(call) : 'Send a request, and its answer is here.'}</p>
      ${
        call?.text
          ? html`
              <pre tabindex="0" role="region" aria-label="The answer">${call.text}</pre>
            `
          : nothing
      }
      ${call?.headers ? renderDetails(call.sent, call.headers) : nothing}
    </section>
  `;
}

function renderDetails(sent: string, headers: NonNullable<ApiCallRecord['headers']>) {
  const lines = headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  return html`
    <details>
      <summary>What was sent, and the answer’s headers</summary>
      <pre tabindex="0" role="region" aria-label="What was sent">${sent}</pre>
      <pre tabindex="0" role="region" aria-label="Headers of the answer">${lines}</pre>
    </details>
  `;
}

/** The last calls; `show` is told the number of the one whose answer is wanted. */
export function renderCalls(calls: readonly ApiCallRecord[], show: (number: number) => void) {
  if (calls.length === 0) return nothing;
  return html`
    <section class="plate" aria-labelledby="calls">
      <h2 id="calls">Last calls</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Request</th>
            <th scope="col" class="number">Status</th>
            <th scope="col" class="number">Time</th>
          </tr>
        </thead>
        <tbody>
          ${calls.map(
            ({ number, request, status, durationMs }) => html`
              <tr>
                <td>
                  <button class="quiet" @click=${() => show(number)}>
                    <code>${request.method} ${request.address}</code>
                  </button>
                </td>
                <td class="number">${status ?? '–'}</td>
                <td class="number">${durationMs === undefined ? '–' : wordTime(durationMs)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </section>
  `;
}

function renderStatus({ status, failure, isUnderWay }: ApiCallRecord) {
  if (status === undefined && !failure)
    return html`
      <span class="chip running">Waiting</span>
    `;
  const isGood = status !== undefined && status < 400 && !failure;
  const kind = isUnderWay ? 'running' : isGood ? 'passed' : 'wrong';
  return html`
    <span class="chip ${kind}">
      <ink-icon name=${isGood ? 'check' : 'warning'}></ink-icon>
      ${status ?? 'No answer'}
    </span>
  `;
}

function wordCall({ durationMs, failure, isUnderWay, isByServiceWorker }: ApiCallRecord): string {
  if (failure) return failure;
  if (isUnderWay) return 'It is being answered.';
  const by = isByServiceWorker
    ? 'through its service worker'
    : 'by this page: no service worker is in control yet';
  return `Answered on this device in ${wordTime(durationMs ?? 0)}, ${by}. Nothing was sent over the network.`;
}

function wordTime(durationMs: number): string {
  return durationMs < 1000 ? `${Math.max(1, Math.round(durationMs))} ms` : formatDuration(durationMs);
}
