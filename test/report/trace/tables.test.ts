/** The table of a trace: what its columns say, and that Parquet, read by hyparquet, says the same as CSV. */
import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { bytesOf, chronicleFrom, SMALL, SWIM, textOf } from './runs.ts';

const bufferOf = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

/** As CSV has it. */
const cell = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value);

describe.each([
  ['push', SMALL],
  ['swim', SWIM],
])('the table of %s', (_name, text) => {
  const chronicle = chronicleFrom(text);

  it('is the same in CSV and in Parquet', async () => {
    const rows: Record<string, string>[] = parse(await textOf(chronicle, 'csv'), { columns: true });
    const file = bufferOf(await bytesOf(chronicle, 'parquet', { title: 'mine' }));
    const read = await parquetReadObjects({ file });
    expect(read.length).toBe(chronicle.length);
    const told = read.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)])),
    );
    expect(told).toEqual(rows);
  });

  it('has types and a title in Parquet', async () => {
    const file = bufferOf(await bytesOf(chronicle, 'parquet', { title: 'mine' }));
    const { schema, key_value_metadata } = parquetMetadata(file);
    const types = schema
      .slice(1)
      .map(({ name, type, converted_type }) => [name, converted_type ?? type]);
    expect(Object.fromEntries(types)).toEqual({
      ...{ happening: 'INT32', time_ms: 'DOUBLE', what: 'UTF8', node: 'INT32', peer: 'INT32' },
      ...{ kind: 'UTF8', about: 'INT32', message: 'UTF8', bytes: 'INT32', arrives_ms: 'DOUBLE' },
      ...{ lost: 'BOOLEAN', cause: 'INT32' },
    });
    expect(key_value_metadata).toEqual([{ key: 'title', value: 'mine' }]);
  });
});

it('a trace of which nothing is shown is a Parquet file with columns and no rows', async () => {
  const none = await bytesOf(chronicleFrom(SMALL), 'parquet', { fromMs: 1e6 });
  expect(await parquetReadObjects({ file: bufferOf(none) })).toEqual([]);
  expect(parquetMetadata(bufferOf(none)).schema.length).toBe(13);
});
