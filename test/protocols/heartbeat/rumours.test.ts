/** Heartbeats are rumours, and the meters of broadcast say so. */
import { describe, expect, it } from 'vitest';
import { DELIVERED, type Scenario } from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { covered } from '../../../src/engine/stop.ts';
import { coverage } from '../../../src/metrics/index.ts';
import { complete, constant, exponential } from '../../../src/network/index.ts';
import {
  groundOf,
  heartbeat,
  heartbeatRumours,
  pull,
  push,
  pushPull,
} from '../../../src/protocols/index.ts';

const n = 24;
const rounds = { periodMs: 1000, phase: 'synchronised' } as const;
const workload = [
  { atMs: 2500, node: 3, input: 0 },
  { atMs: 6500, node: 7, input: 1 },
];
const scenario = {
  seed: 'heartbeats as rumours',
  n,
  overlay: complete,
  link: constant({ ms: 1 }),
  rounds,
  workload,
  stop: covered,
  horizonMs: 60_000,
} satisfies Partial<Scenario<number>>;

describe.each([
  ['push', push()],
  ['pull', pull()],
  ['push-pull', pushPull()],
] as const)('%s in step', (exchange, broadcast) => {
  it('tells a heartbeat to as many, round by round, as the rumour of the same source', () => {
    const options = { failMs: 1e6, exchange };
    const [ours, theirs] = [heartbeatRumours(groundOf(n), options), broadcast].map((protocol) => {
      const spread = coverage({ n, rumours: 2, rounds });
      simulate({ ...scenario, protocol, observers: [spread] });
      const ends = Array.from({ length: 20 }, (_, round) => (round + 0.9) * 1000);
      return [0, 1].map((rumour) => spread.curve(ends, rumour));
    });
    expect(ours).toEqual(theirs);
    expect(ours[1].at(-1)).toBe(1);
  });
});

it('changes nothing but the facts that it adds', () => {
  const link = exponential({ meanMs: 300 });
  const run = (protocol: Scenario<number>['protocol']) =>
    simulate({ ...scenario, link, protocol, stop: () => false, horizonMs: 20_000 });
  const plain = run(heartbeat({ failMs: 3000 }));
  const watched = run(heartbeatRumours(groundOf(n), { failMs: 3000 }));
  expect(watched.facts[DELIVERED]).toBe(2 * n);
  expect(watched.events).toBe(plain.events);
  expect(watched.traffic).toEqual(plain.traffic);
  expect(watched.facts.with(DELIVERED, 0)).toEqual(plain.facts);
});

it('a heartbeat of a new life counts as later than one of the life before', () => {
  const faults = [
    { atMs: 2600, node: 3, kind: 'crash' },
    { atMs: 2700, node: 3, kind: 'restart' },
  ] as const;
  const { facts } = simulate({
    ...scenario,
    workload: [workload[0]], // its next heartbeat would be the third
    faults,
    protocol: heartbeatRumours(groundOf(n), { failMs: 1e6 }),
    horizonMs: 30_000,
  });
  expect(facts[DELIVERED]).toBe(n);
});
