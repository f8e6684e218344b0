import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeHash } from '../../src/experiment/keys.ts';
import { plan } from '../../src/experiment/plan.ts';
import { execute } from '../../src/experiment/runner.ts';
import {
  changedFixture,
  csvFiles,
  fixture,
  journalLines,
  journalOf,
  temporary,
} from './support/folders.ts';

const only16 = { set: { n: ['16'], label: ['a'], twice: ['false'] } };

test('an axis value added runs only what is new', async () => {
  const pushSmall = await fixture('push-small');
  const out = temporary();
  await execute(plan(pushSmall, only16), { out, jobs: 2 });
  const more = { set: { ...only16.set, n: ['8', '16', '64'] } };
  expect(await execute(plan(pushSmall, more), { out, jobs: 2 })).toMatchObject({
    reused: 5,
    ran: 10,
  });
});

test('replicates added run only what is new, and fewer replicates run nothing', async () => {
  const pushSmall = await fixture('push-small');
  const out = temporary();
  const run = (replicates: number) =>
    execute(plan(pushSmall, { ...only16, replicates }), { out, jobs: 2 });
  await run(4);
  expect(await run(6)).toMatchObject({ reused: 4, ran: 2 });
  expect(await run(3)).toMatchObject({ reused: 3, ran: 0 });
});

test('another seed runs everything', async () => {
  const pushSmall = await fixture('push-small');
  const out = temporary();
  await execute(plan(pushSmall, only16), { out, jobs: 2 });
  const other = plan(pushSmall, { ...only16, seed: 'other' });
  expect(await execute(other, { out, jobs: 2 })).toMatchObject({ reused: 0, ran: 5 });
});

test('fresh runs everything', async () => {
  const pushSmall = await fixture('push-small');
  const out = temporary();
  await execute(plan(pushSmall, only16), { out, jobs: 2 });
  const again = await execute(plan(pushSmall, only16), { out, jobs: 2, fresh: true });
  expect(again).toMatchObject({ reused: 0, ran: 5 });
});

test('a changed module runs again, and one with the same text elsewhere does not', async () => {
  const out = temporary();
  const run = async (change: (text: string) => string) =>
    execute(plan(await changedFixture('push-small', change), only16), { out, jobs: 2 });
  const first = await run((text) => text);
  expect(await run((text) => text)).toMatchObject({ reused: 5, ran: 0 });
  const changed = await run((text) => text.replace('end / 1000', 'end / 500'));
  expect(changed).toMatchObject({ reused: 0, ran: 5 });
  expect(changed.rows[0].measures.end_ms).toBe(2 * Number(first.rows[0].measures.end_ms));
});

test('a changed file that the module imports runs it again', async () => {
  const folder = temporary();
  const path = join(folder, 'module.mjs');
  writeFileSync(path, "import { a } from './helper.mjs';\nexport default a;\n");
  writeFileSync(join(folder, 'helper.mjs'), 'export const a = 1;\n');
  const before = codeHash(path);
  writeFileSync(join(folder, 'helper.mjs'), 'export const a = 2;\n');
  expect(codeHash(path)).not.toBe(before);
});

test('a damaged line of the journal is ignored with a warning, and its run is done again', async () => {
  const pushSmall = await fixture('push-small');
  const out = temporary();
  await execute(plan(pushSmall, only16), { out, jobs: 1 });
  const before = csvFiles(out);
  const text = readFileSync(journalOf(out), 'utf8');
  writeFileSync(journalOf(out), text.replace('"end_ms":9001', '"end_ms":9002'));
  const warnings: string[] = [];
  const onWarning = (sentence: string) => void warnings.push(sentence);
  const again = await execute(plan(pushSmall, only16), { out, jobs: 1, onWarning });
  expect(again).toMatchObject({ reused: 4, ran: 1 });
  expect(warnings).toEqual([expect.stringContaining('1 damaged')]);
  expect(csvFiles(out)).toEqual(before);
});

test('a torn last line spoils neither itself nor the next one', async () => {
  const pushSmall = await fixture('push-small');
  const out = temporary();
  await execute(plan(pushSmall, only16), { out, jobs: 1 });
  const lines = journalLines(out);
  writeFileSync(journalOf(out), `${lines.slice(0, 4).join('\n')}\n`);
  appendFileSync(journalOf(out), lines[4].slice(0, 50));
  expect(await execute(plan(pushSmall, only16), { out, jobs: 1 })).toMatchObject({
    reused: 4,
    ran: 1,
  });
  expect(await execute(plan(pushSmall, only16), { out, jobs: 1 })).toMatchObject({
    reused: 5,
    ran: 0,
  });
});
