/**
 * What a page and the service worker say to each other so that the service worker can answer requests to
 * the API, over a `BatchedPort`. It keeps nothing that it could not ask for again: browsers end it whenever they
 * like. A worker that makes load for the router says the same.
 */
import type { PlatformFile } from './ml-protocol';

/** Goes up whenever page and service worker would misunderstand each other's older messages. */
export const RELAY_VERSION = 3;

/** Page to service worker, with a MessagePort: "I hold the engine; requests go here." */
export interface ServeMessage {
  readonly kind: 'serve-api';
  /** Of the app and of these messages: `relayVersion`. */
  readonly version: string;
  /** The file that the page began with, inside the app: the service worker serves only what its own build is made of. */
  readonly build: string;
  /** The name of a lock that the page holds as long as it lives. */
  readonly lifeLock: string;
}

/** Service worker to all pages: "Who holds the engine?" */
export interface WhoServesMessage {
  readonly kind: 'who-serves-api';
}

/** Page to service worker: "Nobody waits any more for the request that carried this in its header." */
export interface CallOffMessage {
  readonly kind: 'call-off';
  readonly call: string;
}

/** The header that names a request which may be called off; it is random. */
export const CALL_HEADER = 'x-inkling-call';

/** Over the port, to the page. */
export type ToHolder =
  | RelayedRequest
  /** Nobody waits for this answer any more. */
  | { readonly kind: 'abort'; readonly id: number };

/** What a request says before its body. Where several of a message share it, it goes once. */
export interface RelayedHead {
  /** The page or worker that asks; each is served in its turn. */
  readonly client: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A request as it came, read only as far as is needed to send it on. */
export interface RelayedRequest {
  readonly kind: 'request';
  readonly id: number;
  readonly head: RelayedHead;
  /** Bytes, or a Blob where it may be large. */
  readonly body: ArrayBuffer | PlatformFile | undefined;
}

/** Over the port, to the service worker. A streamed answer has no body; parts follow until the last. */
export type FromHolder =
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | undefined;
    }
  | { readonly kind: 'part'; readonly id: number; readonly text: string }
  | { readonly kind: 'last'; readonly id: number };

/** The headers of a request that the API looks at; no others are sent on. */
export const RELAYED_HEADERS = ['content-type', 'content-length', 'accept', 'prefer', 'origin'] as const;

/** What page and service worker must have in common. */
export function relayVersion(appVersion: string): string {
  return `${appVersion}/${RELAY_VERSION}`;
}
