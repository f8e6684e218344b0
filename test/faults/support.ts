/** A protocol that counts, and the golden traces of faults. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Fault, ProtocolFactory, Scenario, Slowness } from '../../src/engine/model.ts';
import { fixed, mixes, ring, scenarioOf, traced, type Words } from '../engine/support.ts';

/** Node 0 tells the next node on the ring the number of its round, every round; the others only listen. */
export const beats: ProtocolFactory<number> = (env) => {
  const rounds = new Int32Array(env.n); // [node] held so far
  return {
    onRound(node) {
      rounds[node]++;
      if (node === 0) env.send(node, env.peer(node), rounds[node], 4);
    },
    onMessage() {},
  };
};

export const onRing: Scenario<number> = {
  seed: 'faults',
  n: 2,
  overlay: ring,
  link: fixed(30),
  protocol: beats,
  rounds: { periodMs: 100, phase: 'synchronised' },
  horizonMs: 400,
};

/** Compares the trace of a run, between a line that says what to look for and the outcome, with its golden. */
export async function golden<M>(name: string, shows: string, scenario: Scenario<M>) {
  const { lines, outcome } = traced({ checked: true, ...scenario });
  expect(lines.length).toBeLessThanOrEqual(100);
  const { end, endedBy, events, hash, traffic } = outcome;
  const page = [
    `# ${shows}`,
    ...lines,
    `# ended by ${endedBy} at ${end} us after ${events} events, ${hash}`,
    `# ${JSON.stringify(traffic)}`,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot(`../golden/${name}.trace`);
}

// ---- random faults ----

/** Up to eight faults of any kind among n nodes, at coarse times, so that many are simultaneous. */
export const faultLists = (n: number): fc.Arbitrary<Fault[]> => {
  const node = fc.integer({ min: 0, max: n - 1 });
  const tens = fc.integer({ min: 0, max: 40 }).map((k) => k * 10);
  const fault: fc.Arbitrary<Fault> = fc.oneof(
    fc.record({ atMs: tens, node, kind: fc.constantFrom('crash', 'restart') }),
    fc.record({ atMs: fc.constant(0), node, kind: fc.constant('absent') }),
    fc
      .tuple(tens, tens)
      .map(([a, b]) => ({ atMs: Math.min(a, b), untilMs: Math.max(a, b) }))
      .chain((span) => fc.record({ ...constants(span), node, kind: fc.constant('pause') })),
    fc.record({
      atMs: tens,
      node,
      kind: fc.constant('slow'),
      serviceMs: fc.constantFrom<Slowness['serviceMs']>(0, 5, 20, (u: number) => 30 * u),
      timers: fc.constantFrom('apart', 'shared'),
    }),
    fc.record({
      atMs: tens,
      node,
      kind: fc.constant('clock'),
      stepMs: fc.integer({ min: -50, max: 50 }),
      driftPpm: fc.integer({ min: -500, max: 500 }),
      slewMs: fc.constantFrom(-0.02, 0, 0.02),
    }),
  );
  return fc.array(fault, { maxLength: 8 });
};

const constants = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fc.constant(value)])) as {
    [K in keyof T]: fc.Arbitrary<T[K]>;
  };

/** Random scenarios of the engine's tests, with any kind of fault and any way to miss rounds. */
export const faultyScenarios: fc.Arbitrary<Scenario<number | Words>> = mixes.chain((mix) =>
  fc
    .record({ faults: faultLists(mix.n), missed: fc.constantFrom('skip', 'delay', 'burst') })
    .map(({ faults, missed }) => {
      const scenario = scenarioOf(mix);
      return { ...scenario, faults, rounds: { ...scenario.rounds!, missed } };
    }),
);
