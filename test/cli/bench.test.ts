import { expect, test } from 'vitest';
import { hearsay } from './hearsay.ts';

test('bench measures the suites that are named, and only them', async () => {
  const { code, stdout } = await hearsay(['bench', 'draws', '--size', 'smoke']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^draws: /m);
  expect(stdout).not.toMatch(/^queue: /m);
});

test('an unknown suite is answered with the nearest name', async () => {
  const { code, stdout, stderr } = await hearsay(['bench', 'quue']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^bench: .*"quue"\. Did you mean queue\?\n$/);
});
