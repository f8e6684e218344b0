/** The built command line as a child process, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

export const fixture = (name: string): string =>
  fileURLToPath(new URL(`./fixtures/${name}.mjs`, import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Where {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hearsay-cli-'));
  folders.push(folder);
  return folder;
}

export function start(words: readonly string[], { cwd, env }: Where = {}) {
  const { HEARSAY_DEBUG: _, NO_COLOR: __, ...own } = process.env;
  const child = spawn(process.execPath, [MAIN, ...words], {
    cwd: cwd ?? emptyFolder(),
    env: { ...own, ...env },
  });
  return { child, outcome: outcomeOf(child) };
}

export const hearsay = (words: readonly string[], where?: Where): Promise<Outcome> =>
  start(words, where).outcome;

async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let [stdout, stderr] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout, stderr };
}
