import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csv } from '../../src/experiment/csv.ts';
import { replaceFiles } from '../../src/experiment/folder.ts';
import { Journal, readJournal } from '../../src/experiment/journal.ts';
import { sha256 } from '../../src/experiment/keys.ts';
import { plan } from '../../src/experiment/plan.ts';
import { reproduce } from '../../src/experiment/reproduce.ts';
import { execute } from '../../src/experiment/runner.ts';
import { tables } from '../../src/experiment/tables.ts';
import { changedFixture, fixture, temporary } from './support/folders.ts';

const field = fc.oneof(
  fc.string(),
  fc.constantFrom('a,b', '"', 'a\nb', 'a\rb', ' '),
  fc.double(),
  fc.boolean(),
);

test('what is written is read back: texts, numbers to the last bit, true and false', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(field, field), { maxLength: 20 }), (rows) => {
      const [head, ...read] = parse(csv(['a', 'b'], rows), { record_delimiter: '\n' });
      expect(head).toEqual(['a', 'b']);
      expect(read).toEqual(rows.map((row) => row.map(String)));
    }),
    { seed: 1 },
  );
});

test('missing is empty', () => {
  expect(csv(['a', 'b', 'c'], [[null, 1.5, -0]])).toBe('a,b,c\n,1.5,0\n');
});

test('any measures and paths come back from the journal as they were', () => {
  const folder = temporary();
  let number = 0;
  const scalar = fc.oneof(fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
  const measures = fc.dictionary(
    fc.stringMatching(/^[a-z][a-z0-9_]*$/),
    fc.oneof(scalar, fc.array(fc.double())),
  );
  const run = fc.record({ measures, paths: fc.array(fc.string()) });
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 5 }), (runs) => {
      const path = join(folder, `${number++}.jsonl`);
      const entries = runs.map(({ measures, paths }, i) => ({
        ...{ key: sha256(String(i)), measures: { ...measures }, paths },
      }));
      new Journal(path).keep({}, entries);
      appendFileSync(path, '{"sum":"00000000","key"');
      expect(readJournal(path)).toEqual({ runs: entries, damaged: 1 });
    }),
    { seed: 2 },
  );
});

test('any change of one character in a journal line is noticed', () => {
  const path = join(temporary(), 'journal.jsonl');
  new Journal(path).keep({}, [{ key: sha256('a'), measures: { end_ms: 9001.5, all: true } }]);
  const line = readFileSync(path, 'utf8').trimEnd();
  for (let i = 0; i < line.length; i++) {
    const damaged = join(temporary(), 'journal.jsonl');
    const other = line[i] === '1' ? '2' : '1';
    appendFileSync(damaged, `${line.slice(0, i)}${other}${line.slice(i + 1)}\n`);
    expect(readJournal(damaged).damaged, `character ${i}`).toBe(1);
  }
});

test('a large rows.csv is compressed, to the same bytes each time, and replaces the plain one', async () => {
  const many = await changedFixture('trouble', (text) =>
    text.replace('replicates: 4', 'replicates: 2_600'),
  );
  const seed = 'a long seed '.repeat(40); // few rows make a large table
  const out = temporary();
  const run = (replicates?: number) =>
    execute(plan(many, { seed, set: { how: ['fine'] }, ...(replicates ? { replicates } : {}) }), {
      out,
      jobs: 2,
    });
  await run(10);
  const result = await run();
  expect(existsSync(join(out, 'rows.csv'))).toBe(false);
  const bytes = readFileSync(join(out, 'rows.csv.gz'));
  expect([...bytes.subarray(4, 10)]).toEqual([0, 0, 0, 0, 2, 255]); // no time, level 9, no operating system
  const text = gunzipSync(bytes).toString();
  expect(text.split('\n')).toHaveLength(5_202);
  expect(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')).files['rows.csv']).toBe(
    sha256(text),
  );
  expect(bytes.equals(tables(result)['rows.csv.gz'] as Uint8Array)).toBe(true);
  expect((await reproduce(out, { jobs: 2 })).every(({ same }) => same)).toBe(true);
  await run(10);
  expect(existsSync(join(out, 'rows.csv.gz'))).toBe(false);
  expect(existsSync(join(out, 'rows.csv'))).toBe(true);
});

test('summary.csv has a line per cell and measure, series.csv one per cell and point', async () => {
  const out = temporary();
  const { summaries } = await execute(plan(await fixture('push-small'), { quick: true }), {
    out,
    jobs: 1,
  });
  const read = (file: string) =>
    parse(readFileSync(join(out, file)), { columns: true }) as Record<string, string>[];
  const summary = read('summary.csv');
  expect(summary).toHaveLength(3 * 4);
  const { mean, ciLow } = summaries[1].measures.end_ms;
  const line = {
    cell: '1',
    n: '16',
    twice: 'true',
    measure: 'end_ms',
    replicates: '2',
    count: '2',
  };
  expect(summary[4]).toMatchObject({ ...line, mean: String(mean), ci_low: String(ciLow) });
  const series = read('series.csv');
  expect(series).toHaveLength(3 * 3);
  expect(series[2]).toMatchObject({ series: 'coverage_frac', x: '2', mean: '1', p50: '1' });
});

test('files appear all at once, or not at all', () => {
  const folder = temporary();
  replaceFiles(folder, { 'a.csv': 'old', 'b/c.svg': 'old' }, []);
  const bad = { 'a.csv': 'new', 'a.csv/d': 'new' }; // a file cannot be a folder as well
  expect(() => replaceFiles(folder, bad, [])).toThrow('cannot be written');
  expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('old');
});
