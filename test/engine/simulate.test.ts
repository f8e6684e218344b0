import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import type { Scenario } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { chatter, everyone, fixed, scenarioOf, swarm } from './support.ts';

const valid = {
  seed: 's',
  n: 4,
  protocol: chatter(),
  link: fixed(10),
  overlay: everyone,
  rounds: { periodMs: 100, phase: 'random' },
  horizonMs: 100,
};

const wrong: [string, object, string][] = [
  ['no seed', { seed: undefined }, 'seed must be a text'],
  ['an empty seed', { seed: '' }, 'seed must be a text'],
  ['a number for a seed', { seed: 7 }, 'got 7'],
  ['no node', { n: 0 }, 'n must be a whole number in 1..'],
  ['half a node', { n: 2.5 }, 'got 2.5'],
  ['n = NaN', { n: Number.NaN }, 'got NaN'],
  ['too many nodes', { n: 2 ** 28 }, 'n must be'],
  ['a horizon in the past', { horizonMs: -1 }, 'horizonMs must be a number in [0'],
  ['no horizon', { horizonMs: undefined }, 'got undefined'],
  ['an endless horizon', { horizonMs: Infinity }, 'got Infinity'],
  ['a negative header', { headerBytes: -28 }, 'headerBytes'],
  ['a period of 0', { rounds: { periodMs: 0, phase: 'random' } }, 'rounds.periodMs'],
  ['a period below 1 us', { rounds: { periodMs: 0.0001, phase: 'random' } }, 'rounds.periodMs'],
  ['a period of an hour and more', { rounds: { periodMs: 2 ** 33, phase: 'random' } }, 'periodMs'],
  ['an unknown phase', { rounds: { periodMs: 9, phase: 'own' } }, '"poisson"; got "own"'],
  ['an input before time 0', { workload: [{ atMs: -5, node: 0, input: 0 }] }, 'workload[0]: atMs'],
  ['an input at node n', { workload: [{ atMs: 0, node: 4, input: 0 }] }, 'workload[0]: node'],
  ['an input -1', { workload: [{ atMs: 0, node: 0, input: -1 }] }, 'workload[0]: input'],
  ['a fault at NaN', { faults: [{ atMs: Number.NaN, node: 0, kind: 'crash' }] }, 'faults[0]: atMs'],
  ['a fault at node -1', { faults: [{ atMs: 0, node: -1, kind: 'crash' }] }, 'faults[0]: node'],
];

describe('simulate', () => {
  it('runs the scenario that the cases below spoil', () => {
    expect(simulate(valid as Scenario<never>).endedBy).toBe('horizon');
  });

  it.each(wrong)('refuses %s in one sentence', (_what, change, sentence) => {
    const act = () => simulate({ ...valid, ...change } as Scenario<never>);
    expect(act).toThrow(UserError);
    expect(act).toThrow(/^scenario[^\n]*$/);
    expect(act).toThrow(sentence);
  });

  it('says which of several inputs is wrong', () => {
    const workload = [
      { atMs: 0, node: 0, input: 0 },
      { atMs: 0, node: 9, input: 1 },
    ];
    expect(() => simulate(scenarioOf({ ...swarm, n: 8, workload, faults: [] }))).toThrow(
      'workload[1]: node must be a whole number in 0..7; got 9',
    );
  });

  it('counts the header into the bytes of every message', () => {
    const bytes = (headerBytes: number) =>
      simulate({ ...scenarioOf(swarm), headerBytes }).traffic.bytesSent;
    const { sent } = simulate(scenarioOf(swarm)).traffic;
    expect(bytes(100) - bytes(0)).toBe(100 * sent);
  });

  it('takes the header of IPv4 and UDP unless told otherwise', () => {
    expect(simulate(scenarioOf(swarm)).traffic).toEqual(
      simulate({ ...scenarioOf(swarm), headerBytes: 20 + 8 }).traffic,
    );
  });
});
