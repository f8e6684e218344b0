import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monitor, NO_TRANSITION } from '../../src/detectors/monitor.ts';
import { detectorKinds } from '../../src/detectors/registry.ts';
import { type Arrivals, NEW_LIFE, replay } from '../../src/detectors/replay.ts';
import { timeout } from '../../src/detectors/timeout.ts';
import { SUSPECTED as S, TRUSTED as T } from '../../src/engine/model.ts';

const arrivalsOf = (rows: readonly (readonly [number, number, number])[]): Arrivals => ({
  times: Float64Array.from(rows, ([time]) => time),
  pairs: Int32Array.from(rows, ([, pair]) => pair),
  sequences: Float64Array.from(rows, ([, , sequence]) => sequence),
});

test('two pairs at two levels, by hand', () => {
  const arrivals = arrivalsOf([
    [0, 0, 1],
    [100, 1, 1],
    [3000, 0, 2], // 3 ms of silence: at the 1 ms and the 2.5 ms level suspected from 1000 and 2500 on
    [3100, 1, 1], // a duplicate
    [5500, 0, 3], // exactly 2.5 ms after: in time
  ]);
  const [eager, patient] = replay(arrivals, timeout()(2), [1, 2.5], 7000);
  expect([...eager.times]).toEqual([1000, 1100, 3000, 4000, 5500, 6500]);
  expect([...eager.pairs]).toEqual([0, 1, 0, 0, 0, 0]);
  expect([...eager.facts]).toEqual([S, S, T, S, T, S]);
  expect([...patient.times]).toEqual([2500, 2600, 3000]); // the next would be at 8000, beyond the horizon
  expect([...patient.pairs]).toEqual([0, 1, 0]);
  expect([...patient.facts]).toEqual([S, S, T]);
});

test('a suspicion at the horizon counts, an arrival after it does not', () => {
  const arrivals = arrivalsOf([
    [0, 0, 1],
    [1001, 0, 2],
  ]);
  expect([...replay(arrivals, timeout()(1), [1], 1000)[0].times]).toEqual([1000]);
  expect([...replay(arrivals, timeout()(1), [1], 999)[0].times]).toEqual([]);
});

test('a new life starts its numbers again', () => {
  const rows = [
    [0, 0, 50],
    [2000, 0, NEW_LIFE],
    [2000, 0, 1],
    [2500, 0, 2],
  ] as const;
  const [{ times, facts }] = replay(arrivalsOf(rows), timeout()(1), [1], 3000);
  expect([...times]).toEqual([1000, 2000]);
  expect([...facts]).toEqual([S, T]);
});

test('arrivals out of order are our own mistake', () => {
  const arrivals = arrivalsOf([
    [5, 0, 1],
    [4, 0, 2],
  ]);
  expect(() => replay(arrivals, timeout()(1), [1], 10)).toThrow(/BUG/);
});

describe.each(Object.keys(detectorKinds))('%s', (name) => {
  const kind = detectorKinds[name];
  const gap = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 700_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 40_000_000 }) },
  );
  const rows = fc.array(
    fc.tuple(gap, fc.integer({ min: 0, max: 2 }), fc.integer({ min: -1, max: 2 })),
    { maxLength: 60 },
  );

  test('one pass over all levels gives what a monitor for each level gives', () => {
    fc.assert(
      fc.property(rows, (rows) => {
        let now = 0;
        const numbers = [0, 0, 0];
        const beats = rows.map(
          ([gap, pair, step]) => [(now += gap), pair, (numbers[pair] += step)] as const,
        );
        const horizon = now + 20_000_000;
        const levels = kind.levels(1000);
        const passes = replay(arrivalsOf(beats), kind.make({})(3), levels, horizon);
        levels.forEach((level, i) => {
          const watch = monitor(kind.make({})(3), 3, level);
          const seen: [number, number, number][] = [];
          const note = (time: number, pair: number, fact: number) => {
            if (fact !== NO_TRANSITION) seen.push([time, pair, fact]);
          };
          const wake = (pair: number, before: number) => {
            const deadline = watch.deadline(pair);
            if (deadline < before) note(deadline, pair, watch.check(pair, deadline));
          };
          for (const [time, pair, sequence] of beats) {
            wake(pair, time);
            note(time, pair, watch.heard(pair, time, sequence));
          }
          for (const pair of [0, 1, 2]) wake(pair, horizon + 1);
          const pass = passes[i];
          const got = Array.from(pass.times, (t, k) => [t, pass.pairs[k], pass.facts[k]]);
          expect(got).toEqual(seen.sort((a, b) => a[0] - b[0]));
          expect(pass.level).toBe(level);
        });
      }),
      { seed: 21, numRuns: 40 },
    );
  });
});

describe.each(Object.keys(detectorKinds))('%s', (name) => {
  test('onExpiry hears what the detector says after each heartbeat', () => {
    const kind = detectorKinds[name];
    const levels = kind.levels(1000);
    const beats = [0, 1000, 2040, 2990, 5005, 5010, 6000, 7100, 7900, 9050, 10_000, 11_020, 12_000];
    const rows = beats.flatMap((ms, i) => [
      [ms * 1000, 0, i] as const,
      [ms * 1000 + 500, 1, Math.floor(i / 2)] as const, // every second one is a duplicate
    ]);
    const told: number[][] = [];
    const onExpiry = (...what: number[]) => void told.push(what);
    const heard = replay(arrivalsOf(rows), kind.make({})(2), levels, 2e7, onExpiry);
    const twin = kind.make({})(2);
    const expected = rows.flatMap(([now, pair, sequence]) => {
      twin.heard(pair, now, sequence);
      return levels.map((level, i) => [i, pair, now, twin.expiry(pair, level)]);
    });
    expect(told).toEqual(expected);
    expect(heard).toEqual(replay(arrivalsOf(rows), kind.make({})(2), levels, 2e7));
  });
});
