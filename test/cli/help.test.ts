/** Help texts are goldens: a change of the door is seen and meant. */
import { test } from 'vitest';
import { hearsay } from './hearsay.ts';

const VERBS = [
  'list',
  'run',
  'simulate',
  'sweep',
  'compare',
  'find',
  'tune',
  'hunt',
  'explain',
  'trace',
  'replay',
  'plot',
  'report',
  'schema',
  'collect',
  'export',
  'cluster',
  'worker',
  'reproduce',
  'detect',
  'bench',
  'completion',
];

test.concurrent('hearsay --help shows the verbs', async ({ expect }) => {
  const { code, stdout, stderr } = await hearsay(['--help']);
  expect([code, stderr]).toEqual([0, '']);
  await expect(stdout).toMatchFileSnapshot('../golden/cli/help.txt');
});

test.concurrent.for(VERBS)(
  'hearsay %s --help shows options and examples',
  async (verb, { expect }) => {
    const { code, stdout, stderr } = await hearsay([verb, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Examples:\n  npx hearsay ${verb}`);
    await expect(stdout).toMatchFileSnapshot(`../golden/cli/help-${verb}.txt`);
  },
);

test.concurrent('hearsay alone shows the help', async ({ expect }) => {
  const { code, stdout } = await hearsay([]);
  expect(code).toBe(0);
  expect(stdout).toBe((await hearsay(['-h'])).stdout);
});

test.concurrent('--version prints the version of the package', async ({ expect }) => {
  const { code, stdout } = await hearsay(['--version']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.concurrent('completion prints a script for the shell that is named', async ({ expect }) => {
  const [bash, zsh] = await Promise.all([
    hearsay(['completion', 'bash']),
    hearsay(['completion', 'zsh']),
  ]);
  expect(bash.stdout).toContain('complete -o bashdefault');
  expect(zsh.stdout).toContain('#compdef hearsay');
});

test.concurrent('the completion script is answered with verbs, then names and options', async ({
  expect,
}) => {
  const ask = (...words: string[]) => hearsay(['--get-yargs-completions', 'hearsay', ...words]);
  const [verbs, after] = await Promise.all([ask(''), ask('run', '')]);
  expect(verbs.stdout.trim().split('\n')).toEqual(VERBS);
  expect(after.stderr).toBe('');
  expect(after.stdout.split('\n')).toEqual(expect.arrayContaining(['tour', 'fanout', '--quick']));
});
