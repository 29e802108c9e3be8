import { expect } from 'chai';
import '../../src/components/term-card';
import { TERMS } from '../../src/domain/glossary';

describe('the glossary', () => {
  before(() => document.documentElement.style.setProperty('--font-ui', 'sans-serif'));
  afterEach(() => document.body.replaceChildren());

  for (const { id, title, drawing } of TERMS) {
    it(`explains and draws “${title}”`, async () => {
      const card = Object.assign(document.createElement('term-card'), { term: id });
      document.body.append(card);
      await card.updateComplete;
      const picture = card.renderRoot.querySelector('term-drawing')!;
      await picture.updateComplete;
      const svg = picture.renderRoot.querySelector('svg')!;
      expect(svg.getAttribute('aria-label')).to.equal(drawing);
      expect(svg.querySelectorAll('path, rect, circle').length).to.be.greaterThan(3);
      for (const text of svg.querySelectorAll('text')) {
        const { x, y, width, height } = text.getBBox();
        const isInside = x >= 0 && y >= 0 && x + width <= 288 && y + height <= 120;
        expect(isInside, `“${text.textContent}” is cut off`).to.equal(true);
      }
    });
  }
});
