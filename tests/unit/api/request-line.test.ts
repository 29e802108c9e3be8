import { expect } from 'chai';
import { json } from '../../../src/api/call';
import { RequestLine } from '../../../src/api/request-line';
import type { FromHolder, RelayedRequest } from '../../../src/protocol/api-relay-protocol';

const request = (id: number, text: string): RelayedRequest => ({
  kind: 'request',
  id,
  head: { client: 'tab', method: 'POST', url: 'https://inkling.test/retrain', headers: {} },
  body: new TextEncoder().encode(text).buffer,
});

/** A service worker's end: the messages that come are told one by one. */
function openEnd(line: RequestLine) {
  const { port1, port2 } = new MessageChannel();
  line.serve(port1);
  return {
    send: (message: unknown) => port2.postMessage([message]),
    next: () =>
      new Promise<FromHolder>((resolve) => {
        port2.onmessage = ({ data: [message] }: MessageEvent<FromHolder[]>) => resolve(message!);
      }),
  };
}

describe('the line to the service worker', () => {
  it('does once what is asked again after a service worker has ended, and anew what is not the same', async () => {
    const begun: string[] = [];
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    let tellBegun: () => void = () => undefined;
    const line = new RequestLine({
      answerRelayed: async ({ body }) => {
        begun.push(new TextDecoder().decode(body as ArrayBuffer));
        tellBegun();
        if (begun.length === 1) await finished;
        return json({ done: begun.length });
      },
    });
    const hasBegun = new Promise<void>((resolve) => (tellBegun = resolve));
    openEnd(line).send(request(1, 'a'));
    await hasBegun;
    const restarted = openEnd(line);
    const other = restarted.next();
    restarted.send(request(1, 'b'));
    expect(await other).to.include({ kind: 'answer', id: 1 });
    const same = restarted.next();
    restarted.send(request(2, 'a'));
    finish();
    expect(await same).to.include({ kind: 'answer', id: 2 });
    expect(begun).to.deep.equal(['a', 'b']);
  });
});
