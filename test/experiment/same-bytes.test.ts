import { beforeAll, expect, test } from 'vitest';
import type { Experiment } from '../../src/experiment/model.ts';
import { plan } from '../../src/experiment/plan.ts';
import { execute } from '../../src/experiment/runner.ts';
import { csvFiles, fixture, temporary } from './support/folders.ts';

let pushSmall: Experiment;
beforeAll(async () => {
  pushSmall = await fixture('push-small');
});

test('the results have the same bytes from 1, 2 and 5 workers', async () => {
  const files = [];
  for (const jobs of [1, 2, 5]) {
    const out = temporary();
    await execute(plan(pushSmall), { out, jobs });
    files.push(csvFiles(out));
  }
  expect(Object.keys(files[0])).toHaveLength(4);
  expect(files[1]).toEqual(files[0]);
  expect(files[2]).toEqual(files[0]);
});

test('rows come in cell order, then in replicate order', async () => {
  const { rows } = await execute(plan(pushSmall), { out: temporary(), jobs: 2 });
  const order = rows.map(({ index, replicate }) => index * 1000 + replicate);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(rows).toHaveLength(39);
});

test('what a run leaves undefined is empty in rows.csv and counted as missing in the summary', async () => {
  const out = temporary();
  const { rows, summaries } = await execute(plan(pushSmall), { out, jobs: 2 });
  const cell = rows.filter(({ index }) => index === 0).map(({ measures }) => measures);
  const late = cell.filter(({ late_ms }) => late_ms !== null).length;
  expect(late).toBeGreaterThan(0);
  expect(late).toBeLessThan(5);
  const lines = csvFiles(out)['rows.csv'].split('\n').slice(1, 6);
  expect(lines.filter((line) => line.includes(',,NaN'))).toHaveLength(5 - late);
  expect(summaries[0].measures.late_ms).toMatchObject({ count: late, missing: 5 - late });
  expect(summaries[0].measures.odd).toMatchObject({ count: 0, missing: 5 });
  expect(summaries[0].measures.all.mean).toBe(cell.filter(({ all }) => all).length / 5);
});

test('a result from the journal has the same bytes as one just run: NaN, infinity and null come back', async () => {
  const out = temporary();
  await execute(plan(pushSmall), { out, jobs: 2 });
  const first = csvFiles(out);
  const again = await execute(plan(pushSmall), { out, jobs: 2 });
  expect(again).toMatchObject({ reused: 39, ran: 0 });
  expect(csvFiles(out)).toEqual(first);
});
