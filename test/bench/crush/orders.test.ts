import { describe, expect, test } from 'vitest';
import { orders } from '../../../bench/crush/orders.ts';
import { Stream } from '../../../src/base/stream.ts';

const first = (order: string, seed: string, count: number): Uint32Array => {
  const words = new Uint32Array(count);
  orders[order](seed)(words);
  return words;
};

describe.each(Object.keys(orders))('order %s', (order) => {
  test('goes on where it was, whatever is asked for at once', () => {
    const fill = orders[order]('a');
    const [begin, end] = [new Uint32Array(3000), new Uint32Array(1000)];
    fill(begin);
    fill(end);
    expect(Uint32Array.of(...begin, ...end)).toEqual(first(order, 'a', 4000));
  });

  test.skipIf(order === 'control')('is another one with another seed', () => {
    expect(first(order, 'a', 10)).not.toEqual(first(order, 'b', 10));
  });
});

test('lanes and counters are those of a stream', () => {
  const lane = new Stream('a', 'lanes', 1);
  expect(first('lanes-major', 'a', 5)).toEqual(Uint32Array.from({ length: 5 }, () => lane.word(0)));
  const lanes = new Stream('a', 'counters', 5);
  expect(first('counters-major', 'a', 5)).toEqual(
    Uint32Array.from({ length: 5 }, (_, i) => lanes.word(i)),
  );
});

test('a draw is given by its first 32 bits', () => {
  const n = 1000;
  const nodes = Array.from({ length: n }, (_, node) => node);
  const [, coin, latency] = first('run', 'a', 3);
  const [coins, latencies] = ['loss', 'latency'].map((name) => new Stream('a', name, n));
  const found = nodes.map((node) =>
    [coins, latencies].map((of) => Math.floor(of.draw(node) * 2 ** 32)),
  );
  expect(found).toContainEqual([coin, latency]);
});
