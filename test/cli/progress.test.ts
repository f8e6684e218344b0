/** Progress as plain lines: no time left is told before one is measured, nor when it has run out. */
import { expect, test, vi } from 'vitest';
import { progress } from '../../src/cli/progress.ts';

test('time left is what was measured', async () => {
  vi.useFakeTimers();
  const said: string[] = [];
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
  const bar = await progress('sweep', { done: 0, total: 2 }, new AbortController().signal);
  vi.advanceTimersByTime(5_000);
  bar.update({ done: 1, total: 2, left_s: 9 });
  vi.advanceTimersByTime(10_000);
  bar.stop();
  stderr.mockRestore();
  vi.useRealTimers();
  expect(said).toEqual([
    'sweep: 0 of 2 runs done\n',
    'sweep: 1 of 2 runs done, about 4.0 s left\n',
    'sweep: 1 of 2 runs done\n',
  ]);
});
