/** Who may be at work in a folder at once, and what happens where one of them is killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { collect } from '../../src/experiment/collect.ts';
import { DIST } from '../../src/experiment/package.ts';
import { type Plan, plan } from '../../src/experiment/plan.ts';
import { execute, executeShard } from '../../src/experiment/runner.ts';
import { csvFiles, fixture, fixturePath, refusal, temporary } from './support/folders.ts';
import { cellFiles, folderFor, runShards, smallPlan } from './support/shards.ts';

const SLOW = { set: { how: ['slow'] }, replicates: 12 };
const FIRST = { index: 1, count: 2 };

/** Another process that runs the first shard of the slow plan in the folder. */
function otherProcess(out: string) {
  const program = `
    import { plan } from ${JSON.stringify(`${DIST}/src/experiment/plan.js`)};
    import { executeShard } from ${JSON.stringify(`${DIST}/src/experiment/runner.js`)};
    import { findExperiment } from ${JSON.stringify(`${DIST}/src/experiment/registry.js`)};
    const trouble = await findExperiment(${JSON.stringify(fixturePath('trouble'))});
    const slow = plan(trouble, ${JSON.stringify(SLOW)});
    await executeShard(slow, ${JSON.stringify(FIRST)}, { out: ${JSON.stringify(out)}, jobs: 1 });`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' });
}

test('a shard that was killed goes on where it was; meanwhile nobody else runs it, or all', async () => {
  const slow = plan(await fixture('trouble'), SLOW);
  const out = temporary();
  const child = otherProcess(out);
  const corner = join(out, '.cells', '1-of-2');
  while (!existsSync(corner) || cellFiles(out, '1-of-2').length === 0) await sleep(5);
  const busy = new RegExp(`^process ${child.pid} is running shard 1/2 in this folder; `);
  for (const action of [
    () => executeShard(slow, FIRST, { out }),
    () => execute(slow, { out }),
    () => collect({ out }),
  ])
    expect(await refusal(action)).toMatch(busy);
  child.kill('SIGKILL');
  await once(child, 'exit');

  const next = await executeShard(slow, FIRST, { out, jobs: 2 });
  expect(next.reused).toBeGreaterThan(0);
  expect(next.ran).toBeGreaterThan(0);
  await executeShard(slow, { index: 2, count: 2 }, { out, jobs: 2 });
  await collect({ out });
  const whole = temporary();
  await execute(slow, { out: whole, jobs: 2 });
  expect(csvFiles(out)).toEqual(csvFiles(whole));
});

test('the shards of one plan run at once in one folder', async () => {
  const small = await smallPlan();
  const out = folderFor(small);
  await Promise.all(
    [1, 2, 3].map((index) => executeShard(small, { index, count: 3 }, { out, jobs: 1 })),
  );
  expect((await collect({ out })).rows).toHaveLength(small.runs);
});

test('beside a plain run no shard starts, and none of another plan beside a shard', async () => {
  const small = await smallPlan();
  const out = folderFor(small);
  const first = execute(small, { out });
  expect(await refusal(() => executeShard(small, FIRST, { out }))).toMatch(
    /^process \d+ is running in this folder; /,
  );
  await first;
  const other: Plan = { ...small, seed: 'other' };
  const shard = executeShard(small, FIRST, { out, fresh: true });
  expect(await refusal(() => executeShard(other, { index: 2, count: 2 }, { out }))).toMatch(
    /^process \d+ is running shard 1\/2 in this folder; /,
  );
  await shard;
});

test('the lock of another host counts while it gives signs of life', async () => {
  const small = await smallPlan();
  const out = folderFor(small);
  await runShards(small, 2, out);
  const path = join(out, '.cells', '1-of-2', 'lock');
  writeFileSync(path, '4711 elsewhere');
  expect(await refusal(() => executeShard(small, FIRST, { out }))).toMatch(
    /^process 4711 on elsewhere is running shard 1\/2 in this folder; /,
  );
  const long = new Date(Date.now() - 10 * 60_000);
  utimesSync(path, long, long);
  await executeShard(small, FIRST, { out });
  expect(existsSync(path)).toBe(false);
});

test('where a shard cannot write it says so: a file in the way, a full disk', async () => {
  const small = await smallPlan();
  const blocked = folderFor(small);
  mkdirSync(join(blocked, '.cells'), { recursive: true });
  writeFileSync(join(blocked, '.cells', '1-of-2'), 'mine');
  expect(await refusal(() => executeShard(small, FIRST, { out: blocked }))).toMatch(
    /cannot be written: EEXIST.*; make room or choose another --out$/,
  );
  expect(readFileSync(join(blocked, '.cells', '1-of-2'), 'utf8')).toBe('mine');

  const full = folderFor(small);
  await executeShard(small, FIRST, { out: full });
  const [file] = cellFiles(full, '1-of-2');
  symlinkSync('/dev/full', `${file}.new`);
  const again = () => executeShard(small, FIRST, { out: full, fresh: true });
  expect(await refusal(again)).toMatch(/cannot be written: ENOSPC.*; make room or choose another/);
  expect(existsSync(join(full, '.cells', '1-of-2', 'lock'))).toBe(false);
});

test('a shard is refused what does not fit into memory, if it is in its share', async () => {
  const huge = plan(await fixture('trouble'), { set: { how: ['huge'], k: ['1'] }, replicates: 1 });
  expect(await refusal(() => executeShard(huge, FIRST, { out: temporary() }))).toContain(
    'lower the axes of its largest cell (how = huge, k = 1)',
  );
  const other = await executeShard(huge, { index: 2, count: 2 }, { out: temporary() });
  expect(other).toMatchObject({ ran: 0, plan: { runs: 0 } });
});
