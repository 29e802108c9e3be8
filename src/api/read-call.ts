import type { RelayedRequest } from '../protocol/api-relay-protocol';
import type { ApiCall } from './call';
import { refuse } from './refusal';

/** A request that was made in this page. */
export function callOfRequest(request: Request, path: string, client: string): ApiCall {
  const header = (name: string) => request.headers.get(name) ?? undefined;
  const { body } = request;
  return {
    method: request.method,
    path,
    query: queryOf(request.url),
    client,
    signal: request.signal,
    header,
    ...bodyReaders(header, body ? () => request.blob() : undefined, () => request.arrayBuffer()),
  };
}

/** A request that the service worker sent on. */
export function callOfRelayed(request: RelayedRequest, path: string, signal: AbortSignal): ApiCall {
  const { method, url, client, headers } = request.head;
  const body = request.body as ArrayBuffer | Blob | undefined;
  const header = (name: string) => headers[name];
  const blob = async () => (body instanceof Blob ? body : new Blob(body ? [body] : []));
  const bytes = async () => (body instanceof Blob ? body.arrayBuffer() : (body ?? new ArrayBuffer(0)));
  return {
    method,
    path,
    query: queryOf(url),
    client,
    signal,
    header,
    ...bodyReaders(header, body && blob, bytes),
  };
}

function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
}

function bodyReaders(
  header: ApiCall['header'],
  readBlob: (() => Promise<Blob>) | undefined,
  readBytes: () => Promise<ArrayBuffer>,
): Pick<ApiCall, 'bytes' | 'blob' | 'form'> {
  const requireLength = (length: number, mostBytes: number) => {
    if (length > mostBytes) throw tooLarge(mostBytes);
  };
  const announced = Number(header('content-length') ?? 0);
  const blob = async (mostBytes: number) => {
    requireLength(announced, mostBytes);
    const read = readBlob ? await readBlob() : new Blob();
    requireLength(read.size, mostBytes);
    return read;
  };
  return {
    blob,
    bytes: async (mostBytes) => {
      requireLength(announced, mostBytes);
      const read = await readBytes();
      requireLength(read.byteLength, mostBytes);
      return new Uint8Array(read);
    },
    form: async (mostBytes) => parseForm(await blob(mostBytes), header('content-type') ?? ''),
  };
}

async function parseForm(body: Blob, type: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'Content-Type': type } }).formData();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw refuse('The body is not a form that can be read.', 'FORM_INVALID');
  }
}

function tooLarge(mostBytes: number): Error {
  const most = mostBytes < 1e6 ? `${mostBytes} bytes` : `${Math.floor(mostBytes / 2 ** 20)} MB`;
  return refuse(`The body is too large: ${most} at most.`, 'BODY_TOO_LARGE', 413);
}
