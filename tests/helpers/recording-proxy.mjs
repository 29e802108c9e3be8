import { createServer, request as send } from 'node:http';

/**
 * A proxy that writes down whom a browser asks, whoever in it does the asking: page, worker, service worker, or the
 * browser itself. What is for `origin` is sent on; all else is refused. `args` makes Chromium use it.
 */
export async function startRecordingProxy(origin) {
  /** Addresses, and hosts of encrypted connections, other than those of the origin. */
  const strangers = [];
  /** How many requests were for the origin. */
  let forwarded = 0;
  const server = createServer((incoming, response) => {
    if (new URL(incoming.url).origin !== new URL(origin).origin) {
      strangers.push(incoming.url);
      response.writeHead(403, { 'Content-Type': 'text/plain' }).end('Refused');
      return;
    }
    forwarded += 1;
    const { method, headers } = incoming;
    const outgoing = send(incoming.url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    // A host that is gone is one to the browser, too.
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  server.on('connect', ({ url }, socket) => {
    strangers.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    strangers,
    get forwarded() {
      return forwarded;
    },
    // Otherwise Chromium asks this device without a proxy.
    args: [`--proxy-server=http://127.0.0.1:${server.address().port}`, '--proxy-bypass-list=<-loopback>'],
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
