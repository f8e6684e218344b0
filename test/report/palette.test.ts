import { describe, expect, it } from 'vitest';
import { colours, dashes, shapes } from '../../src/report/palette.ts';

/** Luma of a grey print, 0..255 (ITU-R BT.601). */
const grey = (colour: string) => {
  const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b;
};

describe('colours', () => {
  it.each([2, 3, 4, 5, 6, 8])(
    '%i ordered values grow lighter in steps that a grey print shows',
    (count) => {
      const greys = colours(count, true).map(grey);
      const steps = greys.slice(1).map((value, i) => value - greys[i]);
      expect(Math.min(...steps)).toBeGreaterThan(10);
      expect(Math.max(...greys)).toBeLessThan(190);
    },
  );

  it('all differ, however many there are', () => {
    for (const count of [1, 7, 8, 12, 20]) {
      expect(new Set(colours(count, false)).size).toBe(count);
      expect(new Set(colours(count, true)).size).toBe(count);
    }
  });
});

it('shapes and dashes begin again after the last', () => {
  expect(new Set(shapes(8)).size).toBe(8);
  expect(shapes(9)[8]).toBe(shapes(1)[0]);
  expect(dashes(5)[4]).toEqual(dashes(1)[0]);
});
