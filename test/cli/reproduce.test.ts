/** What differs is named, with the first line that does. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { emptyFolder, fixture, hearsay } from './hearsay.ts';

const cwd = emptyFolder();
const rows = join(cwd, 'results', 'custom', 'tiny', 'rows.csv');
let original = '';

beforeAll(async () => {
  await hearsay(['run', fixture('tiny'), '--replicates', '2'], { cwd });
  original = readFileSync(rows, 'utf8');
});

test('a changed value ends with 1 and shows the line', async () => {
  writeFileSync(rows, original.replace('tiny,0,1,', 'tiny,0,9,'));
  const { code, stdout } = await hearsay(['reproduce', '--results', 'results/custom'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^tiny +rows\.csv +differs$/m);
  expect(stdout).toMatch(/^tiny +summary\.csv +same$/m);
  expect(stdout).toMatch(
    /rows\.csv: line 3 was\n {2}tiny,0,9,tiny\/1,.*\nand is now\n {2}tiny,0,1,tiny\/1,/,
  );
  expect(stdout).toMatch(/\n6 files in 1 experiment: 1 differs\n$/);
});

test('a line too many is shown', async () => {
  writeFileSync(rows, `${original}one more\n`);
  const { code, stdout } = await hearsay(
    ['reproduce', 'tiny', '--results', 'results/custom', '--format', 'json'],
    { cwd },
  );
  expect(code).toBe(1);
  const [different] = JSON.parse(stdout).filter((of: { same: boolean }) => !of.same);
  expect(different).toMatchObject({ file: 'rows.csv', same: false });
  expect(different.why).toMatch(/line 6 was\n {2}one more\nand is now\n {2}$/);
});

test('the folder itself may be named', async () => {
  writeFileSync(rows, original);
  const { code, stdout } = await hearsay(['reproduce', 'results/custom/tiny'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('all the same');
});
