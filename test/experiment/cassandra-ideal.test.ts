import { expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { idealGossip } from '../../src/experiment/cassandra-ideal.ts';

function intervals(n: number, seeds: number, syns: 'one' | 'two') {
  const stream = new Stream('ideal', 'draws', 1);
  let count = 0;
  let sum = 0;
  idealGossip({
    n,
    seeds,
    syns,
    rounds: 1000,
    draw: () => stream.draw(0),
    onInterval(now, interval) {
      if (now < 10) return;
      count++;
      sum += interval;
    },
  });
  return sum / count;
}

it('two nodes hear of each other once a round', () => {
  expect(intervals(2, 0, 'one')).toBeCloseTo(1, 2);
});

it('of three nodes in a round, too, each version reaches each', () => {
  expect(intervals(3, 1, 'one')).toBeCloseTo(1, 2);
});

it('news does not pass from the first target of a SYN to the second: the intervals are longer', () => {
  expect(intervals(10, 2, 'two')).toBeLessThan(intervals(10, 2, 'one') - 0.005);
  expect(intervals(10, 0, 'two')).toBe(intervals(10, 0, 'one')); // no second target
});

it('after a kill nobody hears anything new once the last news is everywhere', () => {
  const stream = new Stream('ideal', 'draws', 1);
  const n = 20;
  const options = {
    n,
    seeds: 3,
    syns: 'one',
    killedAfter: 30,
    draw: () => stream.draw(0),
  } as const;
  const last = idealGossip({ ...options, rounds: 80 });
  for (let observer = 0; observer < n - 1; observer++) {
    expect(last[observer * n + n - 1]).toBeGreaterThan(29);
    expect(last[observer * n + n - 1]).toBeLessThan(40);
  }
});
