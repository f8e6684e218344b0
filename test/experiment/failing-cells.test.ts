import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Experiment } from '../../src/experiment/model.ts';
import { plan } from '../../src/experiment/plan.ts';
import { CellsFailed, Interrupted } from '../../src/experiment/result.ts';
import { execute } from '../../src/experiment/runner.ts';
import { fixture, journalLines, refusal, temporary } from './support/folders.ts';

let trouble: Experiment;
beforeAll(async () => {
  trouble = await fixture('trouble');
});

const run = (how: string[], out: string, jobs = 2) =>
  execute(plan(trouble, { set: { how } }), { out, jobs });

/** What the action throws. */
const thrown = (action: Promise<unknown>): Promise<unknown> =>
  action.then(
    () => 'nothing',
    (error) => error,
  );

test('a run that throws fails its cell with the command that repeats it', async () => {
  const error = await thrown(run(['fine', 'throw'], temporary()));
  expect(error).toBeInstanceOf(CellsFailed);
  const { messages } = error as CellsFailed;
  expect(messages).toHaveLength(2); // k = 1 and k = 2
  expect(messages[0]).toContain(
    'cell how = throw, k = 1, replicate 1, seed "fixture/1" failed: a planted error',
  );
  expect(messages[0]).toContain(
    'trouble.mjs --seed fixture --replicates 2 --set how=throw --set k=1 repeats it',
  );
});

test('a worker that dies fails its cell; the others are finished and kept', async () => {
  const out = temporary();
  const error = await thrown(run(['exit', 'fine'], out, 1));
  expect(error).toBeInstanceOf(CellsFailed);
  const { messages } = error as CellsFailed;
  expect(messages).toHaveLength(2);
  expect(messages[0]).toMatch(/replicate 1, seed "fixture\/1" failed: its worker died: .*3/);
  expect(existsSync(join(out, 'rows.csv'))).toBe(false);
  expect(existsSync(join(out, 'run.json'))).toBe(false);
  expect(await run(['fine'], out)).toMatchObject({ reused: 8, ran: 0 });
});

test('the runs of a failed cell that went well are kept', async () => {
  const out = temporary();
  await thrown(run(['throw'], out, 1));
  expect(journalLines(out)).toHaveLength(2); // replicate 0 of two cells
});

test('input that run refuses is a sentence that names the cell', async () => {
  expect(await refusal(() => run(['refuse'], temporary()))).toMatch(
    /^trouble: cell how = refuse, k = [12]: k must be smaller$/,
  );
});

test('a measure that is not declared, or lacking, fails the cell', async () => {
  const { messages } = (await thrown(run(['stray', 'lack'], temporary()))) as CellsFailed;
  expect(messages.join()).toContain('run measured other, which is not declared');
  expect(messages.join()).toContain(
    'run must measure value as a number, boolean or null; got undefined',
  );
});

test('an interrupted run keeps what is finished, and the next one continues', async () => {
  const out = temporary();
  const stop = new AbortController();
  const slow = plan(trouble, { set: { how: ['slow'] } });
  const onProgress = (done: number) => done >= 3 && stop.abort();
  const error = await thrown(execute(slow, { out, jobs: 2, signal: stop.signal, onProgress }));
  expect(error).toBeInstanceOf(Interrupted);
  expect(existsSync(join(out, 'run.json'))).toBe(false);
  const kept = journalLines(out).length;
  expect(kept).toBeGreaterThanOrEqual(3);
  expect(kept).toBeLessThan(8);
  expect(await execute(slow, { out, jobs: 2 })).toMatchObject({ reused: kept, ran: 8 - kept });
});

test('what does not fit into memory is refused with what to lower', async () => {
  const out = join(temporary(), 'out');
  expect(await refusal(() => run(['huge'], out))).toMatch(
    /its largest run alone needs about 1000000\.\d GB of memory and .* are free; lower the axes of its largest cell \(how = huge, k = 1\)/,
  );
  expect(existsSync(out)).toBe(false);
});
