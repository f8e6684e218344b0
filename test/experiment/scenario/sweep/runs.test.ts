/** A sweep in its folder: same bytes, resume, reproduce; and replicates until it is precise enough. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/experiment/plan.ts';
import { reproduce } from '../../../../src/experiment/reproduce.ts';
import { execute } from '../../../../src/experiment/runner.ts';
import type { Asked } from '../../../../src/experiment/scenario/sweep/plan.ts';
import { csvFiles, refusal, temporary } from '../../support/folders.ts';
import { CROWD, PUSH, planned } from './support.ts';

const run = async (plan: Plan | Promise<Plan>, out = temporary(), jobs = 1) =>
  execute(await plan, { out, jobs });

const differing = async (folder: string) =>
  (await reproduce(folder, { jobs: 1 })).filter(({ same }) => !same);

describe('a sweep', () => {
  it('runs only what is new when a value is added, and all when the file says something else', async () => {
    const out = temporary();
    expect(await run(planned(['loss=0,0.1']), out)).toMatchObject({ reused: 0, ran: 6 });
    expect(await run(planned(['loss=0,0.1,0.2']), out)).toMatchObject({ reused: 6, ran: 3 });
    const text = PUSH.replace('12', '13');
    expect(await run(planned(['loss=0,0.1'], { text }), out)).toMatchObject({ reused: 0, ran: 6 });
  });

  it('is the same again by its folder alone: the scenario file lies in it', async () => {
    const { folder } = await run(planned(['loss=0,0.1', 'latency=5ms,50ms']));
    expect(await differing(folder)).toEqual([]);
  });

  it('goes on where it was interrupted, with the same bytes', async () => {
    const plan = await planned(['loss=0,0.1,0.2'], { replicates: 40 });
    const whole = await run(plan);
    const out = temporary();
    const stop = new AbortController();
    const ended = execute(plan, {
      ...{ out, jobs: 1, signal: stop.signal },
      onProgress: () => stop.abort(),
    });
    await expect(ended).rejects.toThrow('interrupted after');
    expect(existsSync(join(out, 'run.json'))).toBe(false);
    const rest = await run(plan, out);
    expect(rest.reused).toBeGreaterThan(0);
    expect(rest.reused + rest.ran).toBe(120);
    expect(csvFiles(out)).toEqual(csvFiles(whole.folder));
  });
});

const precise = (within: string, asked: Partial<Asked> = {}, most = 80) =>
  planned(['protocol.fanout=1,4'], {
    replicates: undefined,
    precision: { within, measures: ['to_all_ms'], least: 10, most },
    ...asked,
  });

describe('precision', () => {
  it('is reached by each cell for itself; the least of replicates that do', async () => {
    const { plan, summaries, unreached } = await run(precise('10%'));
    const counts = plan.cells.map(({ replicates }) => replicates);
    expect(unreached).toEqual([]);
    expect(counts.every((count) => [10, 20, 40, 80].includes(count))).toBe(true);
    expect(new Set(counts).size).toBe(2);
    for (const { measures } of summaries) {
      const { mean, ciLow, ciHigh, se } = measures.to_all_ms;
      expect((ciHigh - ciLow) / 2).toBeLessThanOrEqual(0.1 * mean);
      expect((ciHigh - ciLow) / 2).toBeGreaterThan(2.5 * se); // at 1 - 0.05 / 4
    }
  });

  it('takes the same replicates on one thread and on two, with the same bytes', async () => {
    const precision = { within: '5%', measures: ['to_all_ms'], least: 4, most: 8 };
    const plan = await planned(['nodes=500,1000'], { text: CROWD, precision });
    const [one, two] = [await run(plan), await run(plan, temporary(), 2)];
    expect(two.plan.runs).toBeGreaterThan(8);
    expect(csvFiles(two.folder)).toEqual(csvFiles(one.folder));
  });

  it('goes on from there when it is to be tighter, and says what it did not reach', async () => {
    const out = temporary();
    const first = await run(precise('20%'), out);
    const second = await run(precise('1%'), out);
    expect(second.reused).toBe(first.plan.runs);
    expect(second.plan.cells.map(({ replicates }) => replicates)).toEqual([80, 80]);
    expect(second.unreached.map(({ index, measure }) => [index, measure])).toEqual([
      [0, 'to_all_ms'],
      [1, 'to_all_ms'],
    ]);
    for (const { half, mean, asked } of second.unreached) {
      expect(asked).toBeCloseTo(0.01 * mean!, 9);
      expect(half).toBeGreaterThan(asked);
    }
    const record = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
    expect(record.precision).toMatchObject({ within: '1%', looks: [10, 20, 40, 80] });
    expect(record.precision.unreached).toHaveLength(2);
  });

  it('runs each run once when all is to be run again', async () => {
    const { folder } = await run(precise('10%'));
    const again = await execute(await precise('10%'), { out: folder, jobs: 1, fresh: true });
    expect(again).toMatchObject({ reused: 0, ran: again.plan.runs });
  });

  it('is the same again by its folder alone', async () => {
    const { folder } = await run(precise('10%'));
    const { replicates } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
    expect(replicates).toHaveLength(2);
    expect(await differing(folder)).toEqual([]);
  });

  it('may be absolute, of times as a duration', async () => {
    const { summaries } = await run(precise('400ms'));
    for (const { measures } of summaries)
      expect(measures.to_all_ms.ciHigh - measures.to_all_ms.mean).toBeLessThanOrEqual(400);
  });

  it('is of what is shown unless measures are named, but of nothing that was never seen', async () => {
    const precision = { within: '15%', measures: [], least: 10, most: 40 };
    const plan = planned(['protocol.fanout=3,4'], { replicates: undefined, precision });
    const { summaries, unreached } = await run(plan);
    expect(summaries.map(({ measures }) => measures.unreached_frac.mean)).toEqual([0, 0]);
    expect(unreached).toEqual([]);
  });

  it.each([
    ['0%', [], 'must be above 0'],
    ['tight', [], 'got "tight"'],
    ['-5%', [], 'got "-5%"'],
    ['10ms', ['lost_frac'], '10ms is a duration and lost_frac is none'],
    ['5%', ['lost_fra'], '--measure lost_fra is not measured here. Did you mean lost_frac?'],
  ])('%s of %j is refused', async (within, measures, sentence) => {
    const precision = { within, measures, least: 10, most: 40 };
    expect(await refusal(() => precise(within, { precision }))).toContain(sentence);
  });
});
