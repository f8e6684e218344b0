/**
 * What a run on one machine has finished: a line per run, appended and never rewritten, so that Ctrl-C and kill -9 lose
 * nothing finished. Torn and damaged lines count as not there.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
} from 'node:fs';
import { notWritable } from './folder.ts';
import { type Keeper, type KeptRun, lineOf, parsed } from './kept-run.ts';
import type { Cell } from './model.ts';

/** The runs of a journal, and how many of its lines are damaged. */
export function readJournal(path: string): { runs: KeptRun[]; damaged: number } {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const runs = lines.map(parsed).filter((run) => run !== undefined);
  const written = lines.filter((line) => line !== '').length;
  return { runs, damaged: written - runs.length };
}

export class Journal implements Keeper {
  readonly #path: string;
  #torn: boolean; // the last line lacks its end

  constructor(path: string) {
    this.#path = path;
    this.#torn = isTorn(path);
  }

  /** Writes the runs in one piece, before it returns. */
  keep(_cell: Cell, runs: readonly KeptRun[]): void {
    const lines = runs.map(lineOf).join('');
    try {
      appendFileSync(this.#path, this.#torn ? `\n${lines}` : lines);
    } catch (error) {
      throw notWritable(this.#path, error);
    }
    this.#torn = false;
  }

  async settled(): Promise<void> {}
}

/** The last line lacks its end: the process was killed within it. */
function isTorn(path: string): boolean {
  if (!existsSync(path)) return false;
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== '\n';
  } finally {
    closeSync(file);
  }
}
