/** What the README shows works: its code runs, its tables are those of the sources and the results. Its commands: test/docs/. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runScripts, userFolder } from './docs/documents.ts';

const node = (...args: string[]) => execFileSync(process.execPath, args, { encoding: 'utf8' });

test('the protocol of one screen runs as it stands, as a user of the package would write it', () => {
  const folder = userFolder();
  try {
    const [{ stdout }] = runScripts('README.md', folder);
    expect(stdout).toMatch(/^\d+(\.\d+)? ms to 99 % \d+ messages [0-9a-f]{16}\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what is written into it and into docs/ by npm run readme is as it would be written', () => {
  expect(node('scripts/update-readme.mjs', '--check')).toBe('');
});

test('every experiment runs a protocol of the table', () => {
  const table = readFileSync('docs/protocols.md', 'utf8');
  const experiments = readdirSync('experiments').filter((file) => file.endsWith('.ts'));
  expect(experiments.length).toBeGreaterThan(50);
  for (const file of experiments) expect(table).toContain(`[${file.slice(0, -'.ts'.length)}](`);
});
