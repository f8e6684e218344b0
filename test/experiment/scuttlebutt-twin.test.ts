import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { givenTwin, meanOf, sdOf } from '../../src/experiment/scuttlebutt-twin.ts';

describe('given its twin', () => {
  it('a participant on a line is on it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), (a, b) => {
        const twin = Float64Array.of(1, 2, 4, 8, 9);
        const { expected, leftOpen } = givenTwin(
          twin.map((x) => a + b * x),
          twin,
          6,
        );
        expect(expected).toBeCloseTo(a + 6 * b, 9);
        expect(leftOpen).toBeCloseTo(0, 6);
      }),
    );
  });

  it('that says nothing, it is what it is in the mean', () => {
    const own = Float64Array.of(1, 2, 3, 4);
    const { expected } = givenTwin(own, Float64Array.of(5, 5, 5, 5), 7);
    expect(expected).toBe(2.5);
  });

  it('deviates by what is left around the line', () => {
    // y = x, and 1 up and down beside it, in a way that tilts nothing
    const twin = Float64Array.of(0, 0, 1, 1, 2, 2);
    const own = Float64Array.of(1, -1, 2, 0, 3, 1);
    const { expected, leftOpen } = givenTwin(own, twin, 1.5);
    expect(expected).toBeCloseTo(1.5, 12);
    expect(leftOpen).toBeCloseTo(Math.sqrt(6 / 4), 12);
  });
});

it('mean and standard deviation', () => {
  const values = Float64Array.of(2, 4, 4, 6);
  expect(meanOf(values)).toBe(4);
  expect(sdOf(values)).toBeCloseTo(Math.sqrt(8 / 3), 12);
});
