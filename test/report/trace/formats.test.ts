/** Every format, of one small run: goldens that may be read, and the same bytes again. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES, FORMATS, formatOfFile, pieces } from '../../../src/report/trace/index.ts';
import { bytesOf, chronicleFrom, SMALL, textOf } from './runs.ts';

const small = chronicleFrom(SMALL);
const TITLE = { title: 'small & <odd> "title"' };

describe('a small run', () => {
  it.each([...(['text', 'csv', 'chrome', 'shiviz', 'gexf', 'graphml'] as const)])(
    'as %s',
    async (format) => {
      const text = await textOf(small, format, TITLE);
      await expect(text).toMatchFileSnapshot(
        `../../golden/traces/small.${FORMATS[format].extensions[0]}`,
      );
    },
  );

  it.each([
    ['pcap', '391325bbb9e9e5dd'],
    ['parquet', '9ab7c4d8ac842798'],
  ] as const)('as %s has the bytes that it had', async (format, hash) => {
    const bytes = await bytesOf(small, format, TITLE);
    expect(createHash('sha256').update(bytes).digest('hex').slice(0, 16)).toBe(hash);
  });

  it.each(FORMAT_NAMES)('as %s is the same from a run made again', async (format) => {
    const again = chronicleFrom(SMALL);
    expect((await bytesOf(again, format)).equals(await bytesOf(small, format))).toBe(true);
  });

  it.each(FORMAT_NAMES)('as %s holds nothing where nothing is chosen', async (format) => {
    const none = await bytesOf(small, format, { fromMs: 1e6 });
    expect(none.length).toBeGreaterThan(format === 'shiviz' ? -1 : 10);
    expect(none.length).toBeLessThan(2000);
  });
});

describe('the format of a file', () => {
  it.each([
    ['run.json', 'chrome'],
    ['a.b/run.PCAP', 'pcap'],
    ['run.csv.parquet', 'parquet'],
    ['run.log', 'shiviz'],
    ['run.xyz', undefined],
    ['json', undefined],
    ['a.json/run', undefined],
  ])('%s is %s', (file, format) => {
    expect(formatOfFile(file)).toBe(format);
  });
});

describe('a long run', () => {
  const long = chronicleFrom(SMALL, 'long', ['nodes=60', 'duration=60s', 'loss=0']);

  it.each(FORMAT_NAMES)('as %s comes in pieces, none of them large', async (format) => {
    let [count, largest] = [0, 0];
    for await (const piece of pieces(long, format)) {
      count++;
      largest = Math.max(largest, piece.length);
    }
    expect(count).toBeGreaterThan(1);
    expect(largest).toBeLessThan(400_000);
  });
});
