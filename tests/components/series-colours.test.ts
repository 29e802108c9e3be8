import { expect } from 'chai';
import tokens from '../../src/tokens.css?raw';
import { SLOTS } from '../../src/components/chart-look';
import { REPORT_STYLES } from '../../src/domain/report-styles';
import { colourDifference, seenAs, VISIONS } from '../helpers/colour-vision';

/** What is told apart at a glance, in CIEDE2000: a difference of 2 is just seen side by side. */
const AT_A_GLANCE = 12;
const SERIES = ['--c1', '--c2', '--c3', '--c4', '--c5'];

describe('the colours of series', () => {
  const [light, dark] = tokens.split(':root[data-theme="dark"]');
  const themes = { light: light!, dark: dark! };

  const colourIn = (styles: string, token: string) =>
    new RegExp(`${token}: (#[0-9A-F]{6})`, 'i').exec(styles)![1]!.toUpperCase();

  for (const theme of ['light', 'dark'] as const) {
    for (const [name, vision] of Object.entries(VISIONS)) {
      it(`are told apart, and from the ground, with ${name}, ${theme}`, () => {
        const seen = ['--sheet', ...SERIES].map((token) => seenAs(colourIn(themes[theme], token), vision));
        seen.forEach((one, at) =>
          seen.slice(0, at).forEach((other, before) => {
            const pair = `${['--sheet', ...SERIES][before]} and ${['--sheet', ...SERIES][at]}`;
            expect(colourDifference(one, other), pair).to.be.at.least(AT_A_GLANCE);
          }),
        );
      });
    }

    it(`are those of reports, ${theme}`, () => {
      const [light, dark] = REPORT_STYLES.split('prefers-color-scheme: dark');
      const styles = { light: light!, dark: dark! }[theme];
      for (const token of ['--c1', '--c2']) {
        expect(colourIn(styles, token)).to.equal(colourIn(themes[theme], token));
      }
    });
  }

  it('are not all there is: no two lines share a dash, a marker or a pattern either', () => {
    for (const key of ['dash', 'symbol', 'pattern'] as const) {
      expect(new Set(Object.values(SLOTS).map((slot) => slot[key])).size, key).to.equal(5);
    }
  });
});

describe('how colours are measured', () => {
  it('is as published: Sharma’s pairs have their differences', () => {
    const pairs = [
      [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
      [[50, 2.5, 0], [61, -5, 29], 22.8977],
      [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
      [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
      [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
      [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
    ] as const;
    for (const [one, other, published] of pairs) {
      expect(colourDifference(one, other)).to.be.closeTo(published, 5e-5);
    }
  });

  it('leaves white and black as they are, however somebody sees', () => {
    for (const vision of Object.values(VISIONS)) {
      expect(colourDifference(seenAs('#FFFFFF', vision), [100, 0, 0])).to.be.below(0.1);
      expect(seenAs('#000000', vision)[0]).to.equal(0);
    }
  });
});
