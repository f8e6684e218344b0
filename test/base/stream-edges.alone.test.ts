/** What Stream makes of chosen words: the generator is replaced by a list. */
import { beforeEach, expect, test, vi } from 'vitest';
import { Stream } from '../../src/base/stream.ts';

const words = vi.hoisted(() => ({ next: [] as (readonly [number, number])[] }));

vi.mock('../../src/base/threefry.ts', () => {
  const block = new Int32Array(2);
  return { block, threefry: () => block.set(words.next.shift() ?? []) };
});

const stream = new Stream('7', 'loss', 1);

beforeEach(() => {
  words.next = [];
});

test('the least draw is 2^-53', () => {
  words.next = [[0, 0]];
  expect(stream.draw(0)).toBe(2 ** -53);
});

test('the greatest draw is 1 - 2^-53', () => {
  words.next = [[-1, -1]];
  expect(stream.draw(0)).toBe(1 - 2 ** -53);
});

test('the first word gives the upper 26 bits of a draw, the second the lower', () => {
  words.next = [[3 << 6, 5 << 6]];
  expect(stream.draw(0)).toBe((3 * 2 ** 26 + 5.5) / 2 ** 52);
});

test('draws are symmetric: complementary words give complementary draws', () => {
  words.next = [
    [0x12345678, -0x6789abcd],
    [~0x12345678, ~-0x6789abcd],
  ];
  expect(stream.draw(0)).toBe(1 - stream.draw(0));
});

test.each([
  // bound, words, value: a word is rejected from the largest multiple of the bound on
  [3, [0xffffffff, 5], 2],
  [3, [0xfffffffe], 2],
  [7, [0xffffffff, 0xfffffffc, 0xfffffffb], 6],
  [2 ** 31 + 1, [2 ** 31 + 1, 0xffffffff, 2 ** 31], 2 ** 31],
  [2 ** 32, [0xffffffff], 0xffffffff],
  [1, [0xffffffff], 0],
])('below %i takes of the words %j the value %i', (bound, list, value) => {
  words.next = list.map((word) => [word, 0] as const);
  expect(stream.below(0, bound)).toBe(value);
  expect(words.next).toEqual([]);
});
