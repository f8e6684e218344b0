import { expect, it } from 'vitest';
import { peaks } from '../../src/metrics/index.ts';

const S = 1_000_000;

it('peaks are of one node in one window', () => {
  const meter = peaks({ n: 3 });
  const sends = [
    ...[
      [0, 0, 100],
      [S - 1, 0, 50],
    ], // 150 in the first second
    ...[
      [S, 0, 120],
      [S, 1, 140],
    ], // of two nodes
    [5 * S, 0, 149],
  ];
  for (const [now, from, bytes] of sends) meter.onSend?.(now, from, 2, 0 as never, bytes, 1);
  expect(meter.sentBytes).toBe(150);
  for (const now of [1, 2, S + 1, S + 2, S + 3]) meter.onMessage?.(now, 2, 0, 0 as never);
  expect(meter.handled).toBe(3);
});

it('what waits is counted with its wait, after the warm-up', () => {
  const meter = peaks({ n: 1, startMs: 1000, windowMs: 10 });
  meter.onWait?.(1, 0, 9);
  meter.onWaited?.(1, 0, 0, 7000);
  expect([meter.waiting, meter.meanWaitMs()]).toEqual([0, null]);
  meter.onWait?.(S, 0, 4);
  meter.onWaited?.(S, 0, 1, 2000);
  meter.onWaited?.(S, 0, 0, 4000);
  expect([meter.waiting, meter.meanWaitMs()]).toEqual([4, 3]);
});
