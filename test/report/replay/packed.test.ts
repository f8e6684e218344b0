import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  packed,
  packedRising,
  unpacked,
  unpackedRising,
} from '../../../src/report/replay/packed.ts';

const numbers = fc.array(fc.oneof(fc.nat(), fc.maxSafeNat(), fc.nat({ max: 200 })));

it('numbers are what they were', () => {
  fc.assert(
    fc.property(numbers, (list) => {
      expect([...unpacked(packed(list))]).toEqual(list);
    }),
    { numRuns: 200 },
  );
});

it('rising numbers, too, in fewer letters', () => {
  const times = Array.from({ length: 1000 }, (_, i) => 1e9 + 37 * i);
  expect([...unpackedRising(packedRising(times))]).toEqual(times);
  expect(packedRising(times).length).toBeLessThan(packed(times).length / 3);
});

it('the longest list does not need more arguments than a call may have', () => {
  const many = unpacked(packed(new Float64Array(200_000).fill(129)));
  expect([many.length, many.every((value) => value === 129)]).toEqual([200_000, true]);
});
