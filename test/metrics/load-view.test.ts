/** Beliefs about loads by hand: ages, errors, the oldest of each observer, disagreement. */
import { expect, it } from 'vitest';
import { loadView } from '../../src/metrics/load-view.ts';

const SECOND = 1e6; // us

function threeNodes() {
  const beliefs = new Map<string, string>(); // 'observer subject' -> value
  const view = loadView({
    n: 3,
    load: (node, now) => 100 * node + now / SECOND,
    believed: (observer, subject) => beliefs.get(`${observer} ${subject}`) ?? '',
    fromMs: 10_000,
    everyMs: 5000,
    untilMs: 20_000,
  });
  const tells = (subject: number, seconds: number, observers: number[]) => {
    const value = view.publish(subject, seconds * SECOND);
    for (const observer of observers) beliefs.set(`${observer} ${subject}`, value);
  };
  return { view, tells };
}

it('nothing is known before the first sample', () => {
  const { view } = threeNodes();
  expect([view.meanError(), view.meanOldestMs(), view.disagreement(), view.ages.count]).toEqual([
    null,
    null,
    null,
    0,
  ]);
});

it('an age counts from the publication, an error is what the load has changed since', () => {
  const { view, tells } = threeNodes();
  tells(0, 2, [0, 1, 2]);
  tells(0, 8, [0, 1]); // node 2 has not heard of it yet
  tells(1, 4, [1, 2]); // node 0 knows no load of node 1
  view.onTimer!(9 * SECOND, 0, 0); // too early
  expect(view.ages.count).toBe(0);
  view.onTimer!(11 * SECOND, 0, 0);
  // 1 of 0: 3 s; 2 of 0: 9 s; 2 of 1: 7 s; of node 2 nobody knows anything.
  expect([view.ages.count, view.ages.missing]).toEqual([3, 3]);
  expect(view.ages.meanMs()).toBeCloseTo(19_000 / 3, 9);
  expect(view.meanError()).toBeCloseTo(19 / 3, 9);
  expect(view.meanOldestMs()).toBeCloseTo((0 + 3000 + 9000) / 3, 9);
  // Of node 0: 1 and 2 differ. Of node 1: 2 and 0, of whom 0 has none.
  expect(view.disagreement()).toBe(1);
});

it('samples come once for each time of the grid, and end', () => {
  const { view, tells } = threeNodes();
  tells(0, 2, [0, 1, 2]);
  for (const seconds of [10, 11, 14, 15.5, 16, 19.9, 20, 30]) view.onTimer!(seconds * SECOND, 1, 0);
  expect(view.ages.count).toBe(4); // at 10 and 15.5 s, of two observers
  expect(view.disagreement()).toBe(0);
});
