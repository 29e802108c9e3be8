/** Parts of Draw that only show what the pad holds and what was read of it. */
import { html, nothing, type TemplateResult } from '../i18n/lit';
import '../components/ink-icon';
import '../components/model-picker';
import '../components/number-answer';
import '../components/pixel-view';
import '../components/reading-steps';
import { ENGINE_TITLES } from '../domain/engine';
import type { ModelVersionId } from '../domain/ids';
import type { ModelService } from '../services/model-service';
import type { PictureReading, Recognition, RecognitionService } from '../services/recognition-service';
import { speakNumber, speakRecognition, wordNumber, wordRecognition } from './answer-words';
import { modelOptions } from './model-options';
import type { PadReader } from './pad-reader';

/** The page's name, the model that answers, and the engine that computed the answer. */
export function renderHead(models: ModelService, answer: Recognition | undefined): TemplateResult {
  const { value: catalogue } = models.catalogue;
  return html`
    <header class="head">
      <div>
        <h1>Draw</h1>
        <p>
          Write a digit, or several. The model answers while you draw.
          <a href="#/about">How good it is</a>
        </p>
      </div>
      <div class="side">
        <model-picker
          .options=${modelOptions(catalogue)}
          .chosen=${catalogue.champion}
          @choose=${(event: CustomEvent<ModelVersionId>) => models.chooseChampion(event.detail)}
        ></model-picker>
        ${
          answer
            ? html`
                <span class="chip engine" title="The part of this device that computed the answer">
                  <ink-icon name="engine"></ink-icon>
                  ${ENGINE_TITLES[answer.engine]}
                </span>
              `
            : nothing
        }
      </div>
    </header>
  `;
}

/** The answer in large, or why there is none; of several digits the number that they make. */
export function renderAnswer(pad: PadReader, recognition: RecognitionService): TemplateResult {
  if (pad.answers.length > 1) return renderNumber(pad);
  const { answer } = pad;
  const words = answer && wordRecognition(answer);
  const timing = answer ? `${words?.shares}. ${Math.round(answer.answerMs)} ms` : '';
  return html`
    <div class="answer">
      <span class="digit ${words ? '' : 'none'}" aria-hidden="true">${words?.digit ?? '–'}</span>
      <div>
        <p class="statement">${words?.statement ?? wordWaiting(recognition)}</p>
        <p class="shares figures">${timing} ${words ? renderHint() : nothing}</p>
        ${renderTouching(pad)}
      </div>
    </div>
  `;
}

/** What is said of the answers, for those who listen; nothing where there are none. */
export function wordAnswers({ answers }: PadReader): string {
  const [first, ...others] = answers;
  if (!first) return '';
  return others.length === 0 ? speakRecognition(first) : speakNumber(answers);
}

/** The digit as the network gets it. */
export function renderSeen(pixels: Uint8Array<ArrayBuffer> | undefined, theme: string): TemplateResult {
  return html`
    <section class="seen" aria-label="What the network sees">
      <pixel-view
        .pixels=${pixels}
        .theme=${theme}
        label=${pixels ? 'Your digit as 28 by 28 pixels' : 'Nothing drawn yet'}
      ></pixel-view>
      <div>
        <h2>What the network sees</h2>
        <p class="hint">
          28 × 28 pixels: the digit is scaled to 20 pixels and centred, the way the training images are. The
          network gets it light on dark.
        </p>
      </div>
    </section>
  `;
}

/** How a picture was read, step by step. */
export function renderSteps(picture: PictureReading | undefined, theme: string) {
  if (!picture) return nothing;
  return html`
    <reading-steps
      .steps=${picture.steps}
      .isNumber=${picture.found.digits.length > 1}
      .theme=${theme}
    ></reading-steps>
  `;
}

function renderNumber(pad: PadReader): TemplateResult {
  const words = wordNumber(pad.answers);
  const slowest = Math.max(...pad.answers.map(({ answerMs }) => answerMs));
  return html`
    <div class="answer several">
      <number-answer
        .answers=${pad.answers}
        .chosen=${pad.chosen}
        @choose=${({ detail }: CustomEvent<number>) => pad.choose(detail)}
      ></number-answer>
      <div>
        <p class="statement">${words.statement}</p>
        <p class="shares figures">${words.shares}. ${Math.round(slowest)} ms</p>
        ${renderTouching(pad)}
      </div>
    </div>
  `;
}

function renderTouching({ answers, found }: PadReader) {
  if (answers.length === 0 || !found?.digits.some(({ isTouching }) => isTouching)) return nothing;
  return html`
    <p class="hint touching">Two digits may touch here. Leave a gap between them.</p>
  `;
}

function wordWaiting(recognition: RecognitionService): string {
  const { state } = recognition.readiness.value;
  if (state === 'loading') return 'Getting the model ready. You can draw already.';
  if (state === 'failed') return 'There is no model to answer.';
  return 'Write one digit.';
}

/** Its code is loaded by the page: there is nothing to explain before there is an answer. */
function renderHint() {
  return html`
    <term-hint term="confidence"></term-hint>
  `;
}
