import { describe, expect, it } from 'vitest';
import { colours, dashes, shapes } from '../../src/report/palette.ts';
import { distance, lightness, SIGHTS } from './colour-sight.ts';

/** Luma of a grey print, 0..255 (ITU-R BT.601). */
const grey = (colour: string) => {
  const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b;
};

const pairs = <T>(list: readonly T[]): [T, T][] =>
  list.flatMap((a, i) => list.slice(i + 1).map((b): [T, T] => [a, b]));

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

  it.each(Object.keys(SIGHTS))('all names look different to %s sight', (sight) => {
    for (const [a, b] of pairs(colours(8, false)))
      expect(distance(a, b, sight), `${a} ${b}`).toBeGreaterThan(15);
  });

  it.each(Object.keys(SIGHTS))('ordered neighbours look different to %s sight', (sight) => {
    for (const count of [2, 3, 5, 8]) {
      const list = colours(count, true);
      for (const [i, next] of list.slice(1).entries())
        expect(distance(list[i], next, sight), `${list[i]} ${next}`).toBeGreaterThan(9);
    }
  });

  it('that are as light as another have another shape', () => {
    const marks = shapes(8);
    const near = pairs([...colours(8, false).keys()]).filter(([i, j]) => {
      const [a, b] = [i, j].map((k) => lightness(colours(8, false)[k]));
      return Math.abs(a - b) < 10;
    });
    expect(near.length).toBeGreaterThan(0); // else shapes would not be needed
    for (const [i, j] of near) expect(marks[i]).not.toBe(marks[j]);
  });

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
