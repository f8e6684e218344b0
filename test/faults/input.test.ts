/** Faults and schedules that make no sense: one sentence that says where and what. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import type { Fault, FaultPlan } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { streamsOf } from '../../src/engine/streams.ts';
import * as build from '../../src/faults/index.ts';
import { onRing } from './support.ts';

const refuses = (act: () => unknown, sentence: string) => {
  expect(act).toThrow(UserError);
  expect(act).toThrow(sentence);
};

const at = { atMs: 5, node: 0 };
const records: [string, object, string][] = [
  ['an unknown kind', { ...at, kind: 'explode' }, 'kind must be "crash" or "restart" or "absent"'],
  ['a late absence', { ...at, kind: 'absent' }, 'atMs must be 0 where a node is absent; got 5'],
  [
    'a pause that ends first',
    { ...at, kind: 'pause', untilMs: 4 },
    'untilMs must be a number in [5,',
  ],
  ['a pause without end', { ...at, kind: 'pause' }, 'untilMs'],
  [
    'a service before it began',
    { ...at, kind: 'slow', serviceMs: -1 },
    'serviceMs must be a number in [0,',
  ],
  ['no service time', { ...at, kind: 'slow' }, 'serviceMs must be a number or a quantile function'],
  [
    'other timers',
    { ...at, kind: 'slow', serviceMs: 1, timers: 'none' },
    'timers must be "apart" or "shared"',
  ],
  [
    'a drift of a half',
    { ...at, kind: 'clock', driftPpm: 5e5 },
    'driftPpm must be a number in [-100000, 100000]',
  ],
  ['a slew without rate', { ...at, kind: 'clock', slewMs: 1, slewPpm: 0 }, 'slewPpm'],
  ['a step to nowhere', { ...at, kind: 'clock', stepMs: Number.NaN }, 'stepMs'],
];

describe('a scenario refuses', () => {
  it.each(records)('%s', (_what, fault, sentence) => {
    refuses(
      () => simulate({ ...onRing, faults: [fault as Fault] }),
      `scenario: faults[0]: ${sentence}`,
    );
    // Also if a plan has made it.
    refuses(() => simulate({ ...onRing, faults: () => [fault as Fault] }), 'scenario: faults[0]');
  });

  it('an unknown way to miss rounds', () => {
    const rounds = { ...onRing.rounds!, missed: 'sometimes' as 'skip' };
    refuses(
      () => simulate({ ...onRing, rounds }),
      'rounds.missed must be "skip" or "delay" or "burst"',
    );
  });

  it('not a service time that turns out to be nonsense: that is a bug of the law', () => {
    const faults: Fault[] = [{ atMs: 0, node: 1, kind: 'slow', serviceMs: () => Number.NaN }];
    expect(() => simulate({ ...onRing, faults })).toThrow('BUG: a service at node 1 takes NaN ms');
  });
});

const bad: [string, () => FaultPlan, string][] = [
  ['a node that is not there', () => build.crash({ nodes: [4], atMs: 0 }), 'crash: nodes[0]'],
  [
    'more nodes than there are',
    () => build.crash({ nodes: { count: 5 }, atMs: 0 }),
    'nodes.count must be a whole number in 0..4',
  ],
  ['a share above 1', () => build.crash({ nodes: { share: 2 }, atMs: 0 }), 'nodes.share'],
  [
    'a restart before the crash',
    () => build.crash({ nodes: 'all', atMs: 5, restartMs: 4 }),
    'crash: restartMs',
  ],
  [
    'a window that ends before it begins',
    () => build.churn({ session: 1, absence: 1, fromMs: 5, untilMs: 4 }),
    'churn: untilMs',
  ],
  [
    'sessions of no length',
    () => build.churn({ session: 0, absence: 1, untilMs: 4 }),
    'churn: session must be a number above 0',
  ],
  [
    'sessions drawn of no length',
    () => build.churn({ session: () => 0, absence: () => 0, untilMs: 4 }),
    'churn: sessions and absences must be longer',
  ],
  [
    'a pool that does not suffice',
    () => build.joins({ pool: [1], perHour: 3.6e6, untilMs: 100 }),
    'joins: the pool must hold a node for each join',
  ],
  [
    'pauses in the wrong unit',
    () => build.pauses({ everyMs: 1e-6, untilMs: 1e4, lasts: 1 }),
    'at most 1000000 occasions per node',
  ],
  [
    'a pause at no time',
    () => build.pauses({ atMs: [1, Number.NaN], lasts: 1 }),
    'pauses: atMs[1]',
  ],
  [
    'a zone that is no number',
    () => build.zoneFailures({ zoneOf: () => -1, atMs: [1], lasts: 1 }),
    'the zone of node 0',
  ],
  [
    'a swizzle that heals too soon',
    () => build.swizzle({ nodes: 'all', atMs: 1, spreadMs: 5, healMs: 5 }),
    'swizzle: healMs',
  ],
  [
    'flapping by magic',
    () => build.flapping({ nodes: 'all', downMs: 1, upMs: 1, untilMs: 5, by: 'x' as 'crash' }),
    'flapping: by must be "crash" or "pause"',
  ],
  ['a skew to nowhere', () => build.clocks({ skewMs: Number.NaN }), 'clocks: skewMs'],
  [
    'NTP that never asks',
    () => build.clocks({ ntp: { everyMs: 0, untilMs: 5 } }),
    'clocks: ntp: everyMs',
  ],
];

describe('a schedule refuses', () => {
  it.each(bad)('%s', (_what, plan, sentence) => {
    refuses(() => plan()(streamsOf('s', 4)), sentence);
  });
});
