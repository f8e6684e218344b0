/** Ages read from a table by hand, and in a run of two nodes, where they are known. */
import { expect, it } from 'vitest';
import { simulate } from '../../src/engine/simulate.ts';
import { heartbeatAges } from '../../src/metrics/heartbeat-ages.ts';
import { complete, constant } from '../../src/network/index.ts';
import { groundOf, heartbeatOn } from '../../src/protocols/index.ts';

const SECOND = 1e6; // us

it('an age counts from the round in which the heartbeat was counted; what was not heard has none', () => {
  const { table } = groundOf(3);
  const meter = heartbeatAges({
    table,
    periodMs: 1000,
    fromMs: 3000,
    everyPeriods: 2,
    untilMs: 9000,
    unitMs: 1,
  });
  for (const node of [0, 1, 2]) table.start(node, 0);
  const round = (node: number, now: number) => {
    meter.onRound!(now, node);
    table.beat(node, now);
  };
  round(0, 1 * SECOND);
  round(1, 1.5 * SECOND);
  const message = table.snapshot(1);
  table.merge(0, message, 1.6 * SECOND); // node 0 hears of node 1, and nobody of anybody else
  round(1, 2.5 * SECOND);
  round(0, 2 * SECOND); // before fromMs
  expect(meter.ages.count).toBe(0);
  round(0, 3 * SECOND);
  expect([meter.ages.count, meter.ages.missing]).toEqual([1, 5]);
  expect(meter.ages.meanMs()).toBe(1500);
  round(0, 4 * SECOND); // not yet again
  expect(meter.ages.count).toBe(1);
  round(0, 5 * SECOND);
  expect([meter.ages.count, meter.ages.meanMs()]).toEqual([2, 2500]);
  round(0, 9 * SECOND); // after untilMs
  expect(meter.ages.count).toBe(2);
});

it('of two in step, each knows at the end of a period what the other counted at its beginning', () => {
  const ground = groundOf(2);
  const meter = heartbeatAges({
    table: ground.table,
    periodMs: 1000,
    fromMs: 5000,
    everyPeriods: 1,
    untilMs: 15_000,
    rows: 1,
  });
  simulate({
    seed: 'two',
    n: 2,
    protocol: heartbeatOn(ground, { failMs: 1e6 }),
    overlay: complete,
    link: constant({ ms: 1 }),
    rounds: { periodMs: 1000, phase: 'synchronised' },
    horizonMs: 20_000,
    observers: [meter],
  });
  expect([meter.ages.count, meter.ages.meanMs(), meter.ages.maxMs()]).toEqual([10, 1000, 1000]);
  expect(meter.ages.curve([0, 1000])).toEqual([0, 1]);
});
