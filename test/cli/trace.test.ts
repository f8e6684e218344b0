/** Traces, at the door. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
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
  const starts: Readonly<Record<string, string>> = {
    'run.txt': '# push.yaml, nodes=5, duration=3s, seed s, replicate 2',
    'run.csv': 'happening,time_ms,what',
    'run.parquet': 'PAR1',
    'run.json': '{"displayTimeUnit":"ms"',
    'run.log': 'n0 {"n0": 1}\nstarts',
    'run.pcap': '\x4d\x3c\xb2\xa1',
    'run.gexf': '<?xml version="1.0" encoding="UTF-8"?>\n<gexf',
    'run.graphml': '<?xml version="1.0" encoding="UTF-8"?>\n<graphml',
  };
  for (const [out, begins] of Object.entries(starts)) {
    const words = ['trace', PUSH, ...SMALL, '--seed', 's', '--replicate', '2', '--out', out];
    const { code, stdout, stderr } = await hearsay(words, { cwd });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain(` happenings -> ${out}\n`);
    expect(readFileSync(join(cwd, out), 'latin1').slice(0, begins.length)).toBe(begins);
  }
  const words = ['trace', PUSH, ...SMALL, '--format', 'csv', '--out', 'any.name'];
  expect((await hearsay(words, { cwd })).code).toBe(0);
  expect(readFileSync(join(cwd, 'any.name'), 'utf8')).toContain('happening,time_ms');
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
  [
    ['--out', 'run.jsn'],
    'trace: the name of --out run.jsn does not say which format it has. Did you mean .json? Known: .txt, .trace, .csv, .parquet, .json, .log, .shiviz, .pcap, .gexf, .graphml; or add --format',
  ],
  [['--out', 'run'], 'trace: the name of --out run does not say which format it has. Known: '],
  [['--out', 'no/run.txt'], 'trace: --out no/run.txt: there is no folder no\n'],
  [['--out', 'folder', '--format', 'csv'], 'trace: --out folder is a folder; name a file\n'],
  [
    ['--format', 'otlp'],
    'trace: --format must be text or csv or parquet or chrome or shiviz or pcap or gexf or graphml; got "otlp"\n',
  ],
  [
    ['--from', '3'],
    'trace: --from must be a time such as 250ms, 30s or 10m; got "3". Did you mean 3s?\n',
  ],
  [['--from', 'soon'], 'trace: --from must be a time such as 250ms, 30s or 10m; got "soon".\n'],
  [['--until=-1s'], 'trace: --until must be a time such as 250ms, 30s or 10m; got "-1s".\n'],
  [['--from', '3s', '--until', '2s'], 'trace: --until must not be before --from; got 3s and 2s\n'],
  [['--nodes', '3,x'], 'trace: --nodes must be numbers and ranges, as in 3,5-9; got "3,x"\n'],
  [['--nodes', '9-3'], 'trace: --nodes must be numbers and ranges, as in 3,5-9; got "9-3"\n'],
  [['--nodes', '1,40-50'], 'trace: --nodes must be from 0 to 49; got "40-50"\n'],
  [
    ['--only', 'fact'],
    'trace: --only: there is no "fact". Did you mean facts? Known: facts, messages, faults\n',
  ],
  [['--replicate', '-1'], 'trace: --replicate must be a whole number in 0..1000000000; got -1\n'],
  [['--set', 'nodez=3'], '--set nodez: "nodez" is not known here; nearest: nodes.\n'],
])('%j is refused', async (words, sentence) => {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'folder'));
  const { code, stdout, stderr } = await hearsay(['trace', PUSH, ...words], { cwd });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(sentence);
  expect(stderr.trimEnd()).not.toContain('\n');
  expect(readdirSync(cwd)).toEqual(['folder']);
});

test.concurrent('one scenario file is named', async () => {
  const { code, stderr } = await hearsay(['trace']);
  expect([code, stderr]).toEqual([
    2,
    'trace: name one scenario file, as in hearsay trace cluster.yaml; got none\n',
  ]);
});
