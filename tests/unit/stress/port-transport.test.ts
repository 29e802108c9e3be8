import { expect } from 'chai';
import { json } from '../../../src/api/call';
import { RequestLine } from '../../../src/api/request-line';
import type { RelayedRequest } from '../../../src/protocol/api-relay-protocol';
import { portTransport } from '../../../src/stress/port-transport';
import type { StressRequest } from '../../../src/stress/transport';

const BYTES = Uint8Array.of(9, 1, 2, 3, 9).subarray(1, 4);
const REQUEST: StressRequest = {
  head: { path: 'predict', method: 'POST', headers: [['Content-Type', 'application/octet-stream']] },
  body: BYTES,
};

/** A load worker's line to a router that answers as it is told. */
function open(answer: (request: RelayedRequest, signal: AbortSignal) => Promise<ReturnType<typeof json>>) {
  const { port1, port2 } = new MessageChannel();
  new RequestLine({ answerRelayed: answer }).serve(port1);
  return portTransport(port2, 'https://inkling.test/app/');
}

describe('the line of a load worker to the router', () => {
  it('asks as the service worker does, with just its own bytes, and tells what came back', async () => {
    const asked: RelayedRequest[] = [];
    const transport = open(async (request) => {
      asked.push(request);
      return json({ word: 'ö' }, 200);
    });
    const { answer: coming } = transport.send(REQUEST);
    const answer = await coming;
    expect(answer).to.deep.equal({ status: 200, statusText: '', sizeBytes: 13, isJson: true });
    const {
      head: { url, headers },
      body,
    } = asked[0]!;
    expect(url).to.equal('https://inkling.test/app/predict');
    expect(headers).to.deep.equal({ 'content-type': 'application/octet-stream' });
    expect([...new Uint8Array(body as ArrayBuffer)]).to.deep.equal([1, 2, 3]);
  });

  it('gives up what is called off, here and at the router', async () => {
    let tellRouter: () => void = () => undefined;
    const routerHeard = new Promise<void>((resolve) => (tellRouter = resolve));
    const transport = open((_, signal) => {
      signal.addEventListener('abort', tellRouter);
      sending.cancel(new Error('enough'));
      return new Promise(() => undefined);
    });
    const sending = transport.send(REQUEST);
    const ending = await sending.answer.catch((error: unknown) => error);
    expect(ending).to.have.property('message', 'enough');
    await routerHeard;
  });
});
