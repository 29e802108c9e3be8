import { expect } from 'chai';
import { isDigit } from '../../src/domain/digitness';
import { generateDigit } from '../../src/domain/generated-digits';
import { preprocess, toPixels } from '../../src/domain/preprocess';
import type { GreyImage } from '../../src/domain/raster';
import { segmentDigits } from '../../src/domain/segment-digits';
import { decodeImage } from '../../src/platform/decode-image';
import type { Network } from '../../workers/engines/engine';
import { encode } from '../helpers/image-files';
import { drawNotDigit, NOT_DIGIT_KINDS } from '../helpers/not-digits';
import { photograph, randomScene, type Scene } from '../helpers/photographs';
import { asImage, paint } from '../helpers/pictures';
import { openShippedNetwork, openShippedRefuser, readDigit, readShippedCard } from '../helpers/shipped';

const PHOTOGRAPHS = 60;
const NUMBERS = 16;
const THINGS = 120;

const inkOfDigit = (index: number): GreyImage => asImage(generateDigit(41, index).pixels);

/** A photograph as a phone keeps it: a JPEG. */
async function take(scene: Scene) {
  return decodeImage(await encode(photograph(scene), 'image/jpeg'));
}

describe('photographs', () => {
  let network: Network;
  before(async () => (network = await openShippedNetwork()));
  after(() => network.dispose());

  it('are read as the clean digits are: shadow, ruled paper, coloured ink, blur, perspective, JPEG', async () => {
    const misread: string[] = [];
    for (let index = 0; index < PHOTOGRAPHS; index++) {
      const ink = inkOfDigit(index);
      const place = { ink, x: 0.02 * (index % 7) - 0.05, y: 0.02 * (index % 5) - 0.04 };
      const scene = randomScene(index, [place], 0.2 + (0.3 * index) / PHOTOGRAPHS);
      const clean = await readDigit(network, ink.data);
      const read = await readDigit(network, toPixels(await take(scene)));
      if (read !== clean) misread.push(`${index} (${scene.ruling}): ${read}, not ${clean}`);
    }
    console.log(`Photographs: ${PHOTOGRAPHS - misread.length} of ${PHOTOGRAPHS} read as the clean digit`);
    expect(misread.length, misread.join('; ')).to.be.at.most(0.05 * PHOTOGRAPHS);
  });

  it('of several digits are read in order', async () => {
    let right = 0;
    for (let number = 0; number < NUMBERS; number++) {
      const places = [-0.3, -0.1, 0.1, 0.3].map((x, k) => ({ ink: inkOfDigit(4 * number + k), x, y: 0 }));
      const expected = await Promise.all(places.map(({ ink }) => readDigit(network, ink.data)));
      const { ink } = preprocess(await take(randomScene(500 + number, places, 0.19)));
      const { digits } = segmentDigits(ink);
      const read = await Promise.all(digits.map(({ pixels }) => readDigit(network, pixels)));
      right += Number(read.join('') === expected.join(''));
    }
    console.log(`Numbers of four digits: ${right} of ${NUMBERS} photographs read in full and in order`);
    expect(right).to.be.at.least(0.8 * NUMBERS);
  });

  it('show each step of how they were read', () => {
    const scene: Scene = {
      ...randomScene(7, [{ ink: inkOfDigit(0), x: 0, y: 0 }], 0.4),
      ruling: 'ruled',
      inkColour: [0.35, 0.35, 0.36],
      lineColour: [0.2, 0.2, 0.3],
      turn: 0.03,
      blur: 0.5,
    };
    const { photograph: steps } = preprocess(photograph(scene));
    expect(steps?.lines, 'lines').not.to.equal(undefined);
    for (const image of [steps!.contrast, steps!.light, steps!.evened, steps!.lines!, steps!.ink]) {
      expect([image.width, image.height]).to.deep.equal([steps!.ink.width, steps!.ink.height]);
    }
  });

  it('are told from clean pictures, which are read as ever', () => {
    const stroke = (x: number, y: number) => Math.abs(x - 100 - y / 9) < 8 && y > 30 && y < 170;
    for (const picture of [
      paint(200, 200, (x, y) => (stroke(x, y) ? 0 : 255)),
      paint(200, 200, (x, y) => (stroke(x, y) ? 180 : 230)),
      paint(200, 200, (x, y) => (stroke(x, y) ? 255 : 20)),
    ]) {
      expect(preprocess(picture).photograph).to.equal(undefined);
    }
  });
});

describe('things that are no digits', () => {
  it('are refused far more often than digits are', async () => {
    const digitness = (await readShippedCard()).digitness!;
    const [network, refuser] = [await openShippedNetwork(), await openShippedRefuser()];
    const refuses = async (pixels: Uint8Array) => {
      const [logits, kinds] = [await network.logits(pixels), await refuser.logits(pixels)];
      return !isDigit({ pixels, logits, kinds }, digitness);
    };
    const shareOf = async (images: readonly Uint8Array[]) =>
      (await Promise.all(images.map(refuses))).filter(Boolean).length / images.length;
    const floors = { letters: 0.9, shapes: 0.7, scribbles: 0.95, dots: 0.95 };
    for (const kind of NOT_DIGIT_KINDS) {
      const share = await shareOf(Array.from({ length: THINGS }, (_, index) => drawNotDigit(kind, 9, index)));
      console.log(`${kind}: ${(100 * share).toFixed(0)} % refused`);
      expect(share, kind).to.be.at.least(floors[kind]);
    }
    const digits = Array.from({ length: THINGS }, (_, index) => generateDigit(43, index).pixels);
    const share = await shareOf(digits);
    console.log(`generated digits: ${(100 * share).toFixed(0)} % refused`);
    expect(share).to.be.at.most(0.1);
    network.dispose();
    refuser.dispose();
  });
});
