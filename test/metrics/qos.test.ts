import { describe, expect, it } from 'vitest';
import { type FaultKind, FORGOTTEN, JOINED, SUSPECTED, TRUSTED } from '../../src/engine/model.ts';
import { type QosOptions, qos } from '../../src/metrics/index.ts';

const ms = 1000; // microseconds
const hourMs = 3_600_000;

type Step = [atMs: number, 'S' | 'T' | 'J' | 'F' | FaultKind, node: number, about?: number];
const FACT = { S: SUSPECTED, T: TRUSTED, J: JOINED, F: FORGOTTEN };

/** What comes of a timeline; node 0 observes node 1 unless a step says otherwise. */
function quality(options: Partial<QosOptions>, ...steps: Step[]) {
  const meter = qos({ n: 2, endMs: 100, ...options });
  for (const [at, what, node, about] of steps) {
    if (what === 'S' || what === 'T' || what === 'J' || what === 'F') {
      meter.onFact(at * ms, FACT[what], node, about ?? 1 - node);
    } else meter.onFault(at * ms, node, what);
  }
  return meter.quality();
}

const pairMs = (hours: number) => hours * hourMs;

describe('mistakes', () => {
  //          0    10   20             50        70             100
  //  0 of 1  -----XXXXX---------------XXXXXXXXXX---------------
  const twice: Step[] = [
    [10, 'S', 0],
    [20, 'T', 0],
    [50, 'S', 0],
    [70, 'T', 0],
  ];

  it('have durations, recurrence and good periods between them, from beginning to end', () => {
    const { mistakes, mistakeDuration, mistakeRecurrence, goodPeriod } = quality({}, ...twice);
    expect(mistakes).toBe(2);
    expect(mistakeDuration).toMatchObject({ complete: 2, completeMeanMs: 15, maxMs: 20 });
    expect(mistakeRecurrence).toMatchObject({ complete: 1, completeMeanMs: 40 });
    expect(goodPeriod).toMatchObject({ complete: 1, completeMeanMs: 30 });
  });

  it('have mean times by pair-time over mistakes, the ends of the window included', () => {
    // Two pairs over 100 ms, 30 ms of them suspected.
    const { mistakeDuration, mistakeRecurrence, goodPeriod, queryAccuracy } = quality({}, ...twice);
    expect(mistakeDuration.meanMs).toBe(15);
    expect(mistakeRecurrence.meanMs).toBe(100);
    expect(goodPeriod.meanMs).toBe(85);
    expect(queryAccuracy).toBeCloseTo(0.85, 14);
  });

  it('have quantiles of complete durations, to 1/128 of their value', () => {
    const { mistakeDuration } = quality({}, ...twice);
    expect(Math.abs(mistakeDuration.p50Ms! - 10)).toBeLessThanOrEqual(10 / 128);
    expect(Math.abs(mistakeDuration.p99Ms! - 20)).toBeLessThanOrEqual(20 / 128);
  });

  it('give a forward good period of half the good period seen by a visitor at random', () => {
    // Good periods of 10 and 30 ms: E(T_G^2) / (2 E(T_G)) = (100 + 900) / 2 / (2 * 20) = 12.5.
    const { forwardGoodMs } = quality(
      {},
      [10, 'S', 0],
      [20, 'T', 0],
      [30, 'S', 0],
      [31, 'T', 0],
      [61, 'S', 0],
    );
    expect(forwardGoodMs).toBe(12.5);
  });

  it('do not depend on repeated facts', () => {
    const steps = twice.flatMap((step): Step[] => [step, [step[0] + 1, step[1], step[2]]]);
    expect(quality({}, ...steps)).toEqual(quality({}, ...twice));
  });

  it('are counted apart for each pair', () => {
    const { mistakes, mistakeRecurrence, pairHours, nodeHours } = quality(
      { n: 3 },
      [10, 'S', 0, 1],
      [20, 'S', 0, 2],
      [30, 'S', 1, 2],
      [40, 'S', 2, 1],
    );
    expect(mistakes).toBe(4);
    expect(mistakeRecurrence.complete).toBe(0);
    expect(pairMs(pairHours)).toBeCloseTo(600, 9);
    expect(pairMs(nodeHours)).toBeCloseTo(300, 9);
  });

  it('include a pause of the subject: it is up', () => {
    const { mistakes, queryAccuracy } = quality(
      {},
      [10, 'pause', 1],
      [20, 'S', 0],
      [30, 'resume', 1],
      [40, 'T', 0],
    );
    expect(mistakes).toBe(1);
    expect(queryAccuracy).toBeCloseTo(0.9, 14);
  });

  it('begin also where a member is dropped without suspicion, and end where it is heard of again', () => {
    const { mistakes, mistakeDuration } = quality({}, [10, 'F', 0], [30, 'J', 0]);
    expect(mistakes).toBe(1);
    expect(mistakeDuration.completeMeanMs).toBe(20);
  });

  it('go on while a suspected member is dropped', () => {
    const { mistakes, mistakeDuration } = quality({}, [10, 'S', 0], [20, 'F', 0], [50, 'J', 0]);
    expect(mistakes).toBe(1);
    expect(mistakeDuration.completeMeanMs).toBe(40);
  });

  it('leave all times undefined where there are none, and the accuracy 1', () => {
    const { mistakes, mistakeDuration, mistakeRecurrence, forwardGoodMs, queryAccuracy } = quality(
      {},
    );
    expect({ mistakes, forwardGoodMs, queryAccuracy }).toEqual({
      mistakes: 0,
      forwardGoodMs: null,
      queryAccuracy: 1,
    });
    expect(mistakeDuration).toEqual({
      meanMs: null,
      complete: 0,
      completeMeanMs: null,
      p50Ms: null,
      p95Ms: null,
      p99Ms: null,
      maxMs: null,
    });
    expect(mistakeRecurrence).toEqual(mistakeDuration);
  });
});

describe('rates', () => {
  it('of no mistake in 300 node-hours are below 0.0123 per node-hour at 95 %', () => {
    const { perNodeHour, perPairHour, nodeHours, pairHours } = quality({
      n: 3,
      endMs: 100 * hourMs,
    });
    expect([nodeHours, pairHours]).toEqual([300, 600]);
    // -ln(0.025) = 3.6889 events.
    expect(perNodeHour).toEqual({ perHour: 0, ciLow: 0, ciHigh: expect.closeTo(0.012296, 6) });
    expect(perPairHour).toEqual({ perHour: 0, ciLow: 0, ciHigh: expect.closeTo(0.006148, 6) });
  });

  it('have the exact Poisson interval of their count', () => {
    // Garwood: 10 events are compatible with 4.795 to 18.39.
    const steps = Array.from({ length: 20 }, (_, k): Step => [1 + k, k % 2 === 0 ? 'S' : 'T', 0]);
    const { perNodeHour } = quality({ endMs: 50 * hourMs }, ...steps);
    expect(perNodeHour.perHour).toBe(0.1);
    expect(perNodeHour.ciLow).toBeCloseTo(0.04795, 5);
    expect(perNodeHour.ciHigh).toBeCloseTo(0.1839, 4);
  });

  it('are undefined without exposure', () => {
    const { perPairHour, queryAccuracy } = quality({ n: 1 });
    expect(perPairHour).toEqual({ perHour: NaN, ciLow: NaN, ciHigh: NaN });
    expect(queryAccuracy).toBeNull();
  });
});

describe('the window', () => {
  it('includes a mistake at its start and not one at its end', () => {
    const { mistakes } = quality({ startMs: 20, endMs: 50 }, [20, 'S', 0], [50, 'S', 1]);
    expect(mistakes).toBe(1);
  });

  it('counts the time of a mistake from before, but not its transition and not its duration', () => {
    //         10   20        40    50   60
    //  0 of 1  XXXX[XXXXXXXXX------XXXXX)
    const { mistakes, mistakeDuration, mistakeRecurrence, goodPeriod, queryAccuracy } = quality(
      { startMs: 20, endMs: 60 },
      [10, 'S', 0],
      [40, 'T', 0],
      [50, 'S', 0],
    );
    expect(mistakes).toBe(1);
    expect(mistakeDuration).toMatchObject({ meanMs: 30, complete: 0 });
    expect(mistakeRecurrence.complete).toBe(0);
    expect(goodPeriod).toMatchObject({ complete: 1, completeMeanMs: 10 });
    expect(queryAccuracy).toBe(1 - 30 / 80);
  });

  it('cuts off a mistake that is open at its end', () => {
    const { mistakes, mistakeDuration, cutByEnd } = quality({}, [90, 'S', 0], [100, 'T', 0]);
    expect({ mistakes, cutByEnd }).toEqual({ mistakes: 1, cutByEnd: 1 });
    expect(mistakeDuration).toMatchObject({ meanMs: 10, complete: 0 });
  });

  it('ends earlier where the run was stopped', () => {
    const meter = qos({ n: 2, endMs: 100 });
    meter.onFact(10 * ms, SUSPECTED, 0, 1);
    const { queryAccuracy, pairHours } = meter.quality(20 * ms);
    expect(queryAccuracy).toBe(0.5 + 0.25);
    expect(pairMs(pairHours)).toBeCloseTo(40, 9);
  });

  it('leaves out a crash before its start, and what is said of it', () => {
    const { detection, mistakes } = quality({ startMs: 20 }, [10, 'crash', 1], [30, 'S', 0]);
    expect(detection.crashes).toEqual([]);
    expect(mistakes).toBe(0);
  });

  it('must not be empty', () => {
    expect(() => qos({ n: 2, startMs: 5, endMs: 5 })).toThrow(
      'qos: endMs must be above startMs = 5; got 5',
    );
  });
});

describe('exposure', () => {
  it('ends where either crashes, and begins again with the restart', () => {
    // 0 of 1: 100 - 20 (1 down) - 10 (0 down); 1 of 0: the same.
    const { pairHours, nodeHours } = quality(
      {},
      [10, 'crash', 1],
      [30, 'restart', 1],
      [50, 'crash', 0],
      [60, 'restart', 0],
    );
    expect(pairMs(pairHours)).toBeCloseTo(140, 9);
    expect(pairMs(nodeHours)).toBeCloseTo(170, 9);
  });

  it('does not care about a crash of a node that is down, or a restart of one that is up', () => {
    const { pairHours, detection } = quality(
      {},
      [5, 'restart', 1],
      [10, 'crash', 1],
      [20, 'crash', 1],
      [30, 'restart', 1],
    );
    expect(pairMs(pairHours)).toBeCloseTo(160, 9);
    expect(detection.crashes.length).toBe(1);
  });

  it('begins with the first fact about the subject where members join', () => {
    // 0 of 1 from 40 on; 1 knows nobody.
    const { pairHours, nodeHours } = quality({ members: 'joined' }, [40, 'J', 0]);
    expect(pairMs(pairHours)).toBeCloseTo(60, 9);
    expect(pairMs(nodeHours)).toBeCloseTo(60, 9);
  });

  it('begins anew in a new life of the observer where members join', () => {
    const { pairHours } = quality(
      { members: 'joined' },
      [10, 'J', 0],
      [20, 'crash', 0],
      [30, 'restart', 0],
      [60, 'J', 0],
    );
    expect(pairMs(pairHours)).toBeCloseTo(10 + 40, 9);
  });

  it('leaves out a node that is absent until it joins, which is no crash', () => {
    const { pairHours, detection } = quality({}, [0, 'absent', 1], [40, 'restart', 1]);
    expect(pairMs(pairHours)).toBeCloseTo(120, 9);
    expect(detection.crashes).toEqual([]);
  });

  it('leaves out the time until a restarted subject is no longer suspected for its former life', () => {
    //  1       up   |down     |up
    //  0 of 1  ---------XXXXXXXXXXXXXX--------
    const { pairHours, mistakes, queryAccuracy } = quality(
      {},
      [10, 'crash', 1],
      [20, 'S', 0],
      [30, 'restart', 1],
      [50, 'T', 0],
    );
    expect(pairMs(pairHours)).toBeCloseTo(10 + 50 + 10 + 70, 9);
    expect(mistakes).toBe(0);
    expect(queryAccuracy).toBe(1);
  });

  it('counts a suspicion that comes after a restart as a mistake', () => {
    const { mistakes, queryAccuracy } = quality(
      {},
      [10, 'crash', 1],
      [20, 'restart', 1],
      [30, 'S', 0],
      [48, 'T', 0],
    );
    expect(mistakes).toBe(1);
    expect(queryAccuracy).toBeCloseTo(0.9, 14); // 18 of 180 ms
  });
});

describe('periods and lives', () => {
  it('cut off a mistake at the crash of its subject', () => {
    const { mistakes, cutBySubject, cutByEnd, mistakeDuration } = quality(
      {},
      [10, 'S', 0],
      [30, 'crash', 1],
    );
    expect({ mistakes, cutBySubject, cutByEnd }).toEqual({
      mistakes: 1,
      cutBySubject: 1,
      cutByEnd: 0,
    });
    expect(mistakeDuration).toMatchObject({ meanMs: 20, complete: 0 });
  });

  it('cut off a mistake at the crash of its observer, whose next life trusts again', () => {
    const { mistakes, cutByObserver, mistakeDuration } = quality(
      {},
      [10, 'S', 0],
      [30, 'crash', 0],
      [40, 'restart', 0],
      [50, 'S', 0],
      [60, 'T', 0],
    );
    expect({ mistakes, cutByObserver }).toEqual({ mistakes: 2, cutByObserver: 1 });
    expect(mistakeDuration).toMatchObject({ meanMs: 15, complete: 1, completeMeanMs: 10 });
  });

  it('do not join: no good period and no recurrence reaches over a crash', () => {
    for (const who of [0, 1]) {
      const { mistakes, mistakeRecurrence, goodPeriod } = quality(
        {},
        [10, 'S', 0],
        [20, 'T', 0],
        [30, 'crash', who],
        [40, 'restart', who],
        [50, 'S', 0],
      );
      expect([mistakes, mistakeRecurrence.complete, goodPeriod.complete]).toEqual([2, 0, 0]);
    }
  });

  it('ignore what a node says while it is down', () => {
    expect(quality({}, [10, 'crash', 0], [20, 'S', 0], [30, 'restart', 0]).mistakes).toBe(0);
  });
});

describe('the pair table', () => {
  it('holds only pairs that were suspected: 1,000 of 10^8 pairs in less than 64 KiB', () => {
    const meter = qos({ n: 10_000, endMs: 100 });
    for (let k = 0; k < 1000; k++) {
      meter.onFact(k, JOINED, k, 5000 + k);
      meter.onFact(k, SUSPECTED, 7 * k, 9999 - k);
    }
    const { mistakes, bytes } = meter.quality();
    expect(mistakes).toBe(1000);
    expect(bytes).toBeLessThan(65_536);
  });
});
