/** A sweep as an experiment: its cells, its columns, and what is wrong with it. */
import { describe, expect, it } from 'vitest';
import { measured } from '../../../../src/experiment/measured.ts';
import { loadScenario, runReplicate } from '../../../../src/experiment/scenario/index.ts';
import { refusal } from '../../support/folders.ts';
import { PUSH, planned, SWIM } from './support.ts';

const ONE = { jobs: 1 };

describe('a cell', () => {
  it('measures what simulate --set measures', async () => {
    const plan = await planned(['loss=0,0.2', 'latency=5ms,1s']);
    const runs = await measured(plan, ONE);
    const settings = ['loss=0.2', 'latency=1s'];
    const { scenario } = loadScenario(PUSH, 'cluster.yaml', settings);
    expect(plan.cells[3].cell).toEqual({ loss: 0.2, latency_ms: 1000 });
    expect(runs[3][2]).toEqual(runReplicate(scenario, 'hearsay', 2).measured);
    expect(runs[0]).not.toEqual(runs[3]);
  });

  it('is empty where it does not observe what another one does', async () => {
    const plan = await planned(['observe=spread,traffic'], { replicates: 1 });
    const [[spread], [traffic]] = await measured(plan, ONE);
    expect([spread.sent_per_node_s, traffic.to_all_ms]).toEqual([null, null]);
    expect(Number(spread.to_all_ms) * Number(traffic.sent_per_node_s)).toBeGreaterThan(0);
  });

  it('has its rate beside what it is counted over', async () => {
    const plan = await planned(['loss=0,0.3'], { text: SWIM, replicates: 1 });
    const [, [lossy]] = await measured(plan, ONE);
    const count = Number(lossy.mistakes_per_pair_h) * Number(lossy.mistakes_per_pair_h_exposure);
    expect(Number(lossy.mistakes_per_pair_h_exposure)).toBeCloseTo((6 * 5 * 20) / 3600, 9);
    expect(count).toBeCloseTo(Math.round(count), 9);
    expect(count).toBeGreaterThan(0);
  });

  it('has what the second axis sets within the first', async () => {
    const plan = await planned(['protocol=push,infect-and-die', 'protocol.fanout=2,3']);
    expect(plan.cells).toHaveLength(4);
    const runs = await measured(plan, ONE);
    expect(runs[0][0].sent_per_node_s).toBeGreaterThan(Number(runs[2][0].sent_per_node_s));
  });
});

describe('what is shown', () => {
  it('is the usual, or what is asked for', async () => {
    const shown = async (measures: string[]) =>
      (await planned(['loss=0,0.1'], { measures })).experiment.figures.map(({ y }) => y.field);
    expect(await shown([])).toEqual(['to_99_ms', 'unreached_frac', 'bytes_per_node_s']);
    expect(await shown(['lost_frac'])).toEqual(['lost_frac']);
  });

  it('is in the table also where there are too many axes to draw', async () => {
    const { experiment } = await planned(['loss=0', 'nodes=9', 'latency=1ms', 'duration=9s']);
    expect([experiment.figures, experiment.shown?.length]).toEqual([[], 3]);
  });

  it.each([
    ['nodes=5..40:log:4', 'log'],
    ['nodes=4,8,16', 'log'],
    ['nodes=10,1000', 'log'],
    ['nodes=10,20', 'linear'],
    ['nodes=2..101', 'linear'],
    ['loss=0..0.2:3', 'linear'],
    ['nodes=10', 'linear'],
  ])('is drawn over %s on an axis that is %s', async (over, scale) => {
    expect((await planned([over])).experiment.figures[0].x.scale).toBe(scale);
  });

  it('is refused where it is not measured', async () => {
    expect(await refusal(() => planned(['loss=0'], { measures: ['to_9_ms'] }))).toContain(
      '--measure to_9_ms is not measured here. Did you mean to_99_ms? Measured: reached_all',
    );
  });
});

it.each([
  [['nodes=1,2'], 'nodes must be a whole number from 2 to 1000000; got 1'],
  [['protocol=push,pusj'], 'got "pusj". Did you mean push?'],
  [['protocl=push'], '"protocl" is not known here; nearest: protocol'],
  [['loss=0,2'], 'loss must be a share from 0 to 1; got 2'],
  [['protocol.fanout=a,b'], 'protocol.fanout must be a whole number'],
])('%s is refused', async (over, sentence) => {
  expect(await refusal(async () => measured(await planned(over), ONE))).toContain(sentence);
});
