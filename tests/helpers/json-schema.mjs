/** As much of JSON Schema 2020-12 as the API's description uses. A keyword that it does not know is an error. */

const CHECKS = {
  $ref: (value, ref, _, root) => check(value, resolve(ref, root), root),
  type: (value, type) => (isOfType(value, type) ? [] : [`is no ${type}`]),
  enum: (value, values) => (values.includes(value) ? [] : [`is none of ${values.join(', ')}`]),
  minimum: (value, least) => (value >= least ? [] : [`is under ${least}`]),
  maximum: (value, most) => (value <= most ? [] : [`is over ${most}`]),
  minItems: (value, least) => (value.length >= least ? [] : [`has fewer than ${least} items`]),
  maxItems: (value, most) => (value.length <= most ? [] : [`has more than ${most} items`]),
  items: (value, items, _, root) =>
    value.flatMap((item, index) => check(item, items, root).map((fault) => `[${index}] ${fault}`)),
  required: (value, names) => names.filter((name) => !(name in value)).map((name) => `lacks ${name}`),
  properties: (value, properties, _, root) =>
    Object.entries(properties).flatMap(([name, schema]) =>
      name in value ? check(value[name], schema, root).map((fault) => `.${name} ${fault}`) : [],
    ),
  additionalProperties: (value, _, { properties }) =>
    Object.keys(value)
      .filter((name) => !(name in properties))
      .map((name) => `has ${name}, which is not described`),
  format: (value, format) =>
    format === 'date-time' && Number.isNaN(Date.parse(value)) ? ['is no time'] : [],
  description: () => [],
};

/** What is wrong with a value, by a schema of the document `root`; empty where nothing is. */
export function check(value, schema, root) {
  if ('type' in schema && !isOfType(value, schema.type)) return [`is no ${schema.type}`];
  return Object.entries(schema).flatMap(([keyword, wanted]) => {
    if (!(keyword in CHECKS)) throw new Error(`The schema uses ${keyword}, which is not known here`);
    return CHECKS[keyword](value, wanted, schema, root);
  });
}

function isOfType(value, type) {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function resolve(ref, root) {
  return ref
    .slice(2)
    .split('/')
    .reduce((node, name) => node[name], root);
}
