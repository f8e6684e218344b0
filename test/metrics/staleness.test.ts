import { describe, expect, it } from 'vitest';
import { staleness } from '../../src/metrics/index.ts';

const ms = 1000; // microseconds

describe('staleness', () => {
  it('is over all pairs of different nodes', () => {
    const meter = staleness({ n: 3 });
    meter.sample(0, (observer, subject) => (10 * observer + subject) * ms);
    // 1, 2, 10, 12, 20, 21 ms
    expect(meter.count).toBe(6);
    expect(meter.meanMs()).toBe(11);
    expect(meter.maxMs()).toBe(21);
  });

  it('takes one row as it takes a sample', () => {
    const rows = staleness({ n: 3 });
    rows.row(0, 0, [99 * ms, 1 * ms, 2 * ms]);
    rows.row(0, 1, Float64Array.of(10 * ms, 99 * ms, 12 * ms));
    rows.row(0, 2, [20 * ms, 21 * ms, 99 * ms]);
    expect([rows.count, rows.meanMs(), rows.maxMs()]).toEqual([6, 11, 21]);
  });

  it('counts pairs without a heartbeat apart', () => {
    const meter = staleness({ n: 3 });
    meter.sample(0, (observer) => (observer === 1 ? NaN : 5 * ms));
    expect([meter.count, meter.missing, meter.meanMs()]).toEqual([4, 2, 5]);
  });

  it('leaves out samples before its start', () => {
    const meter = staleness({ n: 2, startMs: 10 });
    meter.sample(9 * ms, () => 1000 * ms);
    meter.row(9 * ms, 0, [0, 1000 * ms]);
    meter.sample(10 * ms, () => 4 * ms);
    expect([meter.count, meter.meanMs()]).toEqual([2, 4]);
  });

  it('has exact quantiles and an exact distribution where ages are whole units', () => {
    // 100 pairs with ages of 0 .. 99 rounds of 50 ms, a row of 100 pairs.
    const meter = staleness({ n: 101, unitMs: 50 });
    meter.row(
      0,
      100,
      Array.from({ length: 101 }, (_, k) => k * 50 * ms),
    );
    expect([0.01, 0.5, 0.99, 1].map(meter.quantileMs)).toEqual([0, 2450, 4900, 4950]);
    expect(meter.curve([0, 49, 50, 2475, 10_000])).toEqual([0.01, 0.01, 0.02, 0.5, 1]);
  });

  it('has quantiles within 1/128 otherwise', () => {
    const meter = staleness({ n: 1001 });
    meter.row(
      0,
      1000,
      Array.from({ length: 1001 }, (_, k) => (k + 1) * 12_345),
    );
    for (const p of [0.1, 0.5, 0.9, 0.99]) {
      const exact = p * 1000 * 12.345;
      expect(Math.abs(meter.quantileMs(p)! / exact - 1)).toBeLessThanOrEqual(1 / 128);
    }
  });

  it('is undefined before the first age', () => {
    const meter = staleness({ n: 2 });
    expect([meter.meanMs(), meter.maxMs(), meter.quantileMs(0.5), ...meter.curve([1])]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
