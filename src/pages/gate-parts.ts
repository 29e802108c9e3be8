/** The gate's parts of other pages. */
import { html } from '../i18n/lit';
import '../components/gate-settings';
import type { ModelVersionId } from '../domain/ids';
import type { ModelService } from '../services/model-service';
import type { NoticeService } from '../services/notice-service';
import type { PromotionService } from '../services/promotion-service';
import './gate-panel';

/** The services that the gate is shown with. */
interface Gated {
  readonly promotion: PromotionService;
  readonly models: ModelService;
  readonly notices: NoticeService;
}

/** What the gate says of a version: a plate of its own, or a part of the plate that has a slot for it. */
export function renderGatePanel(versionId: ModelVersionId, shown: Gated, place: 'plate' | 'slot') {
  return html`
    <gate-panel
      class=${place === 'plate' ? 'plate' : ''}
      slot=${place === 'slot' ? 'gate' : ''}
      .promotion=${shown.promotion}
      .models=${shown.models}
      .notices=${shown.notices}
      .versionId=${versionId}
    ></gate-panel>
  `;
}

/** When a new model may take over. */
export function renderGateSettings(promotion: PromotionService) {
  const { marginPoints, promotesAlone } = promotion.state.value;
  return html`
    <gate-settings
      class="plate"
      .margin=${marginPoints}
      .alone=${promotesAlone}
      @margin=${(event: CustomEvent<number>) => promotion.setMargin(event.detail)}
      @alone=${(event: CustomEvent<boolean>) => promotion.promoteAlone(event.detail)}
    ></gate-settings>
  `;
}
