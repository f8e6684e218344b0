/** Traces, at the door. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, hearsay, start } from './hearsay.ts';

const PUSH = fileURLToPath(new URL('../../experiments/scenarios/push.yaml', import.meta.url));
const SMALL = ['--set', 'nodes=5', '--set', 'duration=3s'];

test.concurrent('a trace to read goes to stdout, what it is and how to have it again to stderr', async ({
  expect,
}) => {
  const words = ['trace', PUSH, ...SMALL, '--until', '1500ms', '--only', 'facts,messages'];
  const { code, stdout, stderr } = await hearsay(words);
  expect(code).toBe(0);
  await expect(stdout).toMatchFileSnapshot('../golden/cli/trace.txt');
  expect(stderr).toMatch(
    /^seed hearsay, replicate 0\n\d+ of \d+ happenings\nagain: npx hearsay trace /,
  );
  const again = /^again: npx hearsay (.*)$/m.exec(stderr)![1].split(' ');
  expect((await hearsay(again)).stdout).toBe(stdout);
});

test.concurrent('the name of a file says which format it has, unless --format does', async () => {
  const cwd = emptyFolder();
  const words = ['trace', PUSH, ...SMALL, '--seed', 's', '--replicate', '2'];
  const { code, stdout, stderr } = await hearsay([...words, '--out', 'run.pcap'], { cwd });
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toContain(' happenings -> run.pcap\n');
  expect(readFileSync(join(cwd, 'run.pcap')).readUInt32LE(0)).toBe(0xa1b23c4d);
  await hearsay([...words, '--format', 'text', '--out', 'run.csv'], { cwd });
  expect(readFileSync(join(cwd, 'run.csv'), 'utf8')).toMatch(
    /^# push\.yaml, nodes=5, duration=3s, seed s, replicate 2\n/,
  );
});

test.concurrent('a reader that goes away ends it quietly', async () => {
  const { child, outcome } = start(['trace', PUSH]);
  child.stdout.once('data', () => child.stdout.destroy());
  const { code, stderr } = await outcome;
  expect([code, stderr]).toEqual([0, 'seed hearsay, replicate 0\n']);
});

test.concurrent('what cannot be written fails with a sentence', async () => {
  const { code, stderr } = await hearsay([
    'trace',
    PUSH,
    ...SMALL,
    '--format',
    'text',
    '--out',
    '/dev/full',
  ]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/\nhearsay: trace: --out \/dev\/full cannot be written: ENOSPC.*\n$/);
});

test.concurrent.each([
  [[], 'trace: name one scenario file, as in hearsay trace cluster.yaml; got none'],
  [
    [PUSH, '--out', 'run.jsn'],
    'trace: the name of --out run.jsn does not say which format it has. Did you mean .json? Known: .txt, .trace, .csv, .parquet, .json, .log, .shiviz, .pcap, .gexf, .graphml; or add --format',
  ],
  [[PUSH, '--nodes', '1,40-50'], 'trace: --nodes must be from 0 to 49; got "40-50"'],
  [
    [PUSH, '--from', '3s', '--until', '2s'],
    'trace: --until must not be before --from; got 3s and 2s',
  ],
])('%j is refused', async (words, sentence) => {
  const cwd = emptyFolder();
  const { code, stdout, stderr } = await hearsay(['trace', ...words], { cwd });
  expect([code, stdout, stderr]).toEqual([2, '', `${sentence}\n`]);
  expect(readdirSync(cwd)).toEqual([]);
});
