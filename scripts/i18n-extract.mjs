/**
 * `npm run i18n:extract`: writes every message of the code into the catalogues, with the translation that each
 * has. What is new is written as `null`, to be translated; what nobody says any more is dropped. With `-- missing`
 * it lists what has no translation, and where it is said.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { findMessages } from './i18n-messages.mjs';

const messages = findMessages();
const keys = [...messages.keys()].sort();
for (const language of ['de', 'es']) {
  const file = new URL(`../src/i18n/catalogues/${language}.json`, import.meta.url);
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const after = Object.fromEntries(keys.map((key) => [key, before[key] || null]));
  writeFileSync(file, `${JSON.stringify(after, null, 2)}\n`);
  const missing = keys.filter((key) => after[key] === null);
  console.log(`${language}: ${keys.length} messages, ${missing.length} to translate.`);
  if (process.argv.includes('missing')) {
    for (const key of missing) console.log(`  ${key}\n    ${messages.get(key).join(', ')}`);
  }
}
process.exit();
