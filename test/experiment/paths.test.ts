/** run.json says which paths the tables took, whoever ran them and whenever. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { plan } from '../../src/experiment/plan.ts';
import { execute } from '../../src/experiment/runner.ts';
import { fixture, journalOf, temporary } from './support/folders.ts';

const AT_ONCE = 'heartbeat table (wasm), merges at once: fewer than 200 nodes';
const PUT_OFF = 'heartbeat table (wasm), merges put off';

afterEach(() => {
  delete process.env.HEARSAY_KERNEL;
});

const read = (out: string) => JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
const pathsIn = (out: string): string[] => read(out).table_paths;
/** Without git, whose state may change while the test runs: somebody commits, another test makes a file. */
const runJson = (out: string) => JSON.stringify({ ...read(out), git: null });

async function run(out: string, jobs: number, n?: string) {
  const set = n === undefined ? {} : { n: [n] };
  return execute(plan(await fixture('gossip-small'), { set }), { out, jobs });
}

test('the paths are those of all cells, the same from one worker, from two, and from the journal', async () => {
  const [out, other] = [temporary(), temporary()];
  await run(out, 1);
  const first = runJson(out);
  expect(pathsIn(out)).toEqual([AT_ONCE, PUT_OFF]);
  await run(other, 2);
  expect(runJson(other)).toBe(first);
  expect(await run(out, 1)).toMatchObject({ reused: 4 });
  expect(runJson(out)).toBe(first);
});

test('only those of the cells that are reported count, whatever else the journal holds', async () => {
  const out = temporary();
  await run(out, 1);
  expect(await run(out, 1, '200')).toMatchObject({ reused: 2 });
  expect(pathsIn(out)).toEqual([PUT_OFF]);
});

test('the kernel is the one that ran, also where the journal mixes two', async () => {
  const out = temporary();
  await run(out, 1, '4');
  process.env.HEARSAY_KERNEL = 'ts';
  await run(out, 1);
  expect(pathsIn(out)).toEqual([PUT_OFF.replace('wasm', 'ts'), AT_ONCE]);
});

test('runs in a journal from before paths were told are said to be such', async () => {
  const out = temporary();
  await run(out, 1, '4');
  const lines = readFileSync(journalOf(out), 'utf8').split('\n');
  const { createHash } = await import('node:crypto');
  const older = lines.map((line) => {
    if (line === '') return line;
    const { sum, paths, ...rest } = JSON.parse(line);
    const body = JSON.stringify(rest).slice(1, -1);
    return `{"sum":"${createHash('sha256').update(body).digest('hex').slice(0, 8)}",${body}}`;
  });
  writeFileSync(journalOf(out), older.join('\n'));
  expect(await run(out, 1, '4')).toMatchObject({ reused: 2, ran: 0 });
  expect(pathsIn(out)).toEqual(['not told by an earlier version']);
});
