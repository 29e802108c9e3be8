import { expect } from 'chai';
import { BatchedPort } from '../../../src/platform/batched-port';

describe('a batched port', () => {
  it('sends what is said in one turn as one message, in order, and hands over what goes with it', async () => {
    const { port1, port2 } = new MessageChannel();
    const said = new BatchedPort<never, { readonly mark: number; readonly bytes?: ArrayBuffer }>(
      port1,
      () => undefined,
    );
    const messages: unknown[] = [];
    const third = new Promise<void>((resolve) => {
      port2.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (messages.push(data) === 2) resolve();
      };
    });
    const bytes = new ArrayBuffer(3);
    said.post({ mark: 1 });
    said.post({ mark: 2, bytes }, [bytes]);
    await Promise.resolve();
    said.post({ mark: 3 });
    await third;
    expect(bytes.byteLength).to.equal(0);
    expect(messages).to.deep.equal([[{ mark: 1 }, { mark: 2, bytes: new ArrayBuffer(3) }], [{ mark: 3 }]]);
    said.close();
  });
});
