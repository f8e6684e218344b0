/** Which facts begin a doubt and which end it, and that curves of a run go by that. */
import { expect, it } from 'vitest';
import { FACT_NAMES } from '../../src/engine/model.ts';
import { curveOf } from '../../src/experiment/scenario/curve.ts';
import { loadScenario } from '../../src/experiment/scenario/index.ts';
import { doubts } from '../../src/metrics/doubt.ts';

it('knows what each fact says of a doubt', () => {
  const said = FACT_NAMES.map((name, fact) => [name, doubts(fact)]);
  expect(Object.fromEntries(said.filter(([, is]) => is !== undefined))).toEqual({
    SUSPECTED: true,
    TRUSTED: false,
    JOINED: false,
    FORGOTTEN: true,
    DIED: true,
  });
});

it('who is declared failed by all is doubted by all until the end', () => {
  const text =
    'nodes: 10\nduration: 2m\nprotocol: swim\nfaults: [{fault: crash, nodes: 3, at: 10s}]\n';
  const { scenario } = loadScenario(text, 'c.yaml', []);
  expect(curveOf(scenario, 'doubt', 0)?.steps.at(-1)?.[1]).toBe(9);
});
