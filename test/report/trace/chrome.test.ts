/** Chrome traces keep the rules of the Trace Event Format; speedscope reads them in test/browser/speedscope.test.ts. */
import { describe, expect, it } from 'vitest';
import { FACT, FAULT, HEARD, MISSED } from '../../../src/metrics/chronicle/index.ts';
import { traceOf } from '../../../src/report/trace/model.ts';
import { chronicleFrom, SMALL, SWIM, textOf } from './runs.ts';

interface Event {
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly name: string;
  readonly cat: string;
  readonly id: number;
  readonly args: Readonly<Record<string, unknown>>;
}

const eventsOf = async (...of: Parameters<typeof textOf>): Promise<Event[]> =>
  JSON.parse(await textOf(...of)).traceEvents;

const LOADS = 'nodes: 4\nduration: 2s\nprotocol: { name: load-balancing, load: 0.7 }\n';
const ns = (micros: number) => Math.round(micros * 1000);
const all = (events: readonly Event[], ph: string) => events.filter((event) => event.ph === ph);

describe.each([
  ['push', SMALL, {}],
  ['swim', SWIM, {}],
  ['jobs', LOADS, {}],
  ['a part of push', SMALL, { fromMs: 900, untilMs: 3100, nodes: new Set([1, 2]) }],
  ['the messages of push', SMALL, { only: new Set(['messages'] as const) }],
  ['the facts of swim', SWIM, { only: new Set(['facts'] as const) }],
])('a Chrome trace of %s', (_name, text, chosen) => {
  const chronicle = chronicleFrom(text);
  const { shown } = traceOf(chronicle, chosen);
  const count = (...of: number[]) => shown.filter((i) => of.includes(chronicle.what[i])).length;

  it('has every happening that is shown once, and a name for every track', async () => {
    const events = await eventsOf(chronicle, 'chrome', chosen);
    const slices = all(events, 'X').filter(({ cat }) => cat !== 'state');
    expect(all(events, 'i').length).toBe(count(FACT, FAULT));
    expect(slices.length).toBe(shown.length - count(FACT, FAULT));
    const numbers = [...slices, ...all(events, 'i')].map(({ args }) => args.happening as number);
    expect(numbers.sort((a, b) => a - b)).toEqual([...shown]);
    const named = all(events, 'M').filter(({ name }) => name === 'thread_name');
    const tids = new Set(events.filter(({ ph }) => 'Xisf'.includes(ph)).map(({ tid }) => tid));
    for (const tid of tids) {
      expect(named.filter((event) => event.tid === tid).length).toBe(1);
      expect(tid).toBeGreaterThan(0);
    }
  });

  it('has slices that lie in one another or apart, on every track', async () => {
    const byTrack = new Map<number, Event[]>();
    for (const event of all(await eventsOf(chronicle, 'chrome', chosen), 'X')) {
      byTrack.set(event.tid, [...(byTrack.get(event.tid) ?? []), event]);
    }
    for (const events of byTrack.values()) {
      const open: number[] = [];
      for (const { ts, dur } of events.sort((a, b) => a.ts - b.ts)) {
        while (open.length > 0 && open.at(-1)! < ns(ts)) open.pop();
        const end = ns(ts) + ns(dur);
        expect(open.length === 0 || end < open.at(-1)!).toBe(true);
        expect(dur).toBeGreaterThan(0);
        open.push(end);
      }
    }
  });

  it('has an arrow for each message of which both ends are shown, from slice to slice, never back in time', async () => {
    const events = await eventsOf(chronicle, 'chrome', chosen);
    const ends = new Map(all(events, 'f').map((event) => [event.id, event]));
    const starts = all(events, 's');
    expect(starts.length).toBe(ends.size);
    expect(new Set(starts.map(({ id }) => id)).size).toBe(starts.length);
    const slices = events.flatMap((event, k) => (event.ph === 'X' ? [{ ...event, k }] : []));
    /** In a slice of a message; where both begin at once, the slice is written first. */
    const isIn = (arrow: Event) => {
      const k = events.indexOf(arrow);
      return slices.some(
        ({ cat, tid, ts, dur, k: slice }) =>
          cat === 'message' &&
          tid === arrow.tid &&
          ns(arrow.ts) < ns(ts) + ns(dur) &&
          (ns(ts) < ns(arrow.ts) || (ts === arrow.ts && slice < k)),
      );
    };
    const isShown = new Set(shown);
    const both = shown.filter(
      (i) => [HEARD, MISSED].includes(chronicle.what[i]) && isShown.has(chronicle.cause[i]),
    );
    expect(starts.map(({ id }) => id).sort((a, b) => a - b)).toEqual(
      [...both].map((i) => chronicle.cause[i]).sort((a, b) => a - b),
    );
    for (const start of starts) {
      const end = ends.get(start.id)!;
      expect(end.ts).toBeGreaterThan(start.ts);
      expect([isIn(start), isIn(end)]).toEqual([true, true]);
    }
  });

  it('has happenings at their simulated time, to the microsecond', async () => {
    for (const { ph, ts, args } of await eventsOf(chronicle, 'chrome', chosen)) {
      if (ph === 'M' || ph === 'C' || typeof args?.happening !== 'number') continue;
      expect(Math.abs(ts - chronicle.at[args.happening])).toBeLessThan(1);
    }
  });
});

describe('what is drawn of a node', () => {
  const statesIn = (events: readonly Event[], node: number) =>
    all(events, 'X')
      .filter(({ cat, tid }) => cat === 'state' && tid === node + 1)
      .sort((a, b) => a.ts - b.ts)
      .map(({ name, ts, dur }) => [name, Math.round(ts / 1000), Math.round((ts + dur) / 1000)]);

  it('is when it is up, informed, paused and down', async () => {
    const events = await eventsOf(chronicleFrom(SMALL), 'chrome');
    expect(statesIn(events, 1)).toEqual([
      ['up', 0, 3727],
      ['paused', 1000, 2500],
      ['informed', 2500, 3727],
    ]);
    expect(statesIn(events, 2)).toEqual([
      ['up', 0, 1200],
      ['down', 1200, 2200],
      ['up', 2200, 3727],
      ['informed', 3056, 3727],
    ]);
  });

  it('is what it was before, where a trace begins later', async () => {
    const events = await eventsOf(chronicleFrom(SMALL), 'chrome', { fromMs: 1500, untilMs: 2000 });
    expect(statesIn(events, 1)).toEqual([
      ['up', 1500, 2000],
      ['paused', 1500, 2000],
    ]);
    expect(statesIn(events, 2)).toEqual([['down', 1500, 2000]]);
  });

  it('is counted: who is informed, who suspects, who is down', async () => {
    const counts = (events: readonly Event[], counter: string) =>
      all(events, 'C')
        .filter(({ name }) => name === counter)
        .map(({ args }) => args[counter]);
    const small = await eventsOf(chronicleFrom(SMALL), 'chrome');
    expect([counts(small, 'informed'), counts(small, 'down')]).toEqual([
      [1, 2, 3, 4],
      [1, 0],
    ]);
    // SWIM forgets whom it has suspected for long enough.
    const swim = await eventsOf(chronicleFrom(SWIM, 'e', ['loss=0']), 'chrome');
    expect(counts(swim, 'suspicions')).toEqual([1, 2, 3, 4, 5]); // failed in the end: no end of a doubt
  });
});
