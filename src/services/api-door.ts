/** The API as pages see it: the same answers as through the service worker, without it. */
export interface ApiDoor {
  /** Begins to answer what programs ask, also through the service worker. */
  serve(): Promise<void>;
  /** Answers a request of this page. Never rejects: failures are answers, too. */
  handle(request: Request): Promise<Response>;
  /** Answers what comes over a port, in the words of `api-relay-protocol`. Rejects where its code cannot be loaded. */
  connect(port: MessagePort): Promise<void>;
}
