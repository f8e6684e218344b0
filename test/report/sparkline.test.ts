import { expect, it } from 'vitest';
import { sparkline } from '../../src/report/sparkline.ts';

it('bars run from the least to the greatest value', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([10, -10])).toBe('█▁');
});

it('what is undefined is a blank', () => {
  expect(sparkline([0, null, Number.NaN, 1])).toBe('▁  █');
});

it('equal values are bars of middle height, and nothing is nothing', () => {
  expect(sparkline([2, 2])).toBe('▄▄');
  expect(sparkline([])).toBe('');
});
