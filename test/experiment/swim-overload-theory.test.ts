import { expect, it } from 'vitest';
import { sizeHearing, transmissions } from '../../src/experiment/swim-overload-theory.ts';

const paper = { delivered: 0.9, indirect: 1, updatesPerMessage: 6 };

it('a member can pass on each piece of news as often as its messages have room for it', () => {
  // p = .0653, 2.553 messages of 6 updates; 30 members cleared in 2 ln 30 / 1.63 periods.
  const expected = ((6 * 2.5534) / 60) * (1 / 0.06534 + (2 * Math.log(30)) / 1.6302);
  expect(transmissions(paper, 30)).toBeCloseTo(expected, 2);
  expect(transmissions({ ...paper, updatesPerMessage: 12 }, 30)).toBeCloseTo(2 * expected, 2);
});

it('the size hangs on how often news must be passed on', () => {
  for (const x of [0, 1, 2]) {
    const n = sizeHearing(paper, x);
    expect(transmissions(paper, n) * 0.9).toBeCloseTo(Math.log(n) + x, 6);
  }
  expect(sizeHearing(paper, 2)).toBeLessThan(sizeHearing(paper, 0));
});
