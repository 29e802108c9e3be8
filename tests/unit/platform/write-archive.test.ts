import { expect } from 'chai';
import { writeArchive, type ArchiveEntry } from '../../../src/platform/zip/write-archive';
import { expectSameBytes } from '../../helpers/bytes';
import { reasonOf } from '../../helpers/tables';
import { unzip } from '../../helpers/unzip';

const text = (value: string) => new TextEncoder().encode(value);
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

function* numbered(count: number): Generator<ArchiveEntry> {
  for (let at = 0; at < count; at++)
    yield { path: `${at}`, content: Uint8Array.of(at & 255), isPacked: true };
}

describe('an archive', () => {
  const entries: ArchiveEntry[] = [
    { path: 'b/2.txt', content: text('two '.repeat(1000)) },
    { path: 'a/1.txt', content: text('one'), isPacked: true },
  ];

  it('holds its entries in the given order, packed where they are not', async () => {
    const archive = await writeArchive(entries);
    expect(archive.size).to.be.below(1000);
    const read = await unzip(archive);
    expect([...read.keys()]).to.deep.equal(['b/2.txt', 'a/1.txt']);
    for (const { path, content } of entries) expectSameBytes(read.get(path)!, content as Uint8Array);
  });

  it('is the same file each time, also of what is large', async () => {
    const large: ArchiveEntry = { path: 'large', content: new Blob(['row\n'.repeat(100_000)]) };
    for (const some of [entries, [large]]) {
      const [one, other] = [await writeArchive(some), await writeArchive(some)];
      expectSameBytes(await bytesOf(one), await bytesOf(other));
    }
    expect((await unzip(await writeArchive([large]))).get('large')!.length).to.equal(400_000);
  });

  it('may have more entries than two bytes can count', async () => {
    const read = await unzip(await writeArchive(numbered(66_000)));
    expect(read.size).to.equal(66_000);
    expect([...read.get('65999')!]).to.deep.equal([65_999 & 255]);
  });

  it('tells how far it is, and can be called off', async () => {
    const shares: number[] = [];
    const controller = new AbortController();
    const work = writeArchive(numbered(20_000), {
      signal: controller.signal,
      onProgress(share) {
        shares.push(share);
        controller.abort();
      },
    });
    expect(await reasonOf(work)).to.equal('aborted');
    expect(shares.length).to.equal(1);
    expect(await reasonOf(writeArchive(entries, { signal: controller.signal }))).to.equal('aborted');
  });
});
