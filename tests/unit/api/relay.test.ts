import { expect } from 'chai';
import { BatchedPort } from '../../../src/platform/batched-port';
import type { FromHolder, RelayedRequest, ToHolder } from '../../../src/protocol/api-relay-protocol';
import { Relay } from '../../../workers/sw/relay';

const asked: Omit<RelayedRequest, 'id'> = {
  kind: 'request',
  head: { client: 'tab', method: 'POST', url: 'https://inkling.test/retrain', headers: {} },
  body: undefined,
};

/** A relay, and what the tab at the other end is told; `untilTold` resolves with the next of it. */
function openRelay() {
  const { port1, port2 } = new MessageChannel();
  const told: ToHolder[] = [];
  let tell: () => void = () => undefined;
  const port = new BatchedPort<ToHolder, FromHolder>(port2, (message) => {
    told.push(message);
    tell();
  });
  const untilTold = async (count: number) => {
    while (told.length < count) await new Promise<void>((resolve) => (tell = resolve));
    return told.map(({ kind }) => kind);
  };
  return { relay: new Relay(port1), port, untilTold };
}

const options = (signal: AbortSignal, deadlineMs = 60_000) => ({
  signal,
  deadlineMs,
  keepUntil: () => undefined,
});

describe('a request on its way to the tab that answers', () => {
  it('is called off there, too, when it is called off or nothing is heard of it in time', async () => {
    const { relay, untilTold } = openRelay();
    const calling = new AbortController();
    const called = relay.send(asked, options(calling.signal));
    expect(await untilTold(1)).to.deep.equal(['request']);
    calling.abort();
    expect((await called).status).to.equal(499);
    expect(await untilTold(2)).to.deep.equal(['request', 'abort']);

    const silent = await relay.send(asked, options(new AbortController().signal, 1));
    expect([silent.status, (await silent.json()).code]).to.deep.equal([503, 'ENGINE_SILENT']);
    expect(await untilTold(4)).to.deep.equal(['request', 'abort', 'request', 'abort']);
  });

  it('is not sent where it was called off while its body was read', async () => {
    const { relay, untilTold } = openRelay();
    const gone = await relay.send(asked, options(AbortSignal.abort()));
    expect(gone.status).to.equal(499);
    void relay.send(asked, options(new AbortController().signal));
    expect(await untilTold(1)).to.deep.equal(['request']);
  });
});
