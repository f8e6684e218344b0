import { expect, test } from 'vitest';
import { FORGOTTEN, JOINED, SUSPECTED } from '../../src/engine/model.ts';
import { acquaintance } from '../../src/metrics/acquaintance.ts';

test('pairs are counted, and the time when all have heard of each other', () => {
  const meter = acquaintance({ n: 3 });
  meter.onFacts!(1000, JOINED, 0, 2);
  meter.onFacts!(2000, JOINED, 1, 2);
  meter.onFacts!(3000, SUSPECTED, 1, 1);
  expect([meter.pairs(), meter.completeMs()]).toEqual([4, null]);
  meter.onFacts!(4000, JOINED, 2, 2);
  expect([meter.pairs(), meter.completeMs()]).toEqual([6, 4]);
  meter.onFacts!(5000, FORGOTTEN, 2, 1);
  meter.onFacts!(6000, JOINED, 2, 1);
  expect([meter.pairs(), meter.completeMs()]).toEqual([6, 4]);
});

test('nobody has to hear of a node that is alone', () => {
  expect(acquaintance({ n: 1 }).completeMs()).toBe(0);
});
