import { expect, test } from 'vitest';
import {
  assert,
  numberIn,
  positive,
  probability,
  shown,
  UserError,
  wholeNumber,
} from '../../src/base/errors.ts';

test('a good value passes unchanged', () => {
  expect(wholeNumber('push', 'fanout', 3, 1, 3)).toBe(3);
  expect(numberIn('push', 'delay', 0, 0)).toBe(0);
  expect(probability('push', 'loss', 1)).toBe(1);
  expect(positive('push', 'mean', 1e-300)).toBe(1e-300);
});

test.each<[string, () => unknown]>([
  ['a fraction for a whole number', () => wholeNumber('here', 'this', 1.5, 1)],
  ['a whole number below the range', () => wholeNumber('here', 'this', 0, 1)],
  ['a whole number above the range', () => wholeNumber('here', 'this', 4, 1, 3)],
  ['NaN', () => numberIn('here', 'this', NaN, 0)],
  ['an infinite number', () => numberIn('here', 'this', Infinity, 0)],
  ['a numeral in quotes', () => numberIn('here', 'this', '1' as unknown as number, 0)],
  ['a probability above 1', () => probability('here', 'this', 1.0001)],
  ['zero for a positive number', () => positive('here', 'this', 0)],
  ['an infinite positive number', () => positive('here', 'this', Infinity)],
  ['NaN for a positive number', () => positive('here', 'this', NaN)],
])('%s is refused with a sentence that names place and value', (_, check) => {
  expect(check).toThrow(UserError);
  expect(check).toThrow(/^here: this must be a .*; got /);
});

test('the sentence states the range and what was found', () => {
  expect(() => wholeNumber('push', 'fanout', 0, 1)).toThrow(
    'push: fanout must be a whole number at least 1; got 0',
  );
  expect(() => probability('loss', 'share', 2)).toThrow(
    'loss: share must be a number in [0, 1]; got 2',
  );
});

test('an assertion that fails is a BUG and no user error', () => {
  expect(() => assert(false, 'queue is empty')).toThrow('BUG: queue is empty');
  expect(() => assert(false, 'x')).not.toThrow(UserError);
  expect(() => assert(true, 'x')).not.toThrow();
});

test('values are shown short, text in quotes', () => {
  expect([shown('a'), shown(1), shown(null)]).toEqual(['"a"', '1', 'null']);
  expect(shown('x'.repeat(100))).toHaveLength(60);
});
