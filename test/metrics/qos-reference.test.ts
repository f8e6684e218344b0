/**
 * The meter against a reference that looks at each pair by itself, microsecond by microsecond: no table, no counters
 * that are carried on, no closing of episodes.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Fact,
  type FaultKind,
  FORGOTTEN,
  JOINED,
  SUSPECTED,
  TRUSTED,
} from '../../src/engine/model.ts';
import { type QosOptions, qualityOfRecording } from '../../src/metrics/index.ts';

const END = 60; // us

interface Said {
  time: number;
  fact: Fact;
  observer: number;
  subject: number;
}
interface Befell {
  time: number;
  node: number;
  kind: FaultKind;
}

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

/** One pair's history as instants: `said` in order and the truth just before and after each instant's faults. */
function pairHistory(said: Said[], truth: Befell[], o: number, s: number, all: boolean) {
  const state = { up: [true, true], known: all, suspects: false, stale: false };
  let begun: number | undefined; // of the mistake
  let lastBegun: number | undefined;
  let goodSince: number | undefined;
  let crash: { at: number; since: number } | undefined; // this observer's view of the subject's crash
  let since = -1;
  const result = {
    observer: o,
    watched: [] as number[], // times, as all
    exposed: [] as number[],
    mistaken: [] as number[],
    begins: [] as number[],
    durations: [] as { from: number; length: number }[],
    recurrences: [] as { from: number; length: number }[],
    goods: [] as { from: number; length: number }[],
    verdicts: [] as { at: number; verdict: number | 'undetected' | 'cutOff' }[],
    bySubject: [] as number[],
    byObserver: [] as number[],
  };
  const forget = () => {
    lastBegun = undefined;
    goodSince = undefined;
    begun = undefined;
  };
  const verdict = (trusting: 'undetected' | 'cutOff') => {
    if (crash === undefined) return;
    const detected = Math.max(0, since - crash.at);
    result.verdicts.push({ at: crash.at, verdict: state.suspects ? detected : trusting });
    crash = undefined;
  };
  for (let time = 0; time < END; time++) {
    for (const { node, kind } of truth.filter((f) => f.time === time)) {
      if (node !== o && node !== s) continue;
      const who = node === o ? 0 : 1;
      const fall = (kind === 'crash' || kind === 'absent') && state.up[who];
      const rise = kind === 'restart' && !state.up[who];
      if (fall && who === 1) {
        if (begun !== undefined && state.up[0]) result.bySubject.push(begun);
        if (state.up[0] && state.known && kind === 'crash') crash = { at: time, since };
        forget();
        state.stale = false;
      }
      if (fall && who === 0) {
        if (begun !== undefined && state.up[1]) result.byObserver.push(begun);
        verdict('cutOff');
        forget();
        state.suspects = false;
        state.stale = false;
        state.known = false;
      }
      if (rise && who === 1) {
        verdict('undetected');
        forget();
        state.stale = state.suspects;
      }
      if (rise && who === 0) state.known = all;
      if (fall) state.up[who] = false;
      if (rise) state.up[who] = true;
    }
    for (const { fact } of said.filter(
      (f) => f.time === time && f.observer === o && f.subject === s,
    )) {
      if (!state.up[0]) continue;
      state.known = true;
      const suspicion = fact === SUSPECTED || fact === FORGOTTEN;
      if (suspicion === state.suspects) continue;
      state.suspects = suspicion;
      since = time;
      if (!state.up[1]) continue;
      if (suspicion) {
        result.begins.push(time);
        if (goodSince !== undefined)
          result.goods.push({ from: goodSince, length: time - goodSince });
        if (lastBegun !== undefined)
          result.recurrences.push({ from: lastBegun, length: time - lastBegun });
        begun = time;
        lastBegun = time;
      } else {
        if (begun !== undefined && !state.stale)
          result.durations.push({ from: begun, length: time - begun });
        begun = undefined;
        state.stale = false;
        goodSince = time;
      }
    }
    if (state.up[0] && state.known) result.watched.push(time);
    const exposed = state.up[0] && state.up[1] && state.known && !state.stale;
    if (exposed) result.exposed.push(time);
    if (exposed && state.suspects) result.mistaken.push(time);
  }
  verdict('undetected');
  return result;
}

/** What the meter should find, in microseconds. */
function reference(n: number, said: Said[], truth: Befell[], start: number, all: boolean) {
  const pairs: ReturnType<typeof pairHistory>[] = [];
  for (let o = 0; o < n; o++) {
    for (let s = 0; s < n; s++) if (s !== o) pairs.push(pairHistory(said, truth, o, s, all));
  }
  const inWindow = (time: number) => time >= start;
  const lengths = (key: 'durations' | 'recurrences' | 'goods') =>
    pairs.flatMap((pair) => pair[key].filter(({ from }) => from >= start).map((p) => p.length));
  const verdicts = pairs.flatMap((pair) => pair.verdicts.filter(({ at }) => at >= start));
  const times = verdicts.map((v) => v.verdict).filter((v) => typeof v === 'number');
  return {
    mistakes: pairs.flatMap((pair) => pair.begins.filter(inWindow)).length,
    exposure: pairs.flatMap((pair) => pair.exposed.filter(inWindow)).length,
    watching: new Set(
      pairs.flatMap(({ observer, watched }) =>
        watched.filter(inWindow).map((time) => observer * END + time),
      ),
    ).size,
    mistaken: pairs.flatMap((pair) => pair.mistaken.filter(inWindow)).length,
    cutBySubject: pairs.flatMap((pair) => pair.bySubject.filter(inWindow)).length,
    cutByObserver: pairs.flatMap((pair) => pair.byObserver.filter(inWindow)).length,
    durations: lengths('durations'),
    recurrences: lengths('recurrences'),
    goods: lengths('goods'),
    times,
    undetected: verdicts.filter((v) => v.verdict === 'undetected').length,
    cutOff: verdicts.filter((v) => v.verdict === 'cutOff').length,
  };
}

const time = fc.integer({ min: 0, max: END + 5 });
const byTime = (a: { time: number }, b: { time: number }) => a.time - b.time;

const timeline = fc.integer({ min: 2, max: 4 }).chain((n) => {
  const node = fc.integer({ min: 0, max: n - 1 });
  return fc.record({
    n: fc.constant(n),
    start: fc.integer({ min: 0, max: 30 }),
    all: fc.boolean(),
    said: fc
      .array(
        fc.record({
          time,
          fact: fc.constantFrom<Fact>(SUSPECTED, TRUSTED, SUSPECTED, TRUSTED, JOINED, FORGOTTEN),
          observer: node,
          subject: node,
        }),
        { maxLength: 60, size: 'max' },
      )
      .map((said) => said.sort(byTime)),
    truth: fc
      .array(
        fc.record({
          time,
          node,
          kind: fc.constantFrom<FaultKind>('crash', 'restart', 'restart', 'pause', 'resume'),
        }),
        { maxLength: 12 },
      )
      .map((truth) => truth.sort(byTime)),
  });
});

function measured(n: number, said: Said[], truth: Befell[], start: number, all: boolean) {
  const options: QosOptions = {
    n,
    startMs: start / 1000,
    endMs: END / 1000,
    members: all ? 'all' : 'joined',
  };
  const columns = {
    length: said.length,
    time: said.map((f) => f.time),
    fact: said.map((f) => f.fact),
    observer: said.map((f) => f.observer),
    subject: said.map((f) => f.subject),
  };
  return qualityOfRecording(columns, truth, options);
}

const near = (value: number) => (Number.isNaN(value) ? NaN : expect.closeTo(value, 6));
const us = (valueMs: number | null, otherwise = NaN) =>
  valueMs === null ? otherwise : valueMs * 1000;

describe('quality of service', () => {
  it('agrees with a reference that looks at every pair at every microsecond', () => {
    fc.assert(
      fc.property(timeline, ({ n, start, all, said, truth }) => {
        const found = measured(n, said, truth, start, all);
        const expected = reference(n, said, truth, start, all);
        expect(found.mistakes).toBe(expected.mistakes);
        expect(found.pairHours * 3.6e9).toBeCloseTo(expected.exposure, 6);
        expect(found.nodeHours * 3.6e9).toBeCloseTo(expected.watching, 6);
        expect(found.queryAccuracy ?? NaN).toEqual(near(1 - expected.mistaken / expected.exposure));
        expect(found.cutBySubject).toBe(expected.cutBySubject);
        expect(found.cutByObserver).toBe(expected.cutByObserver);
        expect(found.cutByEnd).toBe(
          expected.mistakes -
            expected.durations.length -
            expected.cutBySubject -
            expected.cutByObserver,
        );
        expect(found.cutByEnd).toBeGreaterThanOrEqual(0);
        for (const [period, lengths] of [
          [found.mistakeDuration, expected.durations],
          [found.mistakeRecurrence, expected.recurrences],
          [found.goodPeriod, expected.goods],
        ] as const) {
          expect(period.complete).toBe(lengths.length);
          expect(us(period.completeMeanMs)).toEqual(near(mean(lengths)));
          expect(us(period.maxMs, -Infinity)).toBeCloseTo(Math.max(...lengths), 6);
        }
        const squares = sum(expected.goods.map((good) => good * good));
        expect(us(found.forwardGoodMs)).toEqual(near(squares / (2 * sum(expected.goods))));
      }),
      { seed: 3, numRuns: 1500 },
    );
  });

  it('finds the same detection times as the reference', () => {
    fc.assert(
      fc.property(timeline, ({ n, start, all, said, truth }) => {
        const { detection } = measured(n, said, truth, start, all);
        const expected = reference(n, said, truth, start, all);
        expect(detection.detected).toBe(expected.times.length);
        expect(detection.undetected).toBe(expected.undetected);
        expect(detection.cutOff).toBe(expected.cutOff);
        const whole = detection.crashes.filter((c) => c.detected > 0 && c.undetected === 0);
        const some = detection.crashes.filter((c) => c.detected > 0);
        if (whole.length === some.length) {
          const total = sum(whole.map((crash) => us(crash.meanMs) * crash.detected));
          expect(total).toBeCloseTo(sum(expected.times), 6);
        }
      }),
      { seed: 4, numRuns: 1500 },
    );
  });

  it('does not change when the nodes get other numbers', () => {
    fc.assert(
      fc.property(timeline, ({ n, start, all, said, truth }) => {
        const turned = (node: number) => (node + 1) % n;
        const turnedSaid = said.map((f) => ({
          ...f,
          observer: turned(f.observer),
          subject: turned(f.subject),
        }));
        const turnedTruth = truth.map((f) => ({ ...f, node: turned(f.node) }));
        const one = measured(n, said, truth, start, all);
        const other = measured(n, turnedSaid, turnedTruth, start, all);
        expect({ ...other, detection: null }).toEqual({ ...one, detection: null });
        expect(other.detection.detected).toBe(one.detection.detected);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
