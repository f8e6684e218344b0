/** Everything that was finished in a folder, whoever ran it: the journal of whole runs and the cell files of shards. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CELL_FILE, readCellFile } from './cell-files.ts';
import { CELLS, JOURNAL, shardCorners } from './folder.ts';
import { readJournal } from './journal.ts';
import type { KeptRun } from './kept-run.ts';
import type { Ran } from './result.ts';

export interface Kept {
  readonly runs: Map<string, Ran>; // [run key]
  /** What is damaged and therefore not among the runs, a sentence for each file. */
  readonly damaged: readonly string[];
}

/** Of any experiment, seed and version: what a plan can use of it, its keys tell. */
export function readKept(folder: string): Kept {
  const runs = new Map<string, Ran>();
  const damaged: string[] = [];
  const take = (found: readonly KeptRun[]) => {
    for (const run of found) runs.set(run.key, run);
  };
  const journal = readJournal(join(folder, JOURNAL));
  take(journal.runs);
  if (journal.damaged > 0) {
    damaged.push(
      `${join(folder, JOURNAL)}: ${journal.damaged} damaged line(s) ignored; their runs are done again`,
    );
  }
  for (const path of cellFilesOf(folder)) {
    const found = readCellFile(path);
    if (found === undefined) {
      damaged.push(`${path} is damaged or cut short and is ignored; its runs are done again`);
    } else take(found);
  }
  return { runs, damaged };
}

function cellFilesOf(folder: string): string[] {
  return shardCorners(folder).flatMap((corner) => {
    const path = join(folder, CELLS, corner);
    return readdirSync(path)
      .filter((file) => CELL_FILE.test(file))
      .sort()
      .map((file) => join(path, file));
  });
}
