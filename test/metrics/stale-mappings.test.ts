import { describe, expect, it } from 'vitest';
import { micros } from '../../src/base/time.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { staleMappings, staleRows, staleSamples } from '../../src/metrics/stale-mappings.ts';
import { complete, constant } from '../../src/network/index.ts';

const MS = micros(1);
// [observer][owner * 2 + key] ms since which it is stale
const TABLE = [
  [0, 0, 40, Infinity, 10, 90], // its own two do not count
  [20, 70, 0, 0, Infinity, Infinity],
  [Infinity, Infinity, Infinity, Infinity, 0, 0],
];
const mappings = { n: 3, keys: 2, observers: [0, 1, 2] };
const since = (observer: number, owner: number, key: number) =>
  TABLE[observer][owner * 2 + key] * MS;

describe('stale mappings at 100 ms', () => {
  it('are counted per observer, without its own', () => {
    const { counts, longestMs } = staleRows(mappings, 100 * MS, since);
    expect([...counts]).toEqual([3, 2, 0]);
    expect([...longestMs]).toEqual([90, 80, 0]);
  });

  it('are averaged over the observers', () => {
    const { count, maxMs, meanMaxMs } = staleMappings(mappings, 100 * MS, since);
    expect(count).toBeCloseTo(5 / 3, 12);
    expect(maxMs).toBe(90);
    expect(meanMaxMs).toBeCloseTo(170 / 3, 12);
  });

  it('do not count before they are', () => {
    expect([...staleRows(mappings, 30 * MS, since).counts]).toEqual([1, 1, 0]);
  });
});

it('samples show what was before anything happens at their time', () => {
  let rounds = 0;
  const samples = staleSamples(
    { n: 2, keys: 1, observers: [0] },
    [0.5, 1, 1.5, 3].map((s) => micros(1000 * s)),
    () => (rounds > 0 ? 0 : Infinity),
  );
  simulate({
    seed: 'samples',
    n: 2,
    protocol: () => ({
      onRound() {
        rounds++;
      },
    }),
    link: constant({ ms: 1 }),
    overlay: complete,
    rounds: { periodMs: 1000, phase: 'synchronised' },
    horizonMs: 2500,
    observers: [samples],
  });
  expect(samples.rows.map(({ counts }) => counts[0])).toEqual([0, 0, 1]);
});
