import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DIST } from '../../src/experiment/package.ts';
import { plan } from '../../src/experiment/plan.ts';
import { execute } from '../../src/experiment/runner.ts';
import {
  csvFiles,
  fixture,
  fixturePath,
  journalLines,
  refusal,
  temporary,
} from './support/folders.ts';

const SLOW = { set: { how: ['slow'] }, replicates: 20 };
const RUNS = 40; // two cells

/** Another process that runs the slow plan in the folder. */
function otherProcess(out: string) {
  const program = `
    import { plan } from ${JSON.stringify(`${DIST}/src/experiment/plan.js`)};
    import { execute } from ${JSON.stringify(`${DIST}/src/experiment/runner.js`)};
    import { findExperiment } from ${JSON.stringify(`${DIST}/src/experiment/registry.js`)};
    const trouble = await findExperiment(${JSON.stringify(fixturePath('trouble'))});
    await execute(plan(trouble, ${JSON.stringify(SLOW)}), { out: ${JSON.stringify(out)}, jobs: 2 });`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' });
}

async function until(condition: () => boolean) {
  while (!condition()) await sleep(5);
}

test('after kill -9 in the middle, the next run does only what is missing and writes the same bytes', async () => {
  const slow = plan(await fixture('trouble'), SLOW);
  const out = temporary();
  const child = otherProcess(out);
  await until(() => journalLines(out).length >= 6);
  expect(await refusal(() => execute(slow, { out, jobs: 2 }))).toMatch(
    new RegExp(`^process ${child.pid} is running in this folder; `),
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  const kept = journalLines(out).length;
  expect(kept).toBeLessThan(RUNS);
  expect(existsSync(join(out, 'rows.csv'))).toBe(false);

  expect(await execute(slow, { out, jobs: 2 })).toMatchObject({ reused: kept, ran: RUNS - kept });
  const whole = temporary();
  await execute(slow, { out: whole, jobs: 2 });
  expect(csvFiles(out)).toEqual(csvFiles(whole));
});

test('a lock that names no process is taken over', async () => {
  const out = temporary();
  const fine = plan(await fixture('trouble'), { quick: true });
  await execute(fine, { out, jobs: 1 });
  for (const holder of ['999999999', 'rubbish', String(process.pid)]) {
    writeFileSync(join(out, '.cells', 'lock'), holder);
    await execute(fine, { out, jobs: 1 });
    expect(existsSync(join(out, '.cells', 'lock'))).toBe(false);
  }
});

test('two runs of one process do not share a folder', async () => {
  const out = temporary();
  const fine = plan(await fixture('trouble'), { quick: true });
  const first = execute(fine, { out, jobs: 1 });
  expect(await refusal(() => execute(fine, { out, jobs: 1 }))).toContain(
    'is running in this folder',
  );
  await first;
});
