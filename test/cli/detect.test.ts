/** A log through the door: what is said, what is printed, what is written. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { detectorKinds } from '../../src/detectors/registry.ts';
import { emptyFolder, hearsay } from './hearsay.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SAMPLE = 'experiments/data/heartbeats.csv';

test('the log that comes with hearsay', async () => {
  const out = join(emptyFolder(), 'out');
  const { code, stdout, stderr } = await hearsay(['detect', SAMPLE, '--out', out], { cwd: ROOT });
  expect(code).toBe(0);
  await expect(stdout).toMatchFileSnapshot('../golden/cli/detect.txt');
  await expect(stderr.replaceAll(out, 'OUT')).toMatchFileSnapshot('../golden/cli/detect-said.txt');
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(110);

  expect(readdirSync(join(out, 'figures')).sort()).toEqual([
    'tradeoff.png',
    'tradeoff.svg',
    'tradeoff.vl.json',
  ]);
  const rows = parse(readFileSync(join(out, 'detect.csv')), { columns: true }) as {
    detector: string;
  }[];
  const names = Object.keys(detectorKinds).filter((name) => name !== 'nfd-s');
  expect([...new Set(rows.map(({ detector }) => detector))]).toEqual(names);
  const record = JSON.parse(readFileSync(join(out, 'detect.json'), 'utf8'));
  expect(record.log).toMatchObject({ file: SAMPLE, rows: 2821, pairs: 4, overtaken: 4, bad: 0 });
  expect(record.detectors).toHaveLength(names.length);
});

test('a log of another shape, one detector, other levels; the table goes to results/detect', async () => {
  const cwd = emptyFolder();
  const rows = ['when\tsrc', ...[0, 1, 2, 6, 7, 7, 5].map((s) => `${s}\tdb`), 'later\tdb'];
  writeFileSync(join(cwd, 'mine.tsv'), rows.join('\n'));
  const { code, stdout, stderr } = await hearsay(
    [
      ...['detect', 'mine.tsv', '--time', 'when', '--subject', 'src', '--unit', 's', '--skip-bad'],
      ...['--detector', 'timeout:timeoutMs=9', '--levels', '5000,1500', '--format', 'json'],
    ],
    { cwd },
  );
  expect(code).toBe(0);
  expect(stderr).toBe(
    [
      'mine.tsv: 8 rows, 1 pair, 7.0 s, period 1000 ms (the median interval)',
      'rows: 1 bad (left out), 1 out of order (sorted), 1 duplicate (left out)',
      'the first bad row: mine.tsv: line 9: expected a time in s in column "when"; found "later"',
      'no sequence column: heartbeats are numbered by the gaps between them',
      `Table and figure in ${join('results', 'detect', 'mine')}/: detect.csv, figures/tradeoff.vl.json, figures/tradeoff.svg, figures/tradeoff.png, detect.json`,
      '',
    ].join('\n'),
  );
  const { detectors } = JSON.parse(stdout);
  expect(detectors).toHaveLength(1);
  expect(detectors[0]).toMatchObject({
    detector: 'timeout:timeoutMs=9',
    options: { timeoutMs: 9 },
  });
  expect(detectors[0].levels).toMatchObject([
    { level: 1500, mistakes: 1, open: 0, mistakeMaxMs: 1500, detectionMeanMs: 1500 }, // from 3.5 s to 5 s
    { level: 5000, mistakes: 0, open: 0, queryAccuracy: 1 },
  ]);
  expect(readFileSync(join(cwd, 'results', 'detect', 'mine', 'detect.json'), 'utf8')).toBe(stdout);
});
