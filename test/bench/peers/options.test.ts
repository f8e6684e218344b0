import { expect, test } from 'vitest';
import { optionsOf } from '../../../bench/peers/options.ts';
import { workloads } from '../../../bench/peers/workloads.ts';

test('defaults are those of the size', () => {
  const only = workloads.map(({ name }) => name);
  expect(optionsOf([])).toEqual({ size: 'full', rounds: 5, only, out: 'results/bench' });
  expect(optionsOf(['--quick'])).toEqual({
    size: 'quick',
    rounds: 3,
    only,
    out: 'results/quick/bench',
  });
});

test('what is given counts', () => {
  expect(optionsOf(['--rounds', '7', '--only', 'push,hold', '--out', 'here'])).toEqual({
    size: 'full',
    rounds: 7,
    only: ['push', 'hold'],
    out: 'here',
  });
  expect(optionsOf(['--help'])).toBeUndefined();
});

test.each([
  [['--only', 'pull'], '"memberlist" or "workers"; got "pull"'],
  [['--rounds', 'many'], '--rounds must be a whole number in 1..100; got NaN'],
  [['--quik'], "Unknown option '--quik'"],
  [['fast'], "Unexpected argument 'fast'"],
])('%j is refused', (words, sentence) => {
  expect(() => optionsOf(words)).toThrow(sentence);
});
