import { expect } from 'chai';
import type { AppError } from '../../../src/domain/errors';
import { encodeIdxImages, encodeIdxLabels, joinIdx, parseIdx } from '../../../src/domain/idx';

function idxFile(
  magic: number,
  sizes: readonly number[],
  values: readonly number[],
): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4 + 4 * sizes.length + values.length));
  view.setUint32(0, magic);
  sizes.forEach((size, index) => view.setUint32(4 + 4 * index, size));
  values.forEach((value, index) => view.setUint8(4 + 4 * sizes.length + index, value));
  return new Uint8Array(view.buffer);
}

const zeros = (count: number) => Array.from({ length: count }, () => 0);
const images = (count: number, side = 28) =>
  parseIdx(idxFile(0x803, [count, side, side], zeros(count * side * side)));
const labels = (...values: number[]) => parseIdx(idxFile(0x801, [values.length], values));

function reasonOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    return (error as AppError).help.reason;
  }
  return undefined;
}

describe('IDX files', () => {
  it('are read: sizes and values', () => {
    const { sizes, values } = parseIdx(idxFile(0x801, [3], [7, 8, 9]));
    expect(sizes).to.deep.equal([3]);
    expect([...values]).to.deep.equal([7, 8, 9]);
  });

  it('join images and labels', () => {
    const block = joinIdx(images(2), labels(4, 9));
    expect(block.pixels.length).to.equal(2 * 784);
    expect([...block.labels]).to.deep.equal([4, 9]);
  });

  it('are refused by name where something is wrong', () => {
    expect(reasonOf(() => parseIdx(new Uint8Array(0)))).to.equal('IDX_INVALID');
    expect(reasonOf(() => parseIdx(idxFile(0x802, [1], [0])))).to.equal('IDX_INVALID');
    expect(reasonOf(() => parseIdx(idxFile(0x801, [4], [0])))).to.equal('IDX_LENGTH');
    expect(reasonOf(() => parseIdx(idxFile(0x803, [], [])))).to.equal('IDX_LENGTH');
    expect(reasonOf(() => joinIdx(images(2), labels(1)))).to.equal('IDX_COUNT');
    expect(reasonOf(() => joinIdx(images(1, 20), labels(1)))).to.equal('IDX_SHAPE');
    expect(reasonOf(() => joinIdx(images(1), labels(10)))).to.equal('IDX_LABEL');
  });

  it('are written as they are read', () => {
    const pixels = Uint8Array.from({ length: 3 * 784 }, (_, at) => at % 256);
    const { sizes, values } = parseIdx(encodeIdxImages(pixels));
    expect(sizes).to.deep.equal([3, 28, 28]);
    expect([...values]).to.deep.equal([...pixels]);
    expect([...encodeIdxLabels(Uint8Array.of(7, 8))]).to.deep.equal([0, 0, 8, 1, 0, 0, 0, 2, 7, 8]);
  });
});
