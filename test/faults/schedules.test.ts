/** Schedules against tables made by hand; how they are composed, and what chance decides in them. */
import { describe, expect, it } from 'vitest';
import type { Fault, FaultPlan } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { streamsOf } from '../../src/engine/streams.ts';
import * as build from '../../src/faults/index.ts';
import { scenarioOf, swarm } from '../engine/support.ts';

const drawn = (plan: FaultPlan, n = 4, seed = 's') => plan(streamsOf(seed, n));

/** A fault in short: time, node, kind, and the end of a pause. */
const short = (faults: readonly Fault[]) =>
  faults.map((fault) => {
    const { atMs, node, kind } = fault;
    return `${atMs} n${node} ${kind}${fault.kind === 'pause' ? ` until ${fault.untilMs}` : ''}`;
  });

const evenNodes = (node: number) => node % 2 === 0;

const tables: [string, FaultPlan, string[]][] = [
  [
    'crash, with a restart',
    build.crash({ nodes: [2, 0], atMs: 5, restartMs: 9 }),
    ['5 n2 crash', '5 n0 crash', '9 n2 restart', '9 n0 restart'],
  ],
  ['crash for ever', build.crash({ nodes: evenNodes, atMs: 5 }), ['5 n0 crash', '5 n2 crash']],
  ['restart', build.restart({ nodes: [1], atMs: 3 }), ['3 n1 restart']],
  [
    'absent, and a late join',
    build.absent({ nodes: build.inZone((node) => node % 3, 0), joinMs: 7 }),
    ['0 n0 absent', '0 n3 absent', '7 n0 restart', '7 n3 restart'],
  ],
  ['absent for ever', build.absent({ nodes: [1] }), ['0 n1 absent']],
  [
    'pauses at given times',
    build.pauses({ nodes: [1], atMs: [10, 50], lasts: 5 }),
    ['10 n1 pause until 15', '50 n1 pause until 55'],
  ],
  [
    'pauses on a beat; the end of the window is not in it',
    build.pauses({ nodes: [1, 2], everyMs: 10, fromMs: 5, untilMs: 25, lasts: 2 }),
    ['15 n1 pause until 17', '15 n2 pause until 17'],
  ],
  [
    'slow for a while',
    build.slow({ nodes: [3], serviceMs: 4, fromMs: 1, untilMs: 6 }),
    ['1 n3 slow', '6 n3 slow'],
  ],
  [
    'flapping by crash; the last restart may be later than the window',
    build.flapping({ nodes: [1], downMs: 3, upMs: 7, fromMs: 10, untilMs: 21 }),
    ['10 n1 crash', '13 n1 restart', '20 n1 crash', '23 n1 restart'],
  ],
  [
    'flapping by pause',
    build.flapping({ nodes: [1], downMs: 3, upMs: 7, untilMs: 11, by: 'pause' }),
    ['0 n1 pause until 3', '10 n1 pause until 13'],
  ],
  [
    'a zone; a failure that comes while it is away is passed over',
    build.zoneFailures({ zoneOf: (node) => node >> 1, zones: [1], atMs: [5, 8, 20], lasts: 10 }),
    [
      ...['5 n2 crash', '5 n3 crash', '15 n2 restart', '15 n3 restart'],
      ...['20 n2 crash', '20 n3 crash', '30 n2 restart', '30 n3 restart'],
    ],
  ],
  [
    'churn with constant periods',
    build.churn({ nodes: [1], session: 10, absence: 5, untilMs: 26 }),
    ['10 n1 crash', '15 n1 restart', '25 n1 crash'],
  ],
  [
    'churn that starts absent',
    build.churn({ nodes: [1], session: 10, absence: 5, absentShare: 1, fromMs: 100, untilMs: 120 }),
    ['0 n1 absent', '105 n1 restart', '115 n1 crash'],
  ],
];

describe('a schedule is data', () => {
  it.each(tables)('%s', (_name, plan, table) => {
    expect(short(drawn(plan))).toEqual(table);
  });

  it('slowness says how slow, and ends with 0', () => {
    const plan = build.slow({ nodes: [3], serviceMs: 4, timers: 'shared', untilMs: 6 });
    expect(drawn(plan)).toMatchObject([{ serviceMs: 4, timers: 'shared' }, { serviceMs: 0 }]);
  });

  it('parts are put together by time; at one time in their order', () => {
    const plan = build.faults(
      build.crash({ nodes: [1], atMs: 5, restartMs: 9 }),
      [{ atMs: 5, node: 3, kind: 'restart' }],
      build.absent({ nodes: [2] }),
    );
    expect(short(drawn(plan))).toEqual([
      '0 n2 absent',
      '5 n1 crash',
      '5 n3 restart',
      '9 n1 restart',
    ]);
  });
});

describe('swizzling', () => {
  const plan = build.swizzle({ nodes: { count: 5 }, atMs: 100, spreadMs: 40, healMs: 200 });
  const faults = drawn(plan, 20) as Extract<Fault, { kind: 'pause' }>[];

  it('takes nodes away one by one, and brings them back one by one', () => {
    expect(faults.map(({ atMs }) => atMs)).toEqual([100, 110, 120, 130, 140]);
    const ends = faults.map(({ untilMs }) => untilMs);
    expect(ends.toSorted((a, b) => a - b)).toEqual([200, 210, 220, 230, 240]);
    expect(new Set(faults.map(({ node }) => node)).size).toBe(5);
  });

  it('in orders of chance', () => {
    const orders = new Set<string>();
    for (let seed = 0; seed < 50; seed++) {
      const list = drawn(plan, 20, `s${seed}`) as typeof faults;
      orders.add(list.map(({ untilMs }) => untilMs).join());
    }
    expect(orders.size).toBeGreaterThan(20); // of 120
  });
});

describe('clocks', () => {
  it('with NTP: a large offset is stepped away, a small one slewed, a drift comes back', () => {
    const plan = build.clocks({
      ...{ nodes: [1], skewMs: 200, driftPpm: 100 },
      ntp: { everyMs: 1000, untilMs: 4000 },
    });
    const [start, ...corrections] = drawn(plan);
    expect(start).toEqual({ atMs: 0, node: 1, kind: 'clock', stepMs: 200, driftPpm: 100 });
    const first = corrections[0].atMs;
    expect(first).toBeLessThan(1000);
    expect(corrections.map(({ atMs }) => atMs - first)).toEqual([0, 1000, 2000, 3000]);
    const [step, ...slews] = corrections as Extract<Fault, { kind: 'clock' }>[];
    expect(step.stepMs).toBeCloseTo(-200 - first * 1e-4, 9);
    // 0.1 ms of drift per second, slewed away at 0.5 ms per second before the next correction.
    for (const { slewMs, slewPpm } of slews) {
      expect(slewMs).toBeCloseTo(-0.1, 9);
      expect(slewPpm).toBe(500);
    }
  });

  it('a slew that takes longer than the interval is taken up again', () => {
    const plan = build.clocks({ nodes: [1], skewMs: 1, ntp: { everyMs: 1000, untilMs: 4000 } });
    const slews = drawn(plan).slice(1) as Extract<Fault, { kind: 'clock' }>[];
    expect(slews.map(({ slewMs }) => slewMs)).toEqual([-1, -0.5, 0, 0]);
  });

  it('draws skew and drift of each node, within their laws', () => {
    const plan = build.clocks({
      ...{ skewMs: build.normalSkew(10), driftPpm: build.uniformDrift(50) },
      monotone: true,
    });
    const changes = drawn(plan, 200) as Extract<Fault, { kind: 'clock' }>[];
    expect(new Set(changes.map(({ stepMs }) => stepMs)).size).toBe(200);
    expect(changes.every(({ driftPpm, monotone }) => Math.abs(driftPpm!) < 50 && monotone)).toBe(
      true,
    );
  });
});

describe('chance', () => {
  const crashes = build.crash({ nodes: { share: 0.25 }, atMs: 5 });

  it('picks as many nodes as it is told, others by another seed', () => {
    expect(drawn(crashes, 40)).toHaveLength(10);
    expect(drawn(crashes, 40)).toEqual(drawn(crashes, 40));
    expect(drawn(crashes, 40, 'other')).not.toEqual(drawn(crashes, 40));
  });

  it('gives each builder streams of its own: one more at the end changes none before', () => {
    const churn = build.churn({ session: build.exponentialMs(10), absence: 5, untilMs: 100 });
    const pauses = build.pauses({ perHour: 1e5, untilMs: 100, lasts: 1 });
    const both = drawn(build.faults(crashes, churn, pauses));
    expect(both.filter(({ kind }) => kind !== 'pause')).toEqual(
      drawn(build.faults(crashes, churn)),
    );
  });

  it('of a schedule leaves that of latencies, partners and protocol where it is', () => {
    const { faults: _, ...scenario } = scenarioOf({ ...swarm, faults: [] });
    const { hash, traffic } = simulate(scenario);
    const late = build.faults(
      build.churn({
        ...{ session: build.weibullMs(0.5, 100), absence: build.paretoMs(1.5, 10) },
        ...{ fromMs: swarm.horizonMs + 1, untilMs: 10 * swarm.horizonMs },
      }),
      build.pauses({ perHour: 1e5, fromMs: 2 * swarm.horizonMs, untilMs: 1e4, lasts: 1 }),
      build.crash({ nodes: { count: 3 }, atMs: 2 * swarm.horizonMs }),
    );
    expect(drawn(late, swarm.n).length).toBeGreaterThan(100);
    expect(simulate({ ...scenario, faults: late })).toMatchObject({ hash, traffic });
  });

  it('of a longer window begins with that of a shorter one', () => {
    const until = (untilMs: number) =>
      short(
        drawn(
          build.faults(
            build.churn({ session: build.exponentialMs(50), absence: 20, untilMs }),
            build.pauses({ perHour: 1e5, untilMs, lasts: build.uniformMs(1, 5) }),
          ),
        ),
      );
    const brief = until(200);
    expect(brief.length).toBeGreaterThan(20);
    expect(until(400).slice(0, brief.length)).toEqual(brief);
  });
});
