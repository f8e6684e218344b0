import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('a run of a million nodes fits into 1 GiB', () => {
  const output = execFileSync(process.execPath, ['dist/bench/million.js'], { encoding: 'utf8' });
  const { n, peakMiB } = JSON.parse(output) as { n: number; peakMiB: number };
  expect(n).toBe(1_000_000);
  expect(peakMiB).toBeLessThan(1024);
});
