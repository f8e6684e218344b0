import { expect, test } from 'vitest';
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
