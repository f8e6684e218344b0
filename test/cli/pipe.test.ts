/** A reader that goes away early, as `head` does. */
import { expect, test } from 'vitest';
import { start } from './hearsay.ts';

test('a closed pipe ends the program quietly', async () => {
  const { child, outcome } = start(['list', '--format', 'json']);
  child.stdout.destroy();
  const { code, stderr } = await outcome;
  expect([code, stderr]).toEqual([0, '']);
});
