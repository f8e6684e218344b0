/** compare, find and tune at the door: their tables as goldens, the same for any number of jobs, by the command they tell. */
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, hearsay, start } from './hearsay.ts';

/** A folder with an example in it, so that goldens have no paths in them. */
function folderWith(name: string): string {
  const cwd = emptyFolder();
  const path = `../../experiments/scenarios/${name}`;
  copyFileSync(fileURLToPath(new URL(path, import.meta.url)), join(cwd, name));
  return cwd;
}

const QUESTIONS = [
  ['compare', 'push.yaml', '--b-set', 'protocol.fanout=2', '--replicates', '10'],
  [
    'find',
    'push.yaml',
    '--axis',
    'nodes=4..200',
    '--where',
    'to_99_ms < 8s',
    '--max-replicates',
    '80',
  ],
  ['tune', 'push.yaml', '--over', 'protocol.fanout=1..4', '--budget', 'to_99_ms < 6s'],
];

test.concurrent.for(QUESTIONS)('hearsay %s', async (words, { expect }) => {
  const cwd = folderWith('push.yaml');
  const [one, two] = await Promise.all([
    hearsay([...words, '--jobs', '1'], { cwd }),
    hearsay([...words, '--jobs', '2'], { cwd }),
  ]);
  expect([one.code, two.stdout]).toEqual([0, one.stdout]);
  await expect(one.stdout).toMatchFileSnapshot(`../golden/cli/${words[0]}.txt`);
  const [, again] = /^again: npx hearsay (.*)$/m.exec(one.stderr)!;
  expect(again).toMatch(/ --seed hearsay$/);
  const argv = [...again.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
  expect((await hearsay(argv, { cwd })).stdout).toBe(one.stdout);
});

test.concurrent.for(QUESTIONS)('hearsay %s as data', async (words, { expect }) => {
  const cwd = folderWith('push.yaml');
  const { code, stdout } = await hearsay([...words, '--seed', 'mine', '--format', 'json'], { cwd });
  expect([code, JSON.parse(stdout).seed]).toEqual([0, 'mine']);
});

test.concurrent('tune --out writes a table and a figure, and spares what is not its own', async () => {
  const cwd = folderWith('push.yaml');
  const words = ['tune', 'push.yaml', '--over', 'protocol.fanout=1,2', '--replicates', '3'];
  const { code, stderr } = await hearsay([...words, '--out', 'best'], { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain(`written: ${join('best', 'settings.csv')}`);
  const [head, first] = readFileSync(join(cwd, 'best', 'settings.csv'), 'utf8').split('\n');
  expect(head).toMatch(/^protocol_fanout,runs,status,best,to_99_ms,to_99_ms_ci_low,/);
  expect(first).toMatch(/^1,3,front,/);
  expect(existsSync(join(cwd, 'best', 'figures', 'front.svg'))).toBe(true);
  expect(await hearsay([...words, '--out', '.'], { cwd })).toMatchObject({
    ...{ code: 2, stdout: '' },
    stderr:
      "tune: --out . holds best, but no settings.csv, so it is not a tuning's; choose another folder\n",
  });
});

test('Ctrl-C ends a question with 130, and no answer', async () => {
  const cwd = folderWith('tune-cassandra.yaml');
  const words = ['compare', 'tune-cassandra.yaml', '--b-set', 'nodes=13', '--replicates', '200'];
  const { child, outcome } = start([...words, '--jobs', '1'], { cwd });
  await new Promise((resolve) => child.stderr!.once('data', resolve));
  await new Promise((resolve) => setTimeout(resolve, 300)); // the runs have begun
  child.kill('SIGINT');
  const { code, stdout, stderr } = await outcome;
  expect([code, stdout]).toEqual([130, '']);
  expect(stderr).toMatch(/compare: interrupted; nothing is kept\n$/);
});
