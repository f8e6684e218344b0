import { describe, expect, it } from 'vitest';
import { FORGOTTEN, JOINED, SUSPECTED, TRUSTED } from '../../src/engine/model.ts';
import { healing } from '../../src/metrics/index.ts';

const ms = 1000; // microseconds

/** Two nodes that suspect each other since 10 and 20 ms; the partition ends at 100 ms. */
function parted(n = 2) {
  const meter = healing({ n, healsMs: [100] });
  meter.onFact?.(10 * ms, SUSPECTED, 0, 1);
  meter.onFact?.(20 * ms, SUSPECTED, 1, 0);
  return meter;
}

describe('healing', () => {
  it('is over when nobody suspects a live node any more', () => {
    const meter = parted();
    meter.onFact?.(110 * ms, TRUSTED, 0, 1);
    meter.onFact?.(130 * ms, TRUSTED, 1, 0);
    expect(meter.recoveries()).toEqual([
      { atMs: 100, wrong: 2, clearMs: 30, settledMs: 30, left: 0 },
    ]);
  });

  it('tells the first time that all is well from the last', () => {
    const meter = parted();
    meter.onFact?.(110 * ms, TRUSTED, 0, 1);
    meter.onFact?.(130 * ms, TRUSTED, 1, 0);
    meter.onFact?.(140 * ms, SUSPECTED, 0, 1); // its timer had been running
    meter.onFact?.(150 * ms, TRUSTED, 0, 1);
    expect(meter.recoveries()[0]).toMatchObject({ clearMs: 30, settledMs: 50 });
  });

  it('is never over while a suspicion is left', () => {
    const meter = parted();
    meter.onFact?.(110 * ms, TRUSTED, 0, 1);
    expect(meter.recoveries()[0]).toMatchObject({ clearMs: null, settledMs: null, left: 1 });
  });

  it('takes no time where nobody suspected anybody', () => {
    const meter = healing({ n: 2, healsMs: [100] });
    expect(meter.recoveries()).toEqual([
      { atMs: 100, wrong: 0, clearMs: 0, settledMs: 0, left: 0 },
    ]);
  });

  it('waits until members that were dropped are heard of again', () => {
    const meter = parted();
    meter.onFact?.(50 * ms, FORGOTTEN, 0, 1);
    meter.onFact?.(110 * ms, TRUSTED, 1, 0);
    meter.onFact?.(160 * ms, JOINED, 0, 1);
    meter.onFact?.(161 * ms, TRUSTED, 0, 1);
    expect(meter.recoveries()[0]).toMatchObject({ wrong: 2, clearMs: 60 });
  });

  it('counts what happens at its instant as after it', () => {
    const meter = parted();
    meter.onFact?.(100 * ms, TRUSTED, 0, 1);
    meter.onFact?.(100 * ms, TRUSTED, 1, 0);
    expect(meter.recoveries()[0]).toMatchObject({ wrong: 2, clearMs: 0 });
  });

  it('does not count suspicions of nodes that are down, until they are up again', () => {
    const meter = healing({ n: 3, healsMs: [100] });
    meter.onFault?.(5 * ms, 2, 'crash');
    meter.onFact?.(10 * ms, SUSPECTED, 0, 2);
    meter.onFact?.(10 * ms, SUSPECTED, 1, 2);
    meter.onFault?.(120 * ms, 2, 'restart');
    meter.onFact?.(130 * ms, TRUSTED, 0, 2);
    meter.onFact?.(140 * ms, TRUSTED, 1, 2);
    expect(meter.recoveries()[0]).toMatchObject({ wrong: 0, clearMs: 0, settledMs: 40, left: 0 });
  });

  it('drops the suspicions of an observer that crashes, and those of its own crash', () => {
    const meter = parted(3);
    meter.onFact?.(30 * ms, SUSPECTED, 2, 1);
    meter.onFault?.(110 * ms, 1, 'crash');
    meter.onFault?.(115 * ms, 0, 'crash');
    meter.onFault?.(120 * ms, 0, 'restart');
    // Left of 0 -> 1, 1 -> 0, 2 -> 1 is 2 -> 1, which is right until 1 is back.
    meter.onFault?.(130 * ms, 1, 'restart');
    meter.onFact?.(145 * ms, TRUSTED, 2, 1);
    expect(meter.recoveries()[0]).toMatchObject({ wrong: 3, clearMs: 10, settledMs: 45, left: 0 });
  });

  it('keeps the healings of several partitions apart', () => {
    const meter = healing({ n: 2, healsMs: [100, 200, 300] });
    meter.onFact?.(50 * ms, SUSPECTED, 0, 1);
    meter.onFact?.(110 * ms, TRUSTED, 0, 1);
    meter.onFact?.(150 * ms, SUSPECTED, 0, 1);
    meter.onFact?.(320 * ms, TRUSTED, 0, 1);
    expect(meter.recoveries()).toEqual([
      { atMs: 100, wrong: 1, clearMs: 10, settledMs: null, left: 1 },
      { atMs: 200, wrong: 1, clearMs: null, settledMs: null, left: 1 },
      { atMs: 300, wrong: 1, clearMs: 20, settledMs: 20, left: 0 },
    ]);
  });
});
