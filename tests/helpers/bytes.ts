import { expect } from 'chai';

/** Compares bytes, and says where they first differ rather than printing all of them. */
export function expectSameBytes(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length, 'length').to.equal(expected.length);
  for (let at = 0; at < actual.length; at++) {
    if (actual[at] === expected[at]) continue;
    expect.fail(`byte ${at} is ${actual[at]}, not ${expected[at]}`);
  }
}
