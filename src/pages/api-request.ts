import type { ApiEndpoint } from './api-endpoints';

/** What somebody has filled in, by the names of the fields. */
export interface ApiDraft {
  readonly endpoint: ApiEndpoint;
  readonly values: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, readonly File[]>>;
}

/** A request as plain data: what is sent, shown, and written as programs. */
export interface ApiRequest {
  readonly method: string;
  /** Relative to the app's address, with the query. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: string;
  /** The parts of a form. */
  readonly parts?: readonly (readonly [name: string, value: string | File])[];
}

/** The draft that an endpoint begins with. */
export function newApiDraft(endpoint: ApiEndpoint): ApiDraft {
  const values = Object.fromEntries(endpoint.fields.map(({ name, initial = '' }) => [name, initial]));
  return { endpoint, values, files: {} };
}

/** The request that a draft asks for. Fields without a value are left out. */
export function toApiRequest({ endpoint, values, files }: ApiDraft): ApiRequest {
  const { method, path, body, fields } = endpoint;
  const filled = fields.flatMap((field) => {
    const value = values[field.name]?.trim() ?? '';
    return value === '' ? [] : [{ ...field, value }];
  });
  const query = new URLSearchParams(
    filled.filter(({ place }) => place === 'query').map(({ name, value }) => [name, value]),
  ).toString();
  const headers: Record<string, string> = Object.fromEntries(
    filled.filter(({ place }) => place === 'header').map(({ name, value }) => [name, value]),
  );
  const address = `${path.replace('{id}', encodeURIComponent(values['id'] ?? ''))}${query ? `?${query}` : ''}`;
  const own = filled.filter(({ place }) => place === 'body');
  if (body === 'json') {
    const entries = own.map(({ name, kind, value }) => [name, kind === 'number' ? Number(value) : value]);
    const json = JSON.stringify(Object.fromEntries(entries));
    return { method, address, headers: { ...headers, 'Content-Type': 'application/json' }, json };
  }
  if (body === 'none') return { method, address, headers };
  const chosen = fields.flatMap(({ name }) => (files[name] ?? []).map((file) => [name, file] as const));
  return {
    method,
    address,
    headers,
    parts: [...chosen, ...own.map(({ name, value }) => [name, value] as const)],
  };
}

/** The request as the platform sends it. */
export function toPlatformRequest({ method, address, headers, json, parts }: ApiRequest): Request {
  return new Request(address, { method, headers, ...bodyOf(json, parts) });
}

function bodyOf(json: string | undefined, parts: ApiRequest['parts']): { readonly body?: BodyInit } {
  if (json !== undefined) return { body: json };
  if (!parts) return {};
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  return { body: form };
}

/** The request as it looks on its way, for reading. */
export function describeRequest({ method, address, headers, json, parts }: ApiRequest): string {
  const lines = [
    `${method} ${address}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  if (parts) lines.push('Content-Type: multipart/form-data');
  if (json !== undefined) lines.push('', json);
  if (parts) lines.push('', ...parts.map(describePart));
  return lines.join('\n');
}

function describePart([name, value]: readonly [string, string | File]): string {
  return typeof value === 'string' ? `${name} = ${value}` : `${name} = ${value.name} (${value.size} bytes)`;
}
