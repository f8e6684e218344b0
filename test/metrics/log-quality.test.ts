/** What a detector makes of a log: by hand, and against the meter of simulated runs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { micros } from '../../src/base/time.ts';
import { type Arrivals, detectorOf, NEW_LIFE, replay } from '../../src/detectors/index.ts';
import { JOINED } from '../../src/engine/model.ts';
import { type LogQuality, qualityOfLog, qualityOfRecording } from '../../src/metrics/index.ts';
import { recordingOf } from '../../src/metrics/recording.ts';

/** Rows of time in ms, pair and number. */
const arrivalsOf = (rows: readonly (readonly [number, number, number])[]): Arrivals => ({
  times: Float64Array.from(rows, ([ms]) => micros(ms)),
  pairs: Int32Array.from(rows, ([, pair]) => pair),
  sequences: Float64Array.from(rows, ([, , number]) => number),
});

const ofTimeout = (arrivals: Arrivals, levels: readonly number[], startMs?: number): LogQuality[] =>
  qualityOfLog(
    arrivals,
    detectorOf('timeout')(2),
    levels,
    startMs === undefined ? undefined : micros(startMs),
  );

describe('a log of two pairs', () => {
  // Pair 0 is silent for 3 s and for 1.5 s, then for good at 9 s. Pair 1 is heard until the end, at 10 s.
  const arrivals = arrivalsOf([
    [0, 0, 0],
    [1000, 0, 1],
    [2000, 1, 0],
    [4000, 0, 2],
    [5000, 0, 3],
    [6000, 1, 1],
    [6500, 0, 4],
    [9000, 0, 5],
    [10_000, 1, 2],
  ]);
  const [eager, patient, never] = ofTimeout(arrivals, [1200, 3500, 20_000]);

  it('counts what was taken back as mistakes, and what is open apart', () => {
    // Pair 0 from 2200 to 4000, 6200 to 6500, 7700 to 9000; pair 1 from 3200 to 6000, 7200 to 10,000.
    expect([eager.mistakes, eager.open]).toEqual([5, 0]); // pair 0 would be suspected at 10,200 only
    expect(eager.mistakeMeanMs).toBeCloseTo((1800 + 300 + 1300 + 2800 + 2800) / 5, 9);
    expect(eager.mistakeMaxMs).toBe(2800);
    // Watched from the first heartbeat to the last: 9 s and 8 s.
    expect(eager.queryAccuracy).toBeCloseTo(1 - 9 / 17, 12);
    expect(eager.perPairHour.perHour).toBeCloseTo(5 / (17 / 3600), 9);
    expect([patient.mistakes, patient.mistakeMaxMs]).toEqual([2, 500]); // pair 1 after 5.5 and 9.5 s
    expect([never.mistakes, never.queryAccuracy, never.mistakeMeanMs]).toEqual([0, 1, null]);
  });

  it('ends with its last row: a suspicion from then on is open, one after it is none', () => {
    const silent = arrivalsOf([
      [0, 0, 0],
      [0, 1, 0],
      [1000, 0, 1],
      [3000, 1, 1],
    ]);
    expect(ofTimeout(silent, [2000, 2001]).map(({ open }) => open)).toEqual([1, 0]);
    const [{ mistakes, queryAccuracy }] = ofTimeout(silent, [2000]);
    expect(mistakes).toBe(1); // of pair 1; pair 0 is watched for a second only
    expect(queryAccuracy).toBeCloseTo(1 - 1 / 4, 12);
  });

  it('says how long a silence would have lasted until suspicion', () => {
    expect(eager).toMatchObject({ never: 0, detectionMeanMs: 1200, detectionP99Ms: 1200 });
    const [nfd] = qualityOfLog(arrivals, detectorOf('nfd-e', { etaMs: 1000, window: 1 })(2), [500]);
    // With a window of one the next is expected a period after the last: 1.5 s after each.
    expect(nfd).toMatchObject({ detectionMeanMs: 1500, detectionMaxMs: 1500 });
    const [ed] = qualityOfLog(arrivals, detectorOf('ed')(2), [0.9]);
    expect(ed.never).toBe(2); // the first heartbeat of each pair: no interval yet
    const [none] = qualityOfLog(arrivals, detectorOf('ed')(2), [1]);
    expect(none).toMatchObject({ never: 9, detectionMeanMs: null, detectionMaxMs: null });
  });

  it('does not count what lies before the start', () => {
    const [late] = ofTimeout(arrivals, [1200], 5000);
    // Left: from 6200 and 7700 of pair 0, from 7200 of pair 1; from 3200 on pair 1 is still suspected until 6000.
    expect(late.mistakes).toBe(3);
    expect(late.perPairHour.perHour).toBeCloseTo(3 / ((4 + 5) / 3600), 9);
    expect(late.queryAccuracy).toBeCloseTo(1 - (0.3 + 1.3 + 2.8 + 1) / 9, 12);
  });

  it('takes a new life as a pair of its own only', () => {
    const rows = [[0, 0, 5] as const, [1000, 0, NEW_LIFE] as const];
    expect(() => ofTimeout(arrivalsOf(rows), [1])).toThrow('BUG: a new life in a log');
  });
});

it('a heartbeat too late to appease leaves its suspicion open, and that time counts', () => {
  // Expected at 1000, suspected from 1100 on. Number 1 comes at 3500, when number 2 is overdue as well: with both in the
  // window it is expected at 3250.
  const arrivals = arrivalsOf([
    [0, 0, 0],
    [3500, 0, 1],
  ]);
  const detector = detectorOf('nfd-e', { etaMs: 1000, window: 2 })(1);
  const [{ mistakes, open, queryAccuracy, detectionMeanMs }] = qualityOfLog(
    arrivals,
    detector,
    [100],
  );
  expect([mistakes, open]).toEqual([0, 1]);
  expect(queryAccuracy).toBeCloseTo(1100 / 3500, 12);
  expect(detectionMeanMs).toBe(1100 / 2); // 1100 after the first, 0 after the second
});

describe('the meter of simulated runs', () => {
  const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.nat(1)), {
    minLength: 4,
    maxLength: 40,
  });

  it('agrees, once it is told that each subject crashed after its last heartbeat', () => {
    fc.assert(
      fc.property(gaps, (list) => {
        let ms = 0;
        const rows = list.map(([gap, pair], i) => [(ms += gap), pair, i] as const);
        const arrivals = arrivalsOf(rows);
        const pairs = [0, 1].filter((pair) => rows.some((row) => row[1] === pair));
        // Pair p as observer 0 and subject p + 1 of three nodes: pair 0 * 3 + p + 1.
        const shifted = { ...arrivals, pairs: arrivals.pairs.map((pair) => pair + 1) };
        const [transitions] = replay(shifted, detectorOf('timeout')(3), [700], micros(ms));
        const found = recordingOf(transitions, 3);
        const joins = pairs.map((pair) => ({
          time: micros(rows.find((row) => row[1] === pair)![0]),
          fact: JOINED,
          observer: 0,
          subject: pair + 1,
        }));
        const facts = Array.from({ length: found.length }, (_, i) => ({
          time: found.time[i],
          fact: found.fact[i],
          observer: found.observer[i],
          subject: found.subject[i],
        }));
        const all = [...joins, ...facts].sort((a, b) => a.time - b.time);
        const column = <K extends 'time' | 'fact' | 'observer' | 'subject'>(name: K) =>
          all.map((of) => of[name]);
        const truth = pairs
          .map((pair) => {
            const last = rows.filter((row) => row[1] === pair).at(-1)![0];
            return { time: micros(last) + 1, node: pair + 1, kind: 'crash' as const };
          })
          .sort((a, b) => a.time - b.time);
        const meter = qualityOfRecording(
          {
            length: all.length,
            time: column('time'),
            fact: column('fact'),
            observer: column('observer'),
            subject: column('subject'),
          },
          truth,
          { n: 3, endMs: ms + 1, members: 'joined' },
        );
        const [ours] = ofTimeout(arrivals, [700]);
        expect(ours.mistakes).toBe(meter.mistakes);
        expect(ours.open).toBe(meter.detection.detected);
        expect(ours.mistakeMaxMs).toBe(meter.mistakeDuration.maxMs);
        // The meter watches for the microsecond between the heartbeat and the crash as well.
        if (ours.queryAccuracy !== null) {
          expect(ours.queryAccuracy).toBeCloseTo(meter.queryAccuracy!, 4);
          expect(ours.perPairHour.perHour / meter.perPairHour.perHour || 1).toBeCloseTo(1, 4);
        }
      }),
      { seed: 3, numRuns: 60 },
    );
  });
});

it('a recording tells observer and subject apart', () => {
  const transitions = {
    level: 1,
    times: Float64Array.of(5, 6),
    pairs: Int32Array.of(7, 12),
    facts: Uint8Array.of(4, 5),
  };
  const { length, observer, subject, time, fact } = recordingOf(transitions, 5);
  expect(length).toBe(2);
  expect([observer, subject].map((column) => Array.from(column))).toEqual([
    [1, 2],
    [2, 2],
  ]);
  expect([time, fact].map((column) => Array.from(column))).toEqual([
    [5, 6],
    [4, 5],
  ]);
});
