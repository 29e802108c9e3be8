import { expect } from 'chai';
import { DISTURBANCES, type DisturbanceKind, type DisturbedScore } from '../../src/domain/disturbance';
import { AppError } from '../../src/domain/errors';
import { IMAGE_PIXELS } from '../../src/domain/sample';
import '../../src/pages/robustness-desk';
import type { RobustnessDesk } from '../../src/pages/robustness-desk';

const KINDS = Object.keys(DISTURBANCES) as DisturbanceKind[];

/** A measuring that waits until the test lets it end. */
interface Measuring {
  readonly kind: DisturbanceKind;
  readonly tell: (share: number) => void;
  readonly end: (scores: readonly DisturbedScore[]) => void;
}

describe('measuring robustness', () => {
  let desk: RobustnessDesk;
  let measuring: Measuring[];

  beforeEach(async () => {
    measuring = [];
    const shown = {
      versionId: 0,
      data: { kind: 'drawn' },
      examined: { pixels: new Uint8Array(IMAGE_PIXELS), readings: { count: 1, labels: [3] } },
    };
    const evaluation = {
      read: async () => ({ digit: 3, probabilities: Array.from({ length: 10 }, () => 0.1) }),
      disturb: (_: unknown, kind: DisturbanceKind, signal: AbortSignal, tell: (share: number) => void) =>
        new Promise((end, fail) => {
          measuring.push({ kind, tell, end });
          signal.addEventListener('abort', () => fail(new AppError('aborted', 'Called off.')));
        }),
    };
    desk = Object.assign(document.createElement('robustness-desk'), { shown, evaluation } as object);
    document.body.append(desk);
    await desk.updateComplete;
  });
  afterEach(() => desk.remove());

  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    await desk.updateComplete;
  };
  const buttons = () =>
    [...desk.renderRoot.querySelectorAll<HTMLButtonElement>('.work button')].map((button) => [
      button.textContent.trim(),
      button,
    ]) as [string, HTMLButtonElement][];
  const press = async (name: string) => {
    buttons()
      .find(([words]) => words === name)![1]
      .click();
    await settle();
  };
  const status = () => desk.renderRoot.querySelector('.work [role=status]')?.textContent.trim();
  const share = () => desk.renderRoot.querySelector('progress-ruler')!.share!;
  async function endLast() {
    const { kind, end } = measuring.at(-1)!;
    end(DISTURBANCES[kind].amounts.map((amount) => ({ amount, correct: 9, total: 10 })));
    await settle();
  }

  it('takes all kinds one after the other with one click, and tells how far all of it is', async () => {
    await press('Measure all');
    for (const [index, kind] of KINDS.entries()) {
      expect(measuring.map((one) => one.kind)).to.deep.equal(KINDS.slice(0, index + 1));
      expect(status()).to.equal(`Measuring ${DISTURBANCES[kind].title.toLowerCase()}, ${index + 1} of 7.`);
      measuring.at(-1)!.tell(0.5);
      await settle();
      expect(share()).to.be.closeTo((index + 0.5) / 7, 1e-9);
      await endLast();
    }
    expect(
      buttons().map(([words]) => words),
      'nothing is left',
    ).to.deep.equal(['Measure rotation']);
  });

  it('keeps what was measured where all is called off, and goes on with the rest', async () => {
    await press('Measure all');
    await endLast();
    await press('Cancel');
    expect(buttons().map(([words]) => words)).to.deep.equal(['Measure rotation', 'Measure all others']);
    await press('Measure all others');
    expect(measuring.at(-1)!.kind, 'rotation is known').to.equal(KINDS[1]);
    expect(status()).to.contain('1 of 6');
  });
});
