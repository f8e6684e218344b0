/** What a node's clock reads, against hand-computed tables and exact arithmetic. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Micros, micros } from '../../src/base/time.ts';
import type { ClockChange, Fault, ProtocolFactory } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { everyone, fixed } from '../engine/support.ts';

type Change = Omit<ClockChange, 'node' | 'kind'>;

/** The readings of node 0's clock at the given times, in microseconds. */
function readings(changes: readonly Change[], at: readonly Micros[]): Micros[] {
  const read: Micros[] = [];
  const protocol: ProtocolFactory<number> = (env) => ({
    onStart: (node) => at.forEach((time) => void (node === 0 && env.at(0, time, 0))),
    onTimer: (node) => void read.push(env.clock(node)),
  });
  const faults = changes.map((change): Fault => ({ ...change, node: 0, kind: 'clock' }));
  const rest = { seed: 's', n: 2, overlay: everyone, link: fixed(1), horizonMs: 2 ** 42 };
  simulate({ ...rest, protocol, faults });
  return read;
}

const SECOND = 1e6;

describe('the clock of a node', () => {
  it('is the simulation without faults, and its neighbour does not matter', () => {
    expect(readings([], [0, 5, 12_345])).toEqual([0, 5, 12_345]);
    const other: Fault[] = [{ atMs: 0, node: 1, kind: 'clock', stepMs: 7 }];
    const read: Micros[] = [];
    const protocol: ProtocolFactory<number> = (env) => ({
      onStart: (node) => void read.push(env.clock(node)),
    });
    const rest = { seed: 's', n: 2, overlay: everyone, link: fixed(1), horizonMs: 10 };
    simulate({ ...rest, protocol, faults: other });
    expect(read).toEqual([0, 7000]); // a skew at time 0 holds when the node starts
  });

  it('has skew and drift: floor((1 + ppm / 10^6) t), also backwards and below 1 us', () => {
    const at = [0, 1, 9999, 10_000, 10_001, SECOND, 3600 * SECOND];
    expect(readings([{ atMs: 0, stepMs: -2, driftPpm: 100 }], at)).toEqual([
      -2000, -1999, 7999, 8001, 8002, 998_100, 3_600_358_000,
    ]);
    expect(readings([{ atMs: 0, driftPpm: -100 }], at)).toEqual([
      0, 0, 9998, 9999, 9999, 999_900, 3_599_640_000,
    ]);
  });

  it('is slewed at 500 ppm: 1 ms takes 2 s, a drift goes on beside it', () => {
    const slew = { atMs: 1000, slewMs: 1 };
    const at = [1, 2, 3, 4].map((s) => s * SECOND);
    expect(readings([slew], at)).toEqual([1_000_000, 2_000_500, 3_001_000, 4_001_000]);
    expect(readings([{ ...slew, slewMs: -1 }], at)).toEqual([
      1_000_000, 1_999_500, 2_999_000, 3_999_000,
    ]);
    expect(readings([{ atMs: 0, driftPpm: 10 }, slew], at)).toEqual([
      1_000_010, 2_000_520, 3_001_030, 4_001_040,
    ]);
  });

  it('forgets a slew when another begins, or is ended by 0', () => {
    const at = [1, 2, 3, 4].map((s) => s * SECOND);
    const first = { atMs: 0, slewMs: 1 };
    expect(readings([first, { atMs: 1000, slewMs: -0.25 }], at)).toEqual([
      1_000_500, 2_000_250, 3_000_250, 4_000_250,
    ]);
    // The end that the first would have had, at 2 s, does not end the second.
    expect(readings([first, { atMs: 1000, slewMs: 2 }], at)).toEqual([
      1_000_500, 2_001_000, 3_001_500, 4_002_000,
    ]);
    expect(readings([first, { atMs: 1000, slewMs: 0 }], at)).toEqual([
      1_000_500, 2_000_500, 3_000_500, 4_000_500,
    ]);
  });

  it('steps back, unless it is monotone: then it stands still until it is right', () => {
    const step = { atMs: 10, stepMs: -5 };
    const at = [9, 10, 12, 15, 16].map((ms) => ms * 1000);
    expect(readings([step], at)).toEqual([9000, 5000, 7000, 10_000, 11_000]);
    const monotone = [{ atMs: 0, monotone: true }, step];
    expect(readings(monotone, at)).toEqual([9000, 10_000, 10_000, 10_000, 11_000]);
  });

  it('reads floor(t (1 + drift)) exactly, as whole numbers of any size say', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 45 }), // a year
        fc.integer({ min: -100_000_000, max: 100_000_000 }),
        (time, ppb) => {
          const product = BigInt(time) * BigInt(ppb);
          const rounded = product / 1_000_000_000n;
          const floor = product < 0n && product % 1_000_000_000n !== 0n ? rounded - 1n : rounded;
          const [reading] = readings([{ atMs: 0, driftPpm: ppb / 1000 }], [time]);
          expect(reading).toBe(time + Number(floor));
        },
      ),
      { seed: 34, numRuns: 300 },
    ));

  it('never goes back if it is monotone, whatever is done to it', () => {
    const change = fc.record({
      atMs: fc.integer({ min: 0, max: 100 }),
      stepMs: fc.integer({ min: -30, max: 30 }),
      driftPpm: fc.integer({ min: -1000, max: 1000 }),
      slewMs: fc.integer({ min: -10, max: 10 }),
      slewPpm: fc.constant(100_000),
      monotone: fc.constant(true),
    });
    const at = Array.from({ length: 200 }, (_, i) => 777 * i);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), ([first, ...rest]) => {
        const read = readings([{ ...first, atMs: 0 }, ...rest], at);
        expect(read.toSorted((a, b) => a - b)).toEqual(read);
      }),
      { seed: 35, numRuns: 100 },
    );
  });

  it('gains exactly what it is slewed by', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -50_000, max: 50_000 }),
        fc.integer({ min: 1, max: 900 }),
        (by, ppm) => {
          const [reading] = readings([{ atMs: 1, slewMs: by / 1000, slewPpm: ppm }], [1e12]);
          expect(reading).toBe(1e12 + by);
        },
      ),
      { seed: 36, numRuns: 200 },
    ));
});

it('micros and the tables above agree on what a step is', () => {
  expect(readings([{ atMs: 0, stepMs: 0.0015 }], [0])).toEqual([micros(0.0015)]);
});
