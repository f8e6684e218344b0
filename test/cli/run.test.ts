/** One experiment through the door, from the words to the files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { emptyFolder, fixture, hearsay, type Outcome } from './hearsay.ts';

const TINY = fixture('tiny');
const ESCAPE = '\u001b';

describe('a finished run', () => {
  const cwd = emptyFolder();
  let first: Outcome;
  beforeAll(async () => {
    first = await hearsay(['run', TINY, '--out', 'out'], { cwd });
  });

  test('ends with 0', () => expect(first.code).toBe(0));

  test('says the seed first, then how much there is to do', () => {
    expect(first.stderr).toMatch(
      /^seed tiny\n1 experiment, 2 cells, 40 runs: about .* on \d+ threads?, .* of memory\n/,
    );
  });

  test('prints findings, answer, remarks and where files lie', () => {
    for (const part of [
      'tiny: How long does push take among a few?',
      'rounds to all',
      'tiny: reproduced',
      'Answer: About ',
      'Remark: Small.',
      'Tables in out/tiny/: rows.csv, summary.csv, findings.csv.',
      'Figures in out/tiny/figures/: rounds (.svg, .png, and .vl.json to edit).',
      'All claims: out/claims.csv',
    ])
      expect(first.stdout).toContain(part);
  });

  test('prints last the command that repeats it', () => {
    expect(first.stdout).toMatch(/Run again: npx hearsay run \S+tiny\.mjs --out out\n$/);
  });

  test('leaves tables, figures, run.json and the claims', () => {
    expect(readdirSync(join(cwd, 'out', 'tiny', 'figures')).sort()).toEqual([
      'rounds.png',
      'rounds.svg',
      'rounds.vl.json',
    ]);
    for (const file of ['tiny/rows.csv', 'tiny/run.json', 'claims.csv'])
      expect(existsSync(join(cwd, 'out', file))).toBe(true);
  });

  test('shows no escape codes in a pipe, not even with colours demanded', async () => {
    const again = await hearsay(['run', TINY, '--out', 'out'], { cwd, env: { FORCE_COLOR: '1' } });
    expect(again.stdout + again.stderr).not.toContain(ESCAPE);
  });

  test('is not run a second time', async () => {
    const again = await hearsay(['run', TINY, '--out', 'out'], { cwd });
    expect(again.stderr).toContain('40 runs: all finished before\n');
    expect(again.stdout).toBe(first.stdout);
  });

  test('more replicates run only what is new', async () => {
    const more = await hearsay(['run', TINY, '--out', 'out', '--replicates', '25', '--dry-run'], {
      cwd,
    });
    expect(more.stdout).toContain('2 cells, 50 runs, 10 of them to do');
  });

  test('reproduces byte for byte', async () => {
    const { code, stdout } = await hearsay(['reproduce', '--results', 'out'], { cwd });
    expect(stdout).toMatch(/\n6 files in 1 experiment: all the same\n$/);
    expect(code).toBe(0);
  });
});

test('--format json is one JSON value on stdout', async () => {
  const { code, stdout } = await hearsay(['run', TINY, '--quick', '--format', 'json']);
  const { experiments, failures } = JSON.parse(stdout);
  expect([code, failures]).toEqual([0, []]);
  expect(experiments[0]).toMatchObject({
    experiment: 'tiny',
    seed: 'tiny',
    size: 'quick',
    runs: 5,
    ran: 5,
    folder: 'results/quick/tiny',
    findings: [{ quantity: 'rounds to all', at: 'n = 8', basis: 'theory' }],
  });
});

test('--dry-run writes nothing', async () => {
  const cwd = emptyFolder();
  const { code, stdout } = await hearsay(['run', TINY, '--dry-run'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^tiny \(full\) -> results\/tiny\n {2}n = 8, 16\n {2}2 cells, 40 runs, 40 of them/,
  );
  expect(readdirSync(cwd)).toEqual([]);
});

test('the last --jobs wins', async () => {
  const { stderr } = await hearsay(['run', TINY, '--dry-run', '-j', '7', '--jobs', '3']);
  expect(stderr).toContain('on 3 threads');
});

test.each([
  [[], 'results'],
  [['--quick'], 'results/quick'],
  [['--seed', 'other'], 'results/custom'],
  [['--set', 'n=9'], 'results/custom'],
  [['--replicates', '3'], 'results/custom'],
  [['--seed', 'other', '--quick'], 'results/quick'],
  [['--seed', 'other', '--out', 'mine'], 'mine'],
])('results of run %j go to %s', async (words, root) => {
  const { stdout } = await hearsay(['run', TINY, '--dry-run', ...words]);
  expect(stdout).toContain(`-> ${root}/tiny\n`);
});

test('a cell that fails ends with 1 and the command that repeats it', async () => {
  const cwd = emptyFolder();
  const { code, stdout, stderr } = await hearsay(
    ['run', fixture('failing'), TINY, '--out', 'out'],
    { cwd },
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/failing: 1 of 2 cells failed, so no results were written/);
  expect(stderr).toMatch(
    /two is too many; npx hearsay run \S+failing\.mjs --seed failing .* --out out repeats it/,
  );
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toContain('tiny: reproduced');
  expect(readFileSync(join(cwd, 'out', 'claims.csv'), 'utf8')).not.toContain('failing');
});

test('what nobody expected names the experiment, its seed and the command, and ends with 1', async () => {
  const { code, stderr } = await hearsay(['run', fixture('mistaken'), '--seed', 'mine']);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /\nBUG: no such cell \(experiment mistaken, seed "mine"\); this repeats it, .*: npx hearsay run \S+mistaken\.mjs --seed mine\n$/,
  );
});
