/** Tables as Parquet, read by hyparquet. */
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { csv } from '../../src/experiment/csv.ts';
import { csvAsParquet } from '../../src/report/csv-parquet.ts';

async function read(text: string) {
  const { bytes, ...size } = await csvAsParquet(text, 'rows.csv');
  const file = new Uint8Array(bytes).buffer;
  const types = parquetMetadata(file).schema.slice(1);
  return {
    ...{ size, rows: await parquetReadObjects({ file }) },
    types: types.map(({ name, type, converted_type }) => `${name} ${converted_type ?? type}`),
  };
}

describe('a table', () => {
  it('has the types that all values of a column are, and nulls for what is missing', async () => {
    const columns = ['seed', 'n', 'mean', 'ok', 'name', 'none', 'zip'];
    const text = csv(columns, [
      ['1', 256, 0.1, true, 'a, "b"', null, '007'],
      ['2', -3, 5e-7, null, 'é\n', null, '1'],
      ['3', null, Infinity, false, null, null, '2'],
    ]);
    const { size, rows, types } = await read(text);
    expect(size).toEqual({ rows: 3, columns: 7 });
    expect(types).toEqual([
      ...[
        'seed UTF8',
        'n INT64',
        'mean DOUBLE',
        'ok BOOLEAN',
        'name UTF8',
        'none UTF8',
        'zip UTF8',
      ],
    ]);
    expect(rows.map((row) => columns.map((name) => row[name] ?? null))).toEqual([
      ['1', 256n, 0.1, true, 'a, "b"', null, '007'],
      ['2', -3n, 5e-7, null, 'é\n', null, '1'],
      ['3', null, Infinity, false, null, null, '2'],
    ]);
  });

  it('without rows keeps its columns', async () => {
    expect(await read('a,b\n')).toMatchObject({ size: { rows: 0, columns: 2 }, rows: [] });
  });

  it.each([
    ['', 'rows.csv: expected a header; the file is empty'],
    ['a,b\n1\n', 'rows.csv: this is no CSV table: Invalid Record Length'],
    ['a,"b\n', 'rows.csv: this is no CSV table: Quote Not Closed'],
  ])('is not %j', async (text, sentence) => {
    await expect(csvAsParquet(text, 'rows.csv')).rejects.toThrow(sentence);
  });
});
