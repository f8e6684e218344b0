/** Scenario files at the door: tables, data, and what is refused. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, hearsay } from './hearsay.ts';

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

test.concurrent('a table says what each measure is; --set changes what is asked', async () => {
  const { code, stdout } = await hearsay(['simulate', PUSH, '--set', 'loss=0.5']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^lost_frac +0\.[45]\d+ +1 +messages lost under way$/m);
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
