import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CellSummary, Statistic } from '../../src/experiment/model.ts';
import { plan } from '../../src/experiment/plan.ts';
import { execute } from '../../src/experiment/runner.ts';
import { storedSummaries } from '../../src/experiment/stored-summaries.ts';
import { fixture, refusal, temporary } from './support/folders.ts';

const request = { set: { n: ['16', '24'] }, replicates: 3 };

test('the tables of a run give its summaries back, of series what they hold', async () => {
  const out = temporary();
  const planned = plan(await fixture('push-small'), request);
  const { summaries } = await execute(planned, { out, jobs: 1 });
  const stored = storedSummaries(out, planned);
  expect(stored.map(({ measures }) => measures)).toEqual(summaries.map((of) => of.measures));
  expect(stored.map(({ cell }) => cell)).toEqual(summaries.map(({ cell }) => cell));
  const held = ({ mean, se, ciLow, ciHigh, p05, p50, p95, count }: Statistic) => [
    [mean, se, ciLow, ciHigh],
    [p05, p50, p95, count],
  ];
  const series = (of: readonly CellSummary[]) =>
    of.map((summary) => Object.values(summary.series).map((points) => points.map(held)));
  expect(series(stored)).toEqual(series(summaries));
});

test('a series may be said to miss a share of its runs', async () => {
  const out = temporary();
  const planned = plan(await fixture('push-small'), request);
  await execute(planned, { out, jobs: 1 });
  const [name] = Object.keys(planned.experiment.series!);
  const [{ series }] = storedSummaries(out, planned, { [name]: 0.5 });
  expect(series[name][0]).toMatchObject({ count: 1.5, missing: 1.5 });
});

test('a table that is not there is named', async () => {
  const out = temporary();
  const planned = plan(await fixture('push-small'), request);
  await execute(planned, { out, jobs: 1 });
  rmSync(join(out, 'summary.csv'));
  expect(await refusal(() => storedSummaries(out, planned))).toContain(
    'has no summary.csv; run it again',
  );
});
