/**
 * Finds what Inkling says: every text of a template, and every string of the code that is a sentence, a label or
 * part of one. English is the key; expressions are `{0}`, `{1}` …
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync, runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const { module: templates } = await runnerImport('/src/i18n/template-texts.ts', {
  root,
  configFile: false,
  logLevel: 'error',
});

/** What is written there is read by programs, or is a file that is downloaded: English everywhere. */
const NOT_SHOWN = [
  'src/api/',
  'src/i18n/',
  'src/stress/locust',
  'src/stress/tasks',
  'src/stress/port-transport',
  'src/stress/python-number',
  'src/platform/zip/zip-format',
  'src/platform/graphics',
  'src/protocol/',
  'src/ml-client/spawn',
  'src/pages/api-snippets',
  'src/domain/report-',
  'src/domain/run-report',
  'src/domain/architecture-report',
  'src/domain/train-script',
  'src/domain/take-further',
  'src/stress/stress-report',
  'src/stress/outcome',
  'src/platform/host-headers',
  'src/domain/markup',
  'src/domain/digit-skeletons',
  'src/domain/onnx-model',
  'src/domain/keras-layers',
  'workers/engines/',
  'workers/sw/',
];

/** Calls whose strings are for machines. */
const MACHINE_CALLS =
  /^(?:\w+\.)*(?:addEventListener|removeEventListener|querySelector|querySelectorAll|closest|matches|getPropertyValue|setProperty|getItem|setItem|removeItem|getContext|createElement|createElementNS|customElement|startsWith|endsWith|includes|indexOf|replace|replaceAll|split|join|getAttribute|setAttribute|removeAttribute|toggleAttribute|hasAttribute|getExtension|has|get|set|delete|open|transaction|objectStore|index|query|property|colour|look|css|log|error|warn|createIndex|createObjectStore|deleteObjectStore|importScripts|animate|describe|localeCompare|dispatchEvent|CustomEvent|Event|Error|TypeError|RangeError|URL|RegExp|Blob|File|Response|Request|Headers|pushState|replaceState|keyframes|mark|measure|call|request|toLocaleString|emit|tell|digest|importKey|matchMedia)$/u;

/** The start of an attribute that is for machines. */
const MACHINE_ATTRIBUTE =
  /\s(?:class|style|id|for|href|src|d|points|transform|viewBox|x|y|width|height|role|slot|part|type|name|step|inputmode|value|aria-(?:labelledby|describedby|controls|current|pressed|selected|invalid|hidden|expanded|checked)|data-[\w-]+)="?[^"<>]*$/u;

/** Words by themselves, which nothing tells from names of the code. */
const WORDS = ['broken', 'degrees'];

/** Strings that look like messages and are none. */
const NOT_MESSAGES = new Set([
  'true',
  'x unified',
  'node gone',
  'done unknown',
  'run slot-{0} {1}',
  'stroke to answer',
  'tfjs-layers 4.22.0',
  'ink from 0 (paper) to 1',
  '{0} = {1} ({2} bytes)',
  'Content-Type: multipart/form-data',
  'X-Inkling-Name',
]);

/** What the measured figures of the shipped model are called. */
const FIGURES = 'public/models/evaluation.json';

/** Every message, with the places that say it: `[key, ['src/…:12', …]]`. */
export function findMessages() {
  const found = new Map();
  for (const name of readFileSync(`${root}/${FIGURES}`, 'utf8').matchAll(/"name":\s*"([^"]+)"/gu)) {
    found.set(name[1].charAt(0).toUpperCase() + name[1].slice(1), [FIGURES]);
  }
  for (const word of WORDS) found.set(word, ['scripts/i18n-messages.mjs']);
  for (const path of listFiles()) {
    for (const { key, line } of messagesOf(readFileSync(`${root}/${path}`, 'utf8'), path)) {
      const places = found.get(key) ?? [];
      found.set(key, [...places, `${path}:${line}`]);
    }
  }
  return found;
}

function listFiles() {
  return ['src', 'workers']
    .flatMap((folder) =>
      readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name.replaceAll('\\', '/')}`,
      ),
    )
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .filter((path) => !NOT_SHOWN.some((start) => path.startsWith(start)))
    .sort();
}

/** The messages of one file's source. */
export function messagesOf(source, path) {
  const messages = [];
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const add = (text, node) => {
    const key = text.replace(/\s+/gu, ' ').trim();
    const line = source.slice(0, node.start).split('\n').length;
    if (templates.hasWords(key) && !NOT_MESSAGES.has(key)) messages.push({ key, line });
  };
  walk(program, [], add);
  return messages;
}

function walk(node, above, add) {
  if (node.type?.startsWith('TS') && !/^TS(?:As|Satisfies|NonNull)Expression$/u.test(node.type)) return;
  if (/^(?:Import|ExportAll)/u.test(node.type) && node.type !== 'ImportExpression') return;
  if (node.type === 'TaggedTemplateExpression') {
    const tag = node.tag.name;
    if (tag === 'css') return;
    if (tag !== 'html' && tag !== 'svg') return walkInto(node.quasi.expressions, [...above, node], add);
    addTemplate(node.quasi, add);
    return walkInto(readExpressions(node.quasi), [...above, node], add);
  }
  if (isText(node) || (node.type === 'BinaryExpression' && node.operator === '+')) {
    const parts = flatten(node);
    if (parts.some(isText)) {
      const text = asKey(parts);
      if (isShown(text, node, above)) add(text, node);
      const inner = parts.flatMap((part) =>
        part.type === 'TemplateLiteral' ? part.expressions : isText(part) ? [] : [part],
      );
      return walkInto(inner, [...above, node], add);
    }
  }
  for (const [name, child] of Object.entries(node)) {
    if (isSilent(node, name)) continue;
    if (Array.isArray(child)) walkInto(child, [...above, node], add);
    else if (child && typeof child.type === 'string') walk(child, [...above, node], add);
  }
}

function walkInto(nodes, above, add) {
  for (const node of nodes) if (node && typeof node.type === 'string') walk(node, above, add);
}

/** What is put into a template where people read it, or where a component or a listener is told of it. */
function readExpressions({ quasis, expressions }) {
  return expressions.filter((_, index) => !MACHINE_ATTRIBUTE.test(quasis[index].value.cooked));
}

/** Children whose strings nobody reads: keys, comparisons, addresses, arguments of calls that are for machines. */
function isSilent(node, name) {
  switch (node.type) {
    case 'Property':
    case 'PropertyDefinition':
      return (name === 'key' && !node.computed) || name === 'decorators' || isMachineKey(node, name);
    case 'MemberExpression':
      return name === 'property';
    case 'SwitchCase':
    case 'ConditionalExpression':
      return name === 'test' && !/Call|Logical/u.test(node.test?.type ?? '');
    case 'BinaryExpression':
      return /^(?:[=!]==?|[<>]=?|in|instanceof)$/u.test(node.operator);
    case 'CallExpression':
    case 'NewExpression':
      return name === 'arguments' && MACHINE_CALLS.test(calledName(node.callee));
    case 'ImportExpression':
      return true;
    case 'ClassDeclaration':
      return name === 'decorators';
    default:
      return false;
  }
}

function isMachineKey(node, name) {
  return (
    name === 'value' &&
    /^(?:className|kind|code|reason|type|path|format|mime|href|shape|d|points|accept|method)$/u.test(
      node.key?.name ?? '',
    )
  );
}

function calledName(callee) {
  if (callee.type === 'MemberExpression') return `x.${callee.property.name ?? ''}`;
  return callee.name ?? '';
}

function isText(node) {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

/** The parts of a chain of `+`. */
function flatten(node) {
  if (node.type === 'ParenthesizedExpression') return flatten(node.expression);
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return [node];
  return [...flatten(node.left), ...flatten(node.right)];
}

function asKey(parts) {
  let count = 0;
  return parts
    .map((part) => {
      if (part.type === 'Literal') return typeof part.value === 'string' ? part.value : `{${count++}}`;
      if (part.type !== 'TemplateLiteral') return `{${count++}}`;
      return part.quasis
        .map(({ value }, index) => (index === 0 ? '' : `{${count++}}`) + value.cooked)
        .join('');
    })
    .join('');
}

function addTemplate(quasi, add) {
  for (const piece of templates.takeApart(quasi.quasis.map(({ value }) => value.cooked))) {
    if (typeof piece === 'string') continue;
    if (piece.isAttribute && !templates.isTextAttribute(piece.name) && !isSentence(piece.text)) continue;
    if (templates.hasWords(piece.text)) add(templates.keyOf(piece), quasi);
  }
}

/** True for a string that a person reads, as far as it can be told. */
function isShown(text, node, above) {
  if (isSentence(text)) return true;
  // A word in lower case is part of a sentence where one of two words is put into one.
  return /^\(?\p{Ll}[\p{Ll}’'-]+[,.:)]?$/u.test(text.trim()) && isChosenWord(above);
}

function isChosenWord(above) {
  const chain = above.slice(-3).toReversed();
  const choice = chain.findIndex(({ type }) => type !== 'ConditionalExpression');
  if (choice < 1) return false;
  return /^(?:TaggedTemplateExpression|TemplateLiteral)$/u.test(chain[choice].type);
}

function isSentence(text) {
  const bare = text.replace(/\{\d+\}/gu, '0').trim();
  if (/^an? \{0\}$/u.test(text)) return true;
  if (!/\p{L}{2}/u.test(bare)) return false;
  if (/^(?:[#./@]|https?:|--|data:|var\(|calc\(|M ?[\d-])/u.test(bare)) return false;
  if (/[{}<>=`|]|;(?! )|\/\/|\w\(\)|::|\w\.\w+\(|^\w+\/[\w.+-]+$/u.test(bare.replace(/ [<>=] /gu, ' ')))
    return false;
  if (/^\p{Lu}[\p{L}’'-]*[\p{Ll}’'][\p{L}’'-]*[.:,!?…]?$/u.test(bare))
    return !/^\p{Lu}\p{Ll}+\p{Lu}/u.test(bare);
  return /\s/u.test(bare) && /\p{Ll}{2}/u.test(bare);
}
