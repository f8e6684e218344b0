/** Scenario files at the door: tables, data, and what is refused. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, hearsay } from './hearsay.ts';

const SMALL = 'nodes: 10\nduration: 8s\nprotocol: push\n';
const SWIM = 'nodes: 5\nduration: 36s\nprotocol: swim\n';

function folderWith(text: string): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'cluster.yaml'), text);
  return cwd;
}

const PUSH = fileURLToPath(new URL('../../experiments/scenarios/push.yaml', import.meta.url));

test.concurrent('a scenario gives the same bytes again, by the command that it tells', async () => {
  const words = ['simulate', PUSH, '--replicates', '2', '--seed', 'mine', '--format', 'csv'];
  const [first, second] = await Promise.all([hearsay(words), hearsay(words)]);
  expect(first).toEqual(second);
  expect([first.code, first.stdout.split('\n').length]).toEqual([0, 4]);
  expect(first.stderr).toBe(
    `seed mine, 2 runs\nagain: npx hearsay simulate ${PUSH} --replicates 2 --seed mine --format csv\n`,
  );
});

test.concurrent('--measure says which columns CSV has', async () => {
  const asked = ['--measure', 'to_99_ms', '--measure', 'reached_all'];
  const { stdout } = await hearsay(['simulate', PUSH, ...asked, '--format', 'csv']);
  expect(stdout.split('\n')[0]).toBe('replicate,seed,hash,reached_all,to_99_ms');
});

test.concurrent('a table says what each measure is; --set changes what is asked', async () => {
  const { code, stdout } = await hearsay(['simulate', PUSH, '--set', 'loss=0.5']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^lost_frac +0\.[45]\d+ +1 +messages lost under way$/m);
});

test.concurrent('--draw shows how it goes on, in Braille or in ASCII', async () => {
  const words = ['simulate', PUSH, '--draw', '--measure', 'to_all_ms'];
  const [utf8, plain] = await Promise.all(
    ['en_US.UTF-8', 'C'].map((LC_ALL) => hearsay(words, { env: { LC_ALL } })),
  );
  expect(utf8.stderr).toMatch(/ --seed hearsay --draw\n$/);
  await expect(utf8.stdout).toMatchFileSnapshot('../golden/cli/simulate-draw.txt');
  await expect(plain.stdout).toMatchFileSnapshot('../golden/cli/simulate-draw-ascii.txt');
});

test.concurrent('--show-config prints every default, and runs nothing', async () => {
  const { code, stdout, stderr } = await hearsay(['simulate', PUSH, '--show-config']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('  fanout: 1\n');
  expect(stdout).toContain('# bandwidth: no limit\n');
});

test.concurrent('a broken file is one sentence with its place, and exit code 2', async () => {
  const cwd = emptyFolder();
  const text = 'nodes: 10\nduration: 5s\nprotocol: push\nloss: 5\n';
  writeFileSync(join(cwd, 'cluster.yaml'), text);
  expect(await hearsay(['simulate', 'cluster.yaml'], { cwd })).toEqual({
    ...{ code: 2, stdout: '' },
    stderr: 'cluster.yaml:4:7: loss must be a share from 0 to 1; got 5. Did you mean 0.05?\n',
  });
});

test.concurrent('hearsay schema is JSON Schema', async () => {
  const { code, stdout } = await hearsay(['schema']);
  expect([code, JSON.parse(stdout).$schema]).toEqual([
    0,
    'https://json-schema.org/draft/2020-12/schema',
  ]);
});

test.concurrent('what was never counted is told with its bound', async () => {
  const words = ['simulate', 'cluster.yaml', '--replicates', '10'];
  const { stdout } = await hearsay(words, { cwd: folderWith(SWIM) });
  // 10 runs of 5 x 4 pairs for 0.01 h are 2 pair-hours; -ln 0.025 = 3.689
  expect(stdout).toContain('\n0 mistakes in 2 pair-hours: below 1.84 per pair-hour at 95 %.\n');
  expect(stdout).toMatch(/^mistakes_per_pair_h +0, below 1\.8 +10 /m);
});

test.concurrent('--precision adds runs until it is reached, and the same at any number of threads', async () => {
  const cwd = folderWith(SMALL);
  const words = ['simulate', 'cluster.yaml', '--precision', '10%', '--measure', 'to_all_ms'];
  const json = ['--min-replicates', '10', '--format', 'json'];
  const [one, two] = await Promise.all(
    ['1', '2'].map((jobs) => hearsay([...words, ...json, '--jobs', jobs], { cwd })),
  );
  expect(two).toEqual(one);
  const { replicates, precision, estimates, runs } = JSON.parse(one.stdout);
  expect([precision.reached, runs.length]).toEqual([true, replicates]);
  const { value, high } = estimates.to_all_ms;
  expect((high - value) / value).toBeLessThanOrEqual(0.1);
  expect(one.stderr).toContain('again: npx hearsay simulate cluster.yaml --precision 10%');
});

test.concurrent('what --max-replicates does not reach is said, and the exit code stays 0', async () => {
  const words = ['simulate', 'cluster.yaml', '--precision', '1%', '--max-replicates', '10'];
  const { code, stdout, stderr } = await hearsay(words, { cwd: folderWith(SMALL) });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^to_99_ms +\S+ \[\S+ \S+\] +10 /m);
  expect(stderr).toMatch(
    /^Not within 1% after 10 replicates: to_99_ms \(\S+ ± \d+, not ± \d+\), .*\. More: --max-replicates\.$/m,
  );
});

test.concurrent('quantiles come with intervals of their own; too few runs are a dash', async () => {
  const words = ['simulate', 'cluster.yaml', '--replicates', '40', '--measure', 'to_all_ms'];
  const quantiles = ['--quantiles', '0.5,0.99'];
  const { stdout } = await hearsay([...words, ...quantiles], { cwd: folderWith(SMALL) });
  expect(stdout).toMatch(/^measure +mean \[95 % CI\] +p50 \[95 % CI\] +p99 \[95 % CI\] +runs$/m);
  expect(stdout).toMatch(/^to_all_ms .*\] +[\d,]+ \[[\d,]+, –\] +\d+$/m);
});

test.concurrent.each([
  [['--precision', '5%', '--measure', 'to_9_ms'], 'Did you mean to_99_ms?'],
  [['--quantiles', '0.5,99'], '--quantiles must be numbers between 0 and 1'],
])('%j is refused in a sentence', async (words, sentence) => {
  const cwd = folderWith(SMALL);
  const { code, stdout, stderr } = await hearsay(['simulate', 'cluster.yaml', ...words], { cwd });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(sentence);
});

test.concurrent('the table, and every default, as they have always been', async ({ expect }) => {
  const [table, config] = await Promise.all([
    hearsay(['simulate', PUSH, '--replicates', '5']),
    hearsay(['simulate', PUSH, '--show-config']),
  ]);
  await expect(table.stdout).toMatchFileSnapshot('../golden/cli/simulate.txt');
  await expect(config.stdout).toMatchFileSnapshot('../golden/cli/show-config.yaml');
});

test.concurrent('the schema beside the examples is what hearsay schema prints', async () => {
  const { stdout } = await hearsay(['schema']);
  const beside = new URL('../../experiments/scenarios/scenario.schema.json', import.meta.url);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(beside, 'utf8')));
});
