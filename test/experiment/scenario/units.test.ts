import { expect, test } from 'vitest';
import type { NumberKind } from '../../../src/base/kinds.ts';
import { inUnit, unitHint } from '../../../src/experiment/scenario/units.ts';

const TIME = { is: 'number', unit: 'ms', least: 0, most: Infinity, above: true } as NumberKind;

test.each([
  [1, ['1ms', '1 ms', '1000us']],
  [5000, ['5s', '5sec', '5 secs', '5 seconds']],
  [60_000, ['1m', '1min', '1 minute', '1 minutes', '60 second']],
  [7_200_000, ['2h', '2 hours', '2 hour']],
  [86_400_000, ['1d', '1 day', '1 days']],
])('%d ms', (ms, texts) => {
  expect(texts.map((text) => inUnit(text, 'ms'))).toEqual(texts.map(() => ms));
});

test('names of units of time are none of a size', () => {
  expect([inUnit('5 days', 'bytes'), inUnit('5 sec', 'none')]).toEqual([undefined, undefined]);
});

test.each([
  ['50', ' Did you mean 50ms, or 50s?'],
  ['5sek', ' Did you mean 5s?'],
  ['-1 ms', ''], // the unit is right
  ['-1', ''], // no unit would make it right
  ['-1sek', ''],
  ['soon', ''],
])('the hint for %s', (text, hint) => {
  expect(unitHint(text, TIME)).toBe(hint);
});

test('where a bare number is taken, no unit is lacking', () => {
  expect(unitHint('-5', { ...TIME, bare: true })).toBe('');
});
