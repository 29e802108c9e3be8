import type { ApiRequest } from './api-request';

/** The languages that a request is written in. */
export type SnippetLanguage = 'curl' | 'javascript' | 'python';

/**
 * The request as a program. JavaScript asks this app, from a page of it; curl and Python ask a server with the
 * same contract at `host`, such as the course project's: no program outside the browser reaches this app.
 */
export function writeSnippet(language: SnippetLanguage, request: ApiRequest, host: string): string {
  const address = `${host.replace(/\/+$/, '')}/${request.address}`;
  if (language === 'curl') return writeCurl(request, address);
  return language === 'python' ? writePython(request, address) : writeJavaScript(request);
}

function writeCurl({ method, headers, json, parts }: ApiRequest, address: string): string {
  const options = Object.entries(headers).map(([name, value]) => `-H ${quoteShell(`${name}: ${value}`)}`);
  if (json !== undefined) options.push(`-d ${quoteShell(json)}`);
  for (const [name, value] of parts ?? []) {
    // -F would read a value that begins with @ or < as the name of a file.
    const part = typeof value === 'string' ? `${name}=${value}` : `${name}=@${quoteCurlName(value.name)}`;
    options.push(`${typeof value === 'string' ? '--form-string' : '-F'} ${quoteShell(part)}`);
  }
  return [`curl -X ${method} ${quoteShell(address)}`, ...options].join(' \\\n  ');
}

/** In single quotes nothing is special but their end (POSIX, 2.2.2). */
function quoteShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A name with a comma or a semicolon goes in quotes (curl's manual, -F). */
function quoteCurlName(name: string): string {
  return /[,;"\\]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
}

function writePython({ method, headers, json, parts }: ApiRequest, address: string): string {
  const all = parts ?? [];
  const files = all.flatMap(([name, value]) => (typeof value === 'string' ? [] : [[name, value] as const]));
  const values = all.filter(([, value]) => typeof value === 'string');
  const others = Object.entries(headers).filter(([name]) => name !== 'Content-Type');
  const lines = [
    `    ${JSON.stringify(address)},`,
    ...(others.length > 0 ? [`    headers=${JSON.stringify(Object.fromEntries(others))},`] : []),
    ...(json === undefined ? [] : [`    json=${json},`]),
    ...(values.length > 0 ? [`    data=${JSON.stringify(Object.fromEntries(values))},`] : []),
    ...(files.length > 0
      ? [
          '    files=[',
          ...files.map(
            ([name, file]) => `        (${JSON.stringify(name)}, open(${JSON.stringify(file.name)}, "rb")),`,
          ),
          '    ],',
        ]
      : []),
  ];
  return [
    'import requests',
    '',
    `response = requests.${method.toLowerCase()}(`,
    ...lines,
    ')',
    'print(response.status_code, response.text)',
  ].join('\n');
}

function writeJavaScript({ method, address, headers, json, parts }: ApiRequest): string {
  const fields = [
    `  method: '${method}',`,
    ...(Object.keys(headers).length > 0 ? [`  headers: ${JSON.stringify(headers)},`] : []),
    ...(json === undefined ? [] : [`  body: JSON.stringify(${json}),`]),
    ...(parts ? ['  body: form,'] : []),
  ];
  return [
    ...(parts ? ['const form = new FormData();', ...parts.map(appendPart)] : []),
    `const response = await fetch(${JSON.stringify(address)}, {`,
    ...fields,
    '});',
    'console.log(response.status, await response.text());',
  ].join('\n');
}

function appendPart([name, value]: readonly [string, string | File]): string {
  if (typeof value === 'string') return `form.append(${JSON.stringify(name)}, ${JSON.stringify(value)});`;
  return `form.append(${JSON.stringify(name)}, file, ${JSON.stringify(value.name)}); // file: of an <input type="file">`;
}
