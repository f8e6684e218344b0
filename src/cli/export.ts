/** `hearsay export`: tables that hearsay has written, as Parquet. */
import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { RunFailed, UserError } from '../base/errors.ts';
import { inputFile } from './input-file.ts';
import { isSameFile } from './same-file.ts';
import { DONE, type Given, type Verb } from './verb.ts';

export const exportTable: Verb = {
  name: 'export',
  summary: 'Write a table of results as Parquet, for DuckDB, pandas or R.',
  words: {
    name: 'file',
    describe: 'a CSV file, such as results/fanout/summary.csv, also with .gz',
  },
  options: {
    out: {
      kind: 'text',
      value: 'FILE',
      describe: 'where it goes (default: the name of the table with .parquet, in this folder)',
    },
  },
  examples: [
    ['npx hearsay export results/fanout/summary.csv', 'to summary.parquet'],
    ['npx hearsay export results/fanout/summary.csv --out fanout.parquet', 'elsewhere'],
  ],
  notes:
    'A column of whole numbers is INT64, of other numbers DOUBLE, of true and false BOOLEAN, of anything\n' +
    'else text, as seeds and hashes always are; what is empty in the table is null. Results themselves\n' +
    'stay as they are: CSV is what hearsay reproduce compares.',
  run,
};

async function run(given: Given): Promise<number> {
  const [file] = given.words;
  if (given.words.length !== 1)
    throw new UserError(
      `export: name one table, as in hearsay export results/fanout/summary.csv; got ${given.words.join(' ') || 'none'}`,
    );
  const out = given.texts.get('out') ?? basename(file).replace(/(\.csv)?(\.gz)?$/, '.parquet');
  if (isSameFile(out, file))
    throw new UserError(`export: --out ${out} is the table itself; name another file`);
  const { csvAsParquet } = await import('../report/csv-parquet.ts');
  const { say } = await import('./terminal.ts');
  const { count } = await import('./wording.ts');
  const { rows, columns, bytes } = await csvAsParquet(textIn(file), file);
  const isReplaced = existsSync(out);
  try {
    writeFileSync(out, bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new RunFailed(`export: --out ${out}: ${message}`);
    throw new UserError(`export: --out ${out} cannot be written: ${message}`);
  }
  const replaced = isReplaced ? ' (replaced)' : '';
  say(`${count(rows, 'row')} of ${count(columns, 'column')} -> ${out}${replaced}`);
  return DONE;
}

function textIn(file: string): string {
  const bytes = inputFile('export', file);
  try {
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  } catch (error) {
    throw new UserError(`export: the table ${file} cannot be read: ${(error as Error).message}`);
  }
}
