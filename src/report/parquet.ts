/** Tables as Parquet (Apache Parquet 2, Snappy), by hyparquet-writer, which is loaded when it is needed. */

export interface ParquetColumn {
  readonly name: string;
  readonly type: 'INT32' | 'INT64' | 'DOUBLE' | 'STRING' | 'BOOLEAN';
  /** Of a row; null: missing. Whole numbers of type INT64 as bigint. */
  readonly of: (row: number) => number | bigint | string | boolean | null;
}

const GROUP_ROWS = 100_000;

/** The bytes of the file, a row group at a time. @param notes key-value metadata of the file. */
export async function* parquetPieces(
  columns: readonly ParquetColumn[],
  rows: number,
  notes: Readonly<Record<string, string>> = {},
): AsyncIterable<Uint8Array> {
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer');
  const bytes = new ByteWriter();
  const named = columns.map(({ name, type }) => ({ name, type, data: [] as unknown[] }));
  const writer = new ParquetWriter({
    ...{ writer: bytes, schema: schemaFromColumnData({ columnData: named }) },
    createdBy: 'hearsay',
    kvMetadata: Object.entries(notes).map(([key, value]) => ({ key, value })),
  });
  for (let first = 0; first < rows; first += GROUP_ROWS) {
    const length = Math.min(GROUP_ROWS, rows - first);
    const columnData = columns.map(({ name, type, of }) => ({
      ...{ name, type },
      data: Array.from({ length }, (_, row) => of(first + row)),
    }));
    await writer.write({ columnData, rowGroupSize: GROUP_ROWS });
    yield taken(bytes);
  }
  await writer.finish();
  yield taken(bytes);
}

/** What has been written since; the writer goes on counting its offset. */
function taken(bytes: { index: number; getBytes(): Uint8Array }): Uint8Array {
  const piece = bytes.getBytes().slice();
  bytes.index = 0;
  return piece;
}
