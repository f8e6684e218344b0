import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { expect, test } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { block, threefry } from '../../src/base/threefry.ts';

const LANES = 5;
const draws = (stream: Stream, lane: number, count: number) =>
  Array.from({ length: count }, () => stream.draw(lane));

test('the same seed and name give the same draws', () => {
  expect(draws(new Stream('7', 'loss', 2), 1, 10)).toEqual(
    draws(new Stream('7', 'loss', 2), 1, 10),
  );
});

test.each([
  ['another seed', '8', 'loss'],
  ['another name', '7', 'latency'],
])('%s gives other draws', (_, seed, name) => {
  const here = draws(new Stream('7', 'loss', 1), 0, 10);
  const there = draws(new Stream(seed, name, 1), 0, 10);
  expect(there.filter((draw) => here.includes(draw))).toEqual([]);
});

test('the border between seed and name is part of the key', () => {
  expect(new Stream('a/b', 'c', 1).word(0)).not.toBe(new Stream('a', 'b/c', 1).word(0));
  expect(new Stream('1', '2/x', 1).word(0)).not.toBe(new Stream('1/2', 'x', 1).word(0));
});

test('characters that differ only above their low eight bits are different seeds', () => {
  expect(new Stream('a', 'loss', 1).word(0)).not.toBe(new Stream('š', 'loss', 1).word(0));
  expect(new Stream('7', 'a', 1).word(0)).not.toBe(new Stream('7', 'š', 1).word(0));
});

test('the key of an ASCII seed is that of seedrandom, the block that of Threefry', () => {
  const key = seedrandom('7/hearsay/loss');
  threefry(key.int32(), key.int32(), 2, 0);
  const first = block[0] >>> 0;
  expect(new Stream('hearsay', 'loss', 3).word(2)).toBe(first);
});

test('lanes have different draws', () => {
  const stream = new Stream('7', 'loss', 1000);
  expect(new Set(Array.from({ length: 1000 }, (_, lane) => stream.draw(lane))).size).toBe(1000);
});

test('the number of lanes does not change what a lane draws', () => {
  expect(draws(new Stream('7', 'loss', 3), 2, 10)).toEqual(
    draws(new Stream('7', 'loss', 999), 2, 10),
  );
});

test('a lane draws the same whatever other lanes do and in whatever order', () => {
  const alone = Array.from({ length: LANES }, (_, lane) =>
    draws(new Stream('7', 'loss', LANES), lane, 60),
  );
  fc.assert(
    fc.property(fc.array(fc.nat(LANES - 1), { maxLength: 60 }), (order) => {
      const stream = new Stream('7', 'loss', LANES);
      const next = new Array(LANES).fill(0); // [lane] how many it has drawn
      for (const lane of order) expect(stream.draw(lane)).toBe(alone[lane][next[lane]++]);
    }),
    { seed: 1 },
  );
});

test('every call of word, draw and a `below` without rejection takes one block of the lane', () => {
  const stream = new Stream('7', 'loss', 1);
  const words = new Stream('7', 'loss', 1);
  stream.word(0);
  stream.draw(0);
  stream.below(0, 2);
  for (let i = 0; i < 3; i++) words.word(0);
  expect(stream.word(0)).toBe(words.word(0));
});

test('streams do not disturb each other through the shared block', () => {
  const one = new Stream('7', 'loss', 1);
  const first = one.draw(0);
  threefry(1, 2, 3, 4);
  const kept = [...block];
  new Stream('7', 'loss', 1);
  expect([...block]).toEqual(kept);
  expect(new Stream('7', 'loss', 1).draw(0)).toBe(first);
});
