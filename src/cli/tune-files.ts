/** The files of a tuning: all settings as CSV, and the figure of the front. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { Tuned } from '../experiment/scenario/tune/front.ts';
import { drawFigures } from '../report/figures.ts';
import { tuneFigure } from '../report/tune-figure.ts';
import { type Tuning, tuneCsv } from '../report/tune-table.ts';
import { makeFolder } from './make-folder.ts';

const TABLE = 'settings.csv';

/** Before anything runs: the folder is there and can be written, and holds nothing but an earlier tuning. */
export function checkTuneFolder(folder: string): void {
  makeFolder('tune', folder);
  const [strange] = existsSync(join(folder, TABLE)) ? [] : readdirSync(folder);
  if (strange !== undefined)
    throw new UserError(
      `tune: --out ${folder} holds ${strange}, but no ${TABLE}, so it is not a tuning's; choose another folder`,
    );
}

/** The paths of what was written. */
export async function writeTuning(folder: string, tuned: Tuned, tuning: Tuning): Promise<string[]> {
  const front = tuneFigure(tuned, tuning);
  const files = {
    [TABLE]: tuneCsv(tuned, tuning),
    ...(front === undefined ? {} : await drawFigures(front.drawable, front.summaries)),
  };
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return Object.keys(files).map((file) => join(folder, file));
}
