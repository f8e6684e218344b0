/** Ctrl-C keeps what is finished, and the same command goes on from there. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { interruptible } from '../../src/cli/interrupt.ts';
import { emptyFolder, fixture, hearsay, start } from './hearsay.ts';

const WORDS = ['run', fixture('tedious'), '--out', 'out', '--jobs', '1'];

test('Ctrl-C ends with 130, writes no results, and the next run goes on', async () => {
  const cwd = emptyFolder();
  const { child, outcome } = start(WORDS, { cwd });
  await firstRun(cwd, child);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await outcome;
  expect([code, stdout]).toEqual([130, '']);
  expect(stderr).toMatch(
    /interrupted; what is finished is kept\. This goes on from there: npx hearsay run \S+tedious\.mjs --out out\n$/,
  );
  expect(existsSync(join(cwd, 'out', 'tedious', 'run.json'))).toBe(false);

  const next = await hearsay([...WORDS, '--replicates', '3'], { cwd });
  expect(next.stderr).toMatch(/3 runs: all finished before|3 runs, [12] finished before/);
  expect(next.code).toBe(0);
  expect(readFileSync(join(cwd, 'out', 'tedious', 'rows.csv'), 'utf8').split('\n')).toHaveLength(5);
});

test('the first Ctrl-C asks to stop, the second one ends at once', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  const { signal, release } = interruptible();
  process.emit('SIGINT');
  expect(signal.aborted).toBe(true);
  expect(exit).not.toHaveBeenCalled();
  process.emit('SIGINT');
  expect(exit).toHaveBeenCalledExactlyOnceWith(130);
  release();
  vi.restoreAllMocks();
});

/** Resolves when a run is finished and another is on its way. */
async function firstRun(cwd: string, child: ChildProcess): Promise<void> {
  const journal = join(cwd, 'out', 'tedious', '.cells', 'journal.jsonl');
  while (!existsSync(journal) || readFileSync(journal, 'utf8') === '') {
    expect(child.exitCode).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
