import { css, html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property, query } from 'lit/decorators.js';
import '../components/lineage-graph';
import { formatAccuracy } from '../components/format';
import '../components/model-comparison';
import type { ModelComparison } from '../components/model-comparison';
import { GENERATED_TEST, type EvaluatedData } from '../domain/evaluated-data';
import { versionName, type ModelVersionId } from '../domain/ids';
import { traceLineage, type LineageNode } from '../domain/lineage';
import { accuracyOf } from '../domain/metrics';
import { MNIST } from '../domain/mnist';
import type { EvaluationService } from '../services/evaluation-service';
import type { ModelCatalogue } from '../services/model-service';
import { compareModels } from './compared-models';
import { lastOf } from './last-of';
import { findVersion, modelTitle, testScoreOf } from './model-words';

/** What is said of several models at once: those that are ticked, side by side, and which came of which. */
@customElement('models-board')
export class ModelsBoard extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      gap: 20px;
      margin-top: 20px;
    }
    @media (max-width: 720px) {
      :host {
        gap: 14px;
        margin-top: 14px;
      }
    }
  `;

  @property({ attribute: false }) catalogue!: ModelCatalogue;
  @property({ attribute: false }) evaluation!: EvaluationService;
  @property({ attribute: false }) chosen: ModelVersionId | undefined;
  @property({ attribute: false }) ticked: ReadonlySet<ModelVersionId> = new Set();
  @property({ type: Boolean }) hasMnist = false;
  @query('model-comparison') private comparison!: ModelComparison | null;
  private readonly trace = lastOf(traceLineage);

  override render() {
    const { versions, shipped, champion } = this.catalogue;
    const lineage = this.trace(versions, shipped);
    return html`
      ${this.renderComparison()}
      ${
        versions.length === 0
          ? nothing
          : html`
              <lineage-graph
                .lineage=${lineage}
                .chosen=${this.chosen}
                .champion=${champion}
                .lineOf=${this.lineOf}
                @select=${(event: CustomEvent<ModelVersionId>) => this.tell('select', event.detail)}
              ></lineage-graph>
            `
      }
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    // The second tick makes the table: it is below the list, where nobody looks.
    const before = changed.get('ticked');
    if (before && before.size < 2 && this.ticked.size === 2) this.comparison?.show();
  }

  private renderComparison() {
    const versions = [...this.ticked].flatMap((id) => findVersion(this.catalogue, id) ?? []);
    if (versions.length < 2) return nothing;
    const { drawnScores } = this.catalogue;
    const compared = versions.map((version) => ({
      version,
      test: testScoreOf(this.catalogue, version.id),
      drawn: drawnScores.get(version.id),
    }));
    return html`
      <model-comparison
        .names=${versions.map(nameInTable)}
        .groups=${compareModels(compared)}
        .test=${versions.length === 2 ? 'Test both on the same digits' : ''}
        @test=${() => this.testBoth(versions[0]!.id, versions[1]!.id)}
        @close=${() => this.tell('close')}
      ></model-comparison>
    `;
  }

  /** On Evaluate, where the two are held against each other, image by image. */
  private testBoth(first: ModelVersionId, second: ModelVersionId): void {
    const data: EvaluatedData = this.hasMnist
      ? { kind: 'stored', name: MNIST, split: 'test' }
      : GENERATED_TEST;
    void this.evaluation.examine({ versionId: first, data }).then(() => this.evaluation.compareWith(second));
    location.hash = '#/evaluate';
  }

  /** Under a model's name in the graph: its number, where it has a name, and how well it reads. */
  private readonly lineOf = ({ version }: LineageNode): string => {
    if (!version) return '';
    const score = testScoreOf(this.catalogue, version.id) ?? version.validation;
    return [
      ...(version.name ? [versionName(version.id)] : []),
      ...(score.total > 0 ? [formatAccuracy(accuracyOf(score))] : []),
    ].join(', ');
  };

  private tell(name: 'select' | 'close', detail?: ModelVersionId): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** Two models may have one name: their numbers tell them apart. */
function nameInTable(version: Parameters<typeof modelTitle>[0]): string {
  return version.name ? `${modelTitle(version)} (${versionName(version.id)})` : modelTitle(version);
}

declare global {
  interface HTMLElementTagNameMap {
    'models-board': ModelsBoard;
  }
}
