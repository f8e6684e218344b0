import { expect, test } from 'vitest';
import { bytes, commandLine, count, duration, grouped } from '../../src/cli/wording.ts';

test.each([
  [0, '0.0 s'],
  [9.94, '9.9 s'],
  [9.96, '10 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [125, '2 min 5 s'],
  [3599.6, '1 h'],
  [7190, '2 h'],
  [9000, '2 h 30 min'],
  [Number.NaN, 'unknown'],
  [Number.POSITIVE_INFINITY, 'unknown'],
])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text));

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [180 * 2 ** 20, '180 MiB'],
  [2.5 * 2 ** 40, '2.5 TiB'],
])('%d bytes are %s', (n, text) => expect(bytes(n)).toBe(text));

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567, '1,234,567'],
])('%d is grouped as %s', (n, text) => {
  expect(grouped(n)).toBe(text);
  expect(n.toLocaleString('en-US')).toBe(text);
});

test('a count has its noun in the right number', () => {
  expect([count(1, 'run'), count(0, 'run'), count(12000, 'run')]).toEqual([
    '1 run',
    '0 runs',
    '12,000 runs',
  ]);
});

test('a command line is what a shell reads back', () => {
  expect(commandLine(['run', './a b.mjs', '--set', 'n=1,2', '--seed', "it's"])).toBe(
    "npx hearsay run './a b.mjs' --set n=1,2 --seed 'it'\\''s'",
  );
});
