/** The search for faults, at the door. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, hearsay, start } from './hearsay.ts';

const PUSH = fileURLToPath(new URL('../../experiments/scenarios/push.yaml', import.meta.url));
const SMALL = ['--set', 'nodes=6', '--set', 'duration=6s'];

test.concurrent('what is found is a scenario file, and simulate measures in it what was found', async ({
  expect,
}) => {
  const cwd = emptyFolder();
  const words = ['--for', 'reached_all = false', '--faults', 'crash', '--out', 'found.yaml'];
  const { code, stdout, stderr } = await hearsay(['hunt', PUSH, ...words, ...SMALL], { cwd });
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/^schedule \d+, and \d+ tried to make it smaller: reached_all is false$/m);
  expect(stderr).toMatch(/^again: npx hearsay simulate found.yaml$/m);
  const found = readFileSync(join(cwd, 'found.yaml'), 'utf8');
  await expect(found).toMatchFileSnapshot('../golden/cli/hunt.yaml');
  const again = await hearsay(['simulate', 'found.yaml', '--format', 'csv'], { cwd });
  expect(again.stdout).toContain('false');
});

test.concurrent('what is found without --out goes to stdout; a name is had again by hunt', async () => {
  const cwd = emptyFolder();
  const words = ['--for', 'invariants', '--tries', '2', '--faults', 'clock'];
  const { code, stdout, stderr } = await hearsay(['hunt', PUSH, ...words, ...SMALL], { cwd });
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toBe(
    'seed hunt, at most 2 schedules of clock\nnothing found in 2 schedules: invariants did not happen\n',
  );
});

test.concurrent('Ctrl-C says what was tried so far', async () => {
  const words = ['--for', 'invariants', '--tries', '1000000', '--faults', 'clock'];
  const { child, outcome } = start(['hunt', PUSH, ...words, ...SMALL]);
  child.stderr!.once('data', () => child.kill('SIGINT'));
  const { code, stdout, stderr } = await outcome;
  expect([code, stdout]).toEqual([130, '']);
  expect(stderr).toMatch(
    /^seed hunt, .*\n(stopping .*\n)?hunt: interrupted; nothing found in [\d,]+ of 1,000,000 schedules\n$/,
  );
});

test.concurrent.each([
  [[], 'hunt: name one scenario file'],
  [[PUSH], 'hunt: say what to look for, as in --for false-death'],
  [['none.yaml', '--for', 'false-death'], 'hunt: there is no file none.yaml'],
  [[PUSH, '--for', 'reached_all'], 'got "reached_all". As in "reached_all > 0"?'],
])('%# is refused', async (words, sentence) => {
  const { code, stdout, stderr } = await hearsay(['hunt', ...words]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(sentence);
});
