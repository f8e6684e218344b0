import { expect, test } from 'vitest';
import { measureSuite } from '../../bench/harness.ts';
import { merge } from '../../bench/merge.ts';

test('all that the benchmark compares raise the same entries to the same values', async () => {
  const hashes = new Map<string, string[]>(); // by length and mix
  for (const { task, hash } of await measureSuite(merge, 'smoke')) {
    if (!/stale,|half,|new,/.test(task)) continue;
    const load = task.split(', ', 2).join();
    hashes.set(load, [...(hashes.get(load) ?? []), hash]);
  }
  expect(hashes.size).toBe(6);
  for (const same of hashes.values()) {
    expect(same).toHaveLength(8);
    expect(new Set(same).size).toBe(1);
  }
});
