/** The catalogues, held against the code: `npm run i18n:extract` writes what is new into them. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findMessages, messagesOf } from '../../../scripts/i18n-messages.mjs';

const root = new URL('../../../', import.meta.url);
const messages = findMessages();
const readCatalogue = (language) =>
  JSON.parse(readFileSync(new URL(`src/i18n/catalogues/${language}.json`, root), 'utf8'));

for (const language of ['de', 'es']) {
  const catalogue = readCatalogue(language);
  const entries = Object.entries(catalogue).filter(([, said]) => said !== null);

  test(`${language}: everything that Inkling says is translated`, () => {
    const missing = [...messages].filter(([key]) => !catalogue[key]);
    assert.deepEqual(
      missing.map(([key, places]) => `${key} (${places[0]})`),
      [],
    );
  });

  test(`${language}: nothing is kept that nobody says`, () => {
    assert.deepEqual(
      Object.keys(catalogue).filter((key) => !messages.has(key)),
      [],
    );
  });

  test(`${language}: a translation puts in what the message puts in, once each`, () => {
    const placeholders = (text) => (text.match(/\{\d+\}/gu) ?? []).toSorted();
    for (const [key, said] of entries) assert.deepEqual(placeholders(said), placeholders(key), key);
  });

  test(`${language}: a translation is text: no markup, no straight quotes, no spaces at its ends`, () => {
    for (const [key, said] of entries) {
      assert.doesNotMatch(said, /[<>"&`]|\$\{|^\s|\s$/u, key);
    }
  });

  test(`${language}: what was translated is no message of English that means something else`, () => {
    const twice = entries.filter(([, said]) => Object.hasOwn(catalogue, said) && catalogue[said] !== said);
    assert.deepEqual(twice, []);
  });
}

test('every template speaks: pages and components take html from the door of the catalogues', () => {
  const files = ['src/components', 'src/pages'].flatMap((folder) =>
    readdirSync(new URL(folder, root)).map((name) => `${folder}/${name}`),
  );
  const silent = [...files, 'src/app-shell.ts'].filter((file) => {
    const source = readFileSync(new URL(file, root), 'utf8');
    return /import \{[^}]*\bhtml\b[^}]*\} from 'lit';/u.test(source);
  });
  assert.deepEqual(silent, []);
});

test('messages are found in templates, sentences and the words that are put into them, and in nothing else', () => {
  const source = `
    import x from 'Some Package';
    const words = \`\${n} \${n === 1 ? 'image' : 'images'} left\`;
    if (kind === 'Not a message') element.addEventListener('Not This', f);
    const page = html\`<p class="Not this" title="A title">Text of \${a} and \${b}<code>Not this</code></p>\`;
    throw new AppError('internal', 'It broke. ' + 'Try again.');`;
  assert.deepEqual(
    messagesOf(source, 'a.ts').map(({ key }) => key),
    ['{0} {1} left', 'image', 'images', 'A title', 'Text of {0} and {1}', 'It broke. Try again.'],
  );
});
