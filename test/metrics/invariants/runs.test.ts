/** Runs under invariants: none is broken by random scenarios, and a protocol that lies is caught. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ProtocolFactory, Scenario } from '../../../src/engine/model.ts';
import {
  heartbeats,
  INVARIANTS,
  sourced,
  violations,
} from '../../../src/metrics/invariants/index.ts';
import { groundOf, heartbeatOn } from '../../../src/protocols/heartbeat/heartbeat.ts';
import { faultyScenarios, onRing } from '../../faults/support.ts';

it('random scenarios with any fault keep them', () =>
  fc.assert(
    fc.property(faultyScenarios, (scenario) => {
      expect(violations(scenario as Scenario<unknown>)).toEqual([]);
    }),
    { seed: 30, numRuns: 40 },
  ));

it('entries of heartbeat tables stay below their sources', () =>
  fc.assert(
    fc.property(faultyScenarios, (scenario) => {
      const ground = groundOf(scenario.n);
      const run = { ...scenario, protocol: heartbeatOn(ground, { failMs: 90 }), checked: true };
      const guarded = { ...run, workload: [] } as Scenario<number>;
      expect(first(guarded, ground)).toEqual([]);
    }),
    { seed: 31, numRuns: 40 },
  ));

/** The ground serves one run: the second one, which must be the same, is left to the other tests. */
function first(scenario: Scenario<number>, ground: ReturnType<typeof groundOf>) {
  let runs = 0;
  const once: ProtocolFactory<number> = (env) =>
    runs++ === 0 ? scenario.protocol(env) : heartbeatOn(groundOf(env.n), { failMs: 90 })(env);
  return violations({ ...scenario, protocol: once }, [...INVARIANTS, heartbeats(ground.table)]);
}

const beat = sourced<number>({
  what: 'a beat',
  initial: 0,
  read: (message, claim) => claim(0, message),
});

it('a protocol that invents a heartbeat is caught', () => {
  const lies: ProtocolFactory<number> = (env) => ({
    onRound: (node) => env.send(node, env.peer(node), node === 0 ? 1 : 2),
    onMessage() {},
  });
  const [{ invariant, sentence }] = violations({ ...onRing, protocol: lies }, [beat]);
  expect(`${invariant}: ${sentence}`).toBe(
    'sources: node 1 claims a beat of 2 for node 0, which is at 1',
  );
});

it('a protocol that remembers the run before is caught', () => {
  let runs = 0;
  const remembers: ProtocolFactory<number> = (env) => {
    const more = runs++;
    return { onRound: (node) => env.send(node, env.peer(node), more), onMessage() {} };
  };
  expect(violations({ ...onRing, protocol: remembers }).map(({ invariant }) => invariant)).toEqual([
    'repeats',
  ]);
});
