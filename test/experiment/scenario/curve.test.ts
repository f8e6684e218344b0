/** How a run goes on. */
import { expect, it } from 'vitest';
import { curveOf, meanOf } from '../../../src/experiment/scenario/curve.ts';
import { loadScenario, runReplicate } from '../../../src/experiment/scenario/index.ts';

const scenarioOf = (text: string) => loadScenario(text, 'it.yaml', []).scenario;

it('of a rumour rises to all nodes, when the last one hears it', () => {
  const scenario = scenarioOf('nodes: 20\nduration: 20s\nprotocol: push\n');
  const { steps, most } = curveOf(scenario, 'it', 0)!;
  const { measured } = runReplicate(scenario, 'it', 0);
  expect(most).toBe(1);
  expect(steps.every(([, value], i) => i === 0 || value > steps[i - 1][1])).toBe(true);
  expect(steps.at(-1)![1]).toBeCloseTo(1, 9);
  expect(steps.at(-1)![0] / 1000).toBeCloseTo(Number(measured.to_all_ms), 6);
});

it('of suspicions comes back to none where all are refuted', () => {
  const text =
    'nodes: 8\nduration: 60s\nprotocol: swim\nfaults:\n  - { fault: pause, nodes: 3, at: 20s, lasts: 4s }\n';
  const { steps } = curveOf(scenarioOf(text), 'it', 0)!;
  expect(Math.max(...steps.map(([, value]) => value))).toBeGreaterThan(0);
  expect(steps.at(-1)![1]).toBe(0);
  expect(steps[0][0]).toBeGreaterThan(20e6);
});

it('is none where nothing is counted', () => {
  const text = 'nodes: 5\nduration: 5s\nprotocol: scuttlebutt\n';
  expect(curveOf(scenarioOf(text), 'it', 0)).toBeUndefined();
});

it('has a mean, on times from 0 to a little after the last change', () => {
  const curve = (at: number, value: number) => ({
    ...{ about: '', most: 1, until: 100 },
    steps: [[at, value]] as const,
  });
  const { until, values } = meanOf([curve(20, 1), curve(40, 0.5)], 3);
  expect(until).toBeCloseTo(42, 9);
  expect([...values]).toEqual([0, 0.5, 0.75]);
});
