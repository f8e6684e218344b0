/** Tables as Parquet, at the door. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { emptyFolder, hearsay } from './hearsay.ts';

test.concurrent('a table goes to a file of its name, and says so', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'rows.csv.gz'), gzipSync('n,t_ms\n4,1.5\n8,2\n'));
  const { code, stdout, stderr } = await hearsay(['export', 'rows.csv.gz'], { cwd });
  expect([code, stdout, stderr]).toEqual([0, '', '2 rows of 2 columns -> rows.parquet\n']);
  const file = new Uint8Array(readFileSync(join(cwd, 'rows.parquet'))).buffer;
  expect(await parquetReadObjects({ file })).toEqual([
    { n: 4n, t_ms: 1.5 },
    { n: 8n, t_ms: 2 },
  ]);
});

test.concurrent.each([
  [[], 'export: name one table, as in hearsay export results/fanout/summary.csv; got none'],
  [['no.csv'], 'export: there is no file no.csv; nearest: a.csv'],
  [['.'], 'export: . is a folder; name a file in it'],
  [['a.csv', '--out', './a.csv'], 'export: --out ./a.csv is the table itself; name another file'],
  [['a.csv', '--out', 'no/a.parquet'], 'export: --out no/a.parquet cannot be written: ENOENT'],
])('%j is refused', async (words, sentence) => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'a.csv'), 'a\n1\n');
  const { code, stdout, stderr } = await hearsay(['export', ...words], { cwd });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(sentence);
  expect(readdirSync(cwd)).toEqual(['a.csv']);
});
