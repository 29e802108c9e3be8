import { expect } from 'chai';
import { render } from 'lit';
import { asIs } from '../../../src/i18n/as-is';
import { sayDrawing } from '../../../src/i18n/chart-words';
import { html } from '../../../src/i18n/lit';
import { writeNumbers } from '../../../src/i18n/numbers';
import { pseudo } from '../../../src/i18n/pseudo';
import { say, speech } from '../../../src/i18n/speech';
import { Translator } from '../../../src/i18n/translator';

const GERMAN = {
  '{0} of {1} images': 'Von {1} Bildern {0}',
  '{0} of {1}': '{0} von {1}',
  'Nothing was lost.': 'Nichts ging verloren.',
  'Paused in {0}.': 'Pausiert: {0}.',
  'epoch {0} of {1}': 'Epoche {0} von {1}',
  Delete: 'Löschen',
  'Delete (key)': 'Entf',
  Loss: 'Verlust',
  images: 'Bilder',
  'Save {0} as': '{0} speichern als',
};

const show = (template: unknown): HTMLElement => {
  const host = document.createElement('div');
  render(template, host);
  return host;
};
const textOf = (template: unknown) => show(template).textContent.replace(/\s+/gu, ' ').trim();

describe('another language', () => {
  beforeEach(() => {
    speech.words = new Translator('de', GERMAN);
  });
  afterEach(() => {
    speech.words = undefined;
  });

  it('puts what is put in where its own sentence has it', () => {
    expect(
      textOf(html`
        <p>${3} of ${7} images</p>
      `),
    ).to.equal('Von 7 Bildern 3');
  });

  it('says strings that are put between markup, and those of attributes that are read', () => {
    const host = show(html`
      <p title=${'Delete'} class=${'Delete'}>${['Loss', 'Delete']}</p>
    `);
    expect(host.textContent.trim()).to.equal('VerlustLöschen');
    const paragraph = host.querySelector('p')!;
    expect([paragraph.title, paragraph.className]).to.deep.equal(['Löschen', 'Delete']);
  });

  it('gives a template the same strings each time, so that its elements stay', () => {
    const host = document.createElement('div');
    const draw = (count: number) =>
      render(
        html`
          <input />
          <p>${count} of ${9} images</p>
        `,
        host,
      );
    draw(1);
    const input = host.querySelector('input');
    draw(2);
    expect(host.querySelector('input')).to.equal(input);
    expect(host.textContent.trim()).to.equal('Von 9 Bildern 2');
  });

  it('finds messages in what was put together: sentences, and one inside of another', () => {
    expect(say('Paused in epoch 3 of 12. Nothing was lost.')).to.equal(
      'Pausiert: Epoche 3 von 12. Nichts ging verloren.',
    );
  });

  it('finds a heading that was put into a sentence in small letters', () => {
    expect(say('Save loss as')).to.equal('Verlust speichern als');
  });

  it('leaves names, code and what it does not know as they are', () => {
    expect(
      textOf(html`
        <p>
          <code>Delete</code>
          <bdi translate="no">${'Loss'}</bdi>
        </p>
      `),
    ).to.equal('Delete Loss');
    expect(say(asIs('3 images'))).to.equal('\u20683 images\u2069');
    expect(say('Something else')).to.equal('Something else');
  });

  it('tells a key on the keyboard from a verb', () => {
    expect(
      textOf(html`
        <kbd>Delete</kbd>
      `),
    ).to.equal('Entf');
  });

  it('names the lines of a chart, and leaves its data alone', () => {
    const { data, layout } = sayDrawing({
      data: [{ name: 'Loss', x: ['Loss'], hovertemplate: '%{x}<extra>Loss</extra>' }],
      layout: { annotations: [{ text: '60,000 images' }] },
    });
    expect(data).to.deep.equal([
      { name: 'Verlust', x: ['Loss'], hovertemplate: '%{x}<extra>Verlust</extra>' },
    ]);
    expect(layout).to.deep.equal({ annotations: [{ text: '60.000 Bilder' }], separators: ',.' });
  });
});

describe('English', () => {
  it('is what the code says, without a catalogue', () => {
    expect(
      textOf(html`
        <p>${3} of ${7} images</p>
      `),
    ).to.equal('3 of 7 images');
    expect(asIs('Loss')).to.equal('Loss');
  });
});

describe('numbers', () => {
  it('are written as the language writes them', () => {
    expect(writeNumbers('98.50% of 60,000', 'de')).to.equal('98,50\u00a0% of 60.000');
    expect(writeNumbers('loss 0.0123, 1,234.5 ms', 'es')).to.equal('loss 0,0123, 1.234,5 ms');
  });

  it('stay where they are no numbers: versions, addresses, hashes', () => {
    for (const text of ['Inkling 0.1.0', 'v1.2', '127.0.0.1:80', 'a/1.5', '25.11.2026']) {
      expect(writeNumbers(text, 'de')).to.equal(text);
    }
  });
});

describe('the pseudo-language', () => {
  it('keeps placeholders and lengthens every word', () => {
    expect(pseudo('Save {0} images')).to.match(/^Šåvé· \{0\} îmåĝéš··$/u);
  });
});
