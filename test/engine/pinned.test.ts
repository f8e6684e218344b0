/**
 * Larger runs, pinned by hash and event count in one file. Delays are whole microseconds from integer arithmetic, so
 * the pins hold on any platform. Rewritten only by `npm run golden:update`; a change is a change of results.
 */
import { expect, it } from 'vitest';
import { DELIVERED } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { RESULTS_VERSION } from '../../src/experiment/version.ts';
import { type Mix, scenarioOf, swarm } from './support.ts';

const atZero = [{ atMs: 0, node: 0, input: 0 }];
const calm = { ...swarm, loss: 0, faults: [], workload: atZero };
const synchronised = { ...calm, phase: 'synchronised', spanMs: 0 } as const;

const everyFifthNodeFails = Array.from({ length: 100 }, (_, i) => [
  { atMs: 100 + i, node: 5 * i, kind: 'crash' as const },
  { atMs: 400 + 2 * i, node: 5 * i, kind: 'restart' as const },
]).flat();

/** The second at a node that is up, the third at one that has restarted. */
const threeInputs = [
  { atMs: 0, node: 3, input: 0 },
  { atMs: 150, node: 21, input: 1 },
  { atMs: 600, node: 20, input: 2 },
];

const runs: Record<string, Mix> = {
  'two nodes': { ...synchronised, n: 2, fanout: 1 },
  'synchronised, constant delay': { ...synchronised, n: 1000, fanout: 1 },
  'synchronised, no delay': { ...synchronised, n: 256, fanout: 3, minMs: 0 },
  'synchronised, delay of one period': { ...synchronised, n: 100, minMs: 100 },
  'synchronised, random ties': { ...synchronised, n: 100, minMs: 100, ties: 'random' },
  'random phase, uniform delay': { ...calm, n: 2000, fanout: 2 },
  'delays of many periods': {
    ...calm,
    n: 300,
    minMs: 5,
    spanMs: 700,
    periodMs: 20,
    horizonMs: 600,
  },
  'loss and duplication': { ...calm, n: 500, loss: 0.4, copies: 3 },
  'crashes and restarts': { ...calm, n: 500, faults: everyFifthNodeFails },
  everything: { ...swarm, n: 700, copies: 2, faults: everyFifthNodeFails, workload: threeInputs },
};

it('large runs do what they did when they were pinned', async () => {
  const pins = Object.entries(runs).map(([name, mix]) => {
    const { hash, events, facts, traffic } = simulate(scenarioOf(mix));
    return [name, { hash, events, heard: facts[DELIVERED], ...traffic }];
  });
  // A change of pins without a new version would mix old rows with new ones: raise RESULTS_VERSION first.
  const page = `${JSON.stringify({ resultsVersion: RESULTS_VERSION, ...Object.fromEntries(pins) }, null, 2)}\n`;
  await expect(page).toMatchFileSnapshot('../golden/pinned.json');
});
