/** Known answers of Random123 (tests/kat_vectors, threefry2x32 with 20 rounds): counter, key, output. */
import { expect, test } from 'vitest';
import { block, threefry } from '../../src/base/threefry.ts';

const VECTORS: readonly (readonly number[])[] = [
  [0, 0, 0, 0, 0x6b200159, 0x99ba4efe],
  [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1cb996fc, 0xbb002be7],
  [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xc4923a9c, 0x483df7a0],
];

test.each(VECTORS)(
  'the published block of counter %i %i',
  (counter0, counter1, key0, key1, x, y) => {
    threefry(key0, key1, counter0, counter1);
    expect([block[0] >>> 0, block[1] >>> 0]).toEqual([x, y]);
  },
);

test('signed and unsigned words are the same arguments', () => {
  threefry(-1, -1, -1, -1);
  expect(block[0] >>> 0).toBe(0x1cb996fc);
});
