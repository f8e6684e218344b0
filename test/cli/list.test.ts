import { expect, test } from 'vitest';
import { detectorKinds } from '../../src/detectors/registry.ts';
import { hearsay } from './hearsay.ts';

test('list shows every experiment with its source and sizes', async () => {
  const [text, data] = await Promise.all([
    hearsay(['list']),
    hearsay(['list', '--format', 'json']),
  ]);
  expect([text.code, data.code]).toEqual([0, 0]);
  const rows = JSON.parse(data.stdout);
  expect(rows.length).toBeGreaterThan(0);
  for (const { name, source, full, quick, grid } of rows) {
    expect(text.stdout).toMatch(new RegExp(`^${name} +\\S`, 'm'));
    expect(source).not.toBe('');
    expect(full.runs).toBeGreaterThan(quick.runs);
    expect(Object.keys(grid).length).toBeGreaterThan(0);
  }
});

test('list suites shows what each one holds', async () => {
  const { stdout } = await hearsay(['list', 'suites']);
  expect(stdout).toMatch(/^tour +what a newcomer should see first/m);
  expect(stdout).toMatch(/^all +every experiment, at full size +every one$/m);
});

test('list detectors shows sources, options and levels', async () => {
  const [text, data] = await Promise.all([
    hearsay(['list', 'detectors']),
    hearsay(['list', 'detectors', '--format', 'json']),
  ]);
  for (const row of JSON.parse(data.stdout)) {
    const { source, options, defaults, levels } = detectorKinds[row.name];
    expect(row).toMatchObject({ source, options, defaults, levels: levels(1000) });
    expect(text.stdout).toContain(`\n${row.name}: `);
    for (const option of Object.keys(options))
      expect(text.stdout).toMatch(new RegExp(`^  ${option} +${row.defaults[option]} +\\S`, 'm'));
  }
  expect(JSON.parse(data.stdout).map((row: { name: string }) => row.name)).toEqual(
    Object.keys(detectorKinds),
  );
});
