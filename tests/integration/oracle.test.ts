import { expect } from 'chai';
import { MNIST } from '../../src/domain/mnist';
import { centreOfMass, inkBounds, inkToPixels, toPixels } from '../../src/domain/preprocess';
import { longerSide } from '../../src/domain/raster';
import { CLASS_COUNT, IMAGE_PIXELS, imageAt, type SampleBlock } from '../../src/domain/sample';
import { offersShards } from '../../src/domain/shard-manifest';
import type { Network } from '../../workers/engines/engine';
import { asImage, place } from '../helpers/pictures';
import { openShippedNetwork } from '../helpers/shipped';
import { openBench, type Bench } from '../helpers/worker';

/** Every image becomes ten times as large, dark on light, and lies in one of a sheet's four corners. */
const ZOOM = 10;
const SHEET_SIDE = 320;
const FAR = SHEET_SIDE - 28 * ZOOM;
const CORNERS = [
  [0, 0],
  [FAR, 0],
  [0, FAR],
  [FAR, FAR],
] as const;
/** Images per pass of the network. */
const BATCH = 250;

async function loadTestSet({ client, shards }: Bench): Promise<SampleBlock> {
  await client.call('acquireMnist', {}, { deadlineMs: 60_000 });
  const record = (await shards.findDataset(MNIST))!;
  const parts = await Promise.all(
    Array.from({ length: record.shardCounts.test }, (_, index) => shards.load(MNIST, 'test', index)),
  );
  return {
    pixels: Uint8Array.from(parts.flatMap((part) => [...part!.pixels])),
    labels: Uint8Array.from(parts.flatMap((part) => [...part!.labels])),
  };
}

/** The digit that the network reads in each image. */
async function readAll(network: Network, pixels: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const digits = new Uint8Array(pixels.length / IMAGE_PIXELS);
  for (let first = 0; first < digits.length; first += BATCH) {
    const end = Math.min(digits.length, first + BATCH);
    const logits = await network.logits(pixels.subarray(first * IMAGE_PIXELS, end * IMAGE_PIXELS));
    for (let row = 0; first + row < end; row++) {
      const answer = [...logits.subarray(row * CLASS_COUNT, (row + 1) * CLASS_COUNT)];
      digits[first + row] = answer.indexOf(Math.max(...answer));
    }
  }
  return digits;
}

describe('the oracle: MNIST’s 10,000 test images, enlarged, inverted and moved', () => {
  let bench: Bench;
  let network: Network;
  let test: SampleBlock;
  let count: number;
  const moved: { pixels: Uint8Array<ArrayBuffer> } = { pixels: new Uint8Array(0) };

  before(async function () {
    const manifest: unknown = await (await fetch('/mnist/manifest.json')).json();
    if (!offersShards(manifest)) {
      console.log('Skipped: MNIST is not on this machine. Set MNIST_DIR to run the oracle.');
      this.skip();
    }
    bench = openBench();
    [test, network] = await Promise.all([loadTestSet(bench), openShippedNetwork()]);
    count = test.labels.length;
    moved.pixels = new Uint8Array(count * IMAGE_PIXELS);
    for (let index = 0; index < count; index++) {
      const [left, top] = CORNERS[index % CORNERS.length]!;
      const image = asImage(imageAt(test.pixels, index));
      const sheet = place(image, { zoom: ZOOM, side: SHEET_SIDE, left, top, isInverted: true });
      moved.pixels.set(toPixels(sheet), index * IMAGE_PIXELS);
    }
  });
  after(async () => {
    network?.dispose();
    await bench?.close();
  });

  it('come out with a longer side of 20 pixels and the centre of mass at 13.5 to 14.5', () => {
    expect(count).to.equal(10_000);
    const offCentre: number[] = [];
    for (let index = 0; index < count; index++) {
      const image = asImage(imageAt(moved.pixels, index));
      const { x, y } = centreOfMass(image);
      expect(longerSide(inkBounds(image, 1)!), `side of ${index}`).to.equal(20);
      if (Math.max(Math.abs(x - 14), Math.abs(y - 14)) > 0.5) offCentre.push(index);
    }
    // MNIST cut three digits off at the field's edge, to 19 pixels. Scaled to 20 and centred they would
    // be cut again; they stay whole and lie at most a pixel off.
    const isCut = (index: number) => longerSide(inkBounds(asImage(imageAt(test.pixels, index)), 1)!) < 20;
    expect(offCentre.filter((index) => !isCut(index))).to.deep.equal([]);
    expect(offCentre.length).to.be.at.most(3);
  });

  it('are read as before in at least 99.5 % of all cases', async () => {
    const expected = await readAll(network, test.pixels);
    const actual = await readAll(network, moved.pixels);
    const same = expected.filter((digit, index) => digit === actual[index]).length;
    console.log(`The oracle: ${same} of ${count} enlarged, inverted and moved images are read as before`);
    expect(same).to.be.at.least(0.995 * count);
  });

  it('stay where they are when nothing was done to them', () => {
    for (let index = 0; index < count; index++) {
      const image = imageAt(test.pixels, index);
      const same = inkToPixels(asImage(image))!.every((ink, at) => ink === image[at]);
      expect(same, `image ${index}`).to.equal(true);
    }
  });
});
