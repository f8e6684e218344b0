/** Temporary folders, fixtures, and what a folder of results holds. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { DIST } from '../../../src/experiment/package.ts';
import { findExperiment } from '../../../src/experiment/registry.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

export function temporary(): string {
  made.push(mkdtempSync(join(tmpdir(), 'hearsay-test-')));
  return made[made.length - 1];
}

export const fixturePath = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/${name}.mjs`, import.meta.url));

export const fixture = (name: string) => findExperiment(fixturePath(name));

/** The fixture with its text changed, as a module of its own. */
export function changedFixture(name: string, change: (text: string) => string) {
  const dist = pathToFileURL(`${DIST}/`).href;
  const text = readFileSync(fixturePath(name), 'utf8').replaceAll('../../../dist/', dist);
  const path = join(temporary(), `${name}.mjs`);
  writeFileSync(path, change(text));
  return findExperiment(path);
}

/** File -> content, of every CSV of a folder. */
export const csvFiles = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.csv'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );

export const journalOf = (folder: string): string => join(folder, '.cells', 'journal.jsonl');

export const journalLines = (folder: string): string[] =>
  existsSync(journalOf(folder))
    ? readFileSync(journalOf(folder), 'utf8').split('\n').slice(0, -1)
    : [];

/** The sentence of the UserError that the action ends with. */
export async function refusal(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    // By name: a fixture's own comes from dist.
    if (error instanceof Error && error.name === UserError.name) return error.message;
    throw error;
  }
  throw new Error('expected a UserError; nothing was thrown');
}
