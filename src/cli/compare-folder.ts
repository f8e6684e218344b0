/** Reproduces one folder; where a file differs, finds out in which line. */
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Files } from '../experiment/folder.ts';
import { readPlain } from '../experiment/record.ts';
import { type Comparison, reproduce } from '../experiment/reproduce.ts';
import { tables } from '../experiment/tables.ts';
import type { SharedThreads } from '../experiment/workers.ts';
import { prepareToDraw } from '../report/render.ts';
import { finish } from './finish.ts';
import { progress, timeLeft } from './progress.ts';

export interface Compared {
  readonly folder: string;
  readonly file: string;
  readonly same: boolean;
  /** Where it differs, in a sentence. */
  readonly why?: string;
}

interface Manner {
  readonly name: string;
  readonly jobs: number;
  readonly threads: SharedThreads;
  readonly signal: AbortSignal;
}

export async function compareFolder(folder: string, manner: Manner): Promise<Compared[]> {
  const { name, jobs, threads, signal } = manner;
  const start = Date.now();
  const shown = await progress(name, { done: 0, total: 1 }, signal);
  prepareToDraw();
  let made: () => Files = () => ({});
  try {
    const comparisons = await reproduce(folder, {
      jobs,
      threads,
      signal,
      onWarning: shown.note,
      onProgress(done, total, _cell, share) {
        shown.update({ done, total, left_s: timeLeft(start, share) });
      },
      async finish(result) {
        const figures = await finish(result);
        made = () => ({ ...tables(result), ...figures });
        return figures;
      },
    });
    return comparisons.map((of) => compared(folder, of, made));
  } finally {
    shown.stop();
  }
}

function compared(
  folder: string,
  { file, same, expected, found }: Comparison,
  made: () => Files,
): Compared {
  if (same) return { folder, file, same };
  const path = join(folder, file);
  if (expected === null) return { folder, file, same, why: `${path}: not there, but made now` };
  if (found === null) return { folder, file, same, why: `${path}: there, but not made now` };
  if (expected === found)
    return { folder, file, same, why: `${path}: made the same, but run.json records another hash` };
  const before = readPlain(folder, file)!;
  return { folder, file, same, why: `${path}: ${firstDifference(before, plain(made(), file))}` };
}

/** The content of a file that was made, not compressed. */
function plain(files: Files, file: string): Uint8Array {
  const content = files[file];
  return content === undefined ? gunzipSync(files[`${file}.gz`]) : Buffer.from(content);
}

const LONGEST = 200; // characters of a line that are shown

function firstDifference(before: Uint8Array, now: Uint8Array): string {
  const [a, b] = [before, now].map((bytes) => Buffer.from(bytes));
  if (a.includes(0) || b.includes(0)) return 'the bytes differ';
  const [was, is] = [a, b].map((bytes) => bytes.toString('utf8').split('\n'));
  const line = was.findIndex((text, i) => text !== is[i]);
  const at = line === -1 ? was.length : line;
  const show = (text: string | undefined) =>
    text === undefined ? '(no such line)' : text.slice(0, LONGEST);
  return `line ${at + 1} was\n  ${show(was[at])}\nand is now\n  ${show(is[at])}`;
}
