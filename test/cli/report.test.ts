/** `hearsay report` writes one page; whatever is wrong is a sentence. */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, hearsay } from './hearsay.ts';

const RESULTS = fileURLToPath(new URL('../../results/', import.meta.url));

/** A folder with results/quick/topology in it, where nothing has run at full size. */
function withResults(): string {
  const cwd = emptyFolder();
  cpSync(join(RESULTS, 'topology'), join(cwd, 'results', 'quick', 'topology'), { recursive: true });
  return cwd;
}

test.concurrent('writes report.html of what there is, and says how much that is', async () => {
  const cwd = withResults();
  const { code, stdout, stderr } = await hearsay(['report'], { cwd });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^report\.html: 1 experiment, 8 findings, \d\.\d MB\n$/);
  expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toContain('<article id="topology"');
});

test.concurrent('takes folders of one experiment, and another place', async () => {
  const cwd = withResults();
  const words = ['report', 'results/quick/topology', '--out', 'page.html'];
  const { code, stdout } = await hearsay(words, { cwd });
  expect([code, stdout.split(':')[0]]).toEqual([0, 'page.html']);
  expect(existsSync(join(cwd, 'report.html'))).toBe(false);
});

test.concurrent('says what is missing and changed, and reports the rest', async () => {
  const cwd = withResults();
  const folder = join(cwd, 'results', 'quick', 'topology');
  rmSync(join(folder, 'figures', 'rounds.svg'));
  writeFileSync(join(folder, 'rows.csv'), 'other');
  const { code, stdout, stderr } = await hearsay(['report'], { cwd });
  expect([code, stdout.slice(0, 26)]).toEqual([0, 'report.html: 1 experiment,']);
  expect(stderr.trim().split('\n')).toEqual([
    'results/quick/topology/rows.csv is not what run.json records: it was changed since',
    'results/quick/topology/figures/rounds.svg is missing, which run.json records',
  ]);
});
