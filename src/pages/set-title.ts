import type { Dataset } from '../domain/dataset';
import { asIs } from '../i18n/as-is';

/** The titles that Inkling gives; all others are names that people gave, and the same in every language. */
const OURS = /^(?:MNIST|Corrections|Drawn here|Drawn digits|Generated, seed \d+)$/u;

/** A set's title as it is shown. */
export function shownTitle({ title }: Pick<Dataset, 'title'>): string {
  return OURS.test(title) ? title : asIs(title);
}
