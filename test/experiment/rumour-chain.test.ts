/** The exact law of a rumour's rounds: by hand, and against the chains of test/paper, which are made another way. */
import { describe, expect, it } from 'vitest';
import { RumourChain, restartDelay } from '../../src/experiment/rumour-chain.ts';
import {
  type Chain,
  completionLaw,
  meanInformed,
  meanOf,
  pullChain,
  pushChain,
} from '../paper/markov.ts';

const Q = 0.7; // that a message arrives

describe('rounds to all, by hand', () => {
  it.each([
    ['push between two, with loss', { n: 2, delivered: Q }, 1 / Q],
    [
      'pull between two, with loss: request and answer',
      { n: 2, exchange: 'pull', delivered: Q },
      1 / Q ** 2,
    ],
    [
      'push-pull between two: told, or answered',
      { n: 2, exchange: 'push-pull', delivered: Q },
      1 / (1 - (1 - Q) * (1 - Q ** 2)),
    ],
    ['push among three: the second round misses with probability 1/4', { n: 3 }, 1 + 4 / 3],
    ['push to all others at once', { n: 7, fanout: 6 }, 1],
    [
      'push to two of three: three callers miss the last with probability 1/27',
      { n: 4, fanout: 2 },
      1 + 27 / 26,
    ],
    ['pull from all others at once', { n: 7, exchange: 'pull', fanout: 6 }, 1],
  ] as const)('%s', (_, model, expected) => {
    expect(new RumourChain(model).rounds()).toBeCloseTo(expected, 12);
  });

  it('to a share: half of four know after the first push', () => {
    expect(new RumourChain({ n: 4 }).rounds(0.5)).toBe(1);
    expect(new RumourChain({ n: 4 }).rounds(0.51)).toBeGreaterThan(1);
  });
});

describe('the mean number that know, by hand', () => {
  it('push to two of four, with loss', () => {
    // m of the first two hear it; then each of the 1 + m that know tells a given other with probability q/2.
    const second = [(1 - Q) ** 2, 2 * Q * (1 - Q), Q ** 2].reduce(
      (mean, p, m) => mean + p * (1 + m + (4 - m) * (1 - (1 - Q / 2) ** (1 + m))),
      0,
    );
    expectClose(new RumourChain({ n: 5, fanout: 2, delivered: Q }).informed(2), [
      1,
      1 + 2 * Q,
      second,
    ]);
  });

  it('push-pull with two of four, with loss: each other is told, or asks the one that knows', () => {
    const first = 1 + 4 * (1 - (1 - Q / 2) * (1 - Q ** 2 / 2));
    expectClose(
      new RumourChain({ n: 5, exchange: 'push-pull', fanout: 2, delivered: Q }).informed(1),
      [1, first],
    );
  });
});

describe('as the chains that are made caller by caller', () => {
  const N = 9;
  it.each([
    ['push', pushChain(N)],
    ['pull', pullChain(N)],
  ] as const)('%s', (exchange, other: Chain) => {
    const chain = new RumourChain({ n: N, exchange });
    expect(chain.rounds()).toBeCloseTo(meanOf(completionLaw(other)), 10);
    expectClose(chain.informed(12), meanInformed(other, 12));
  });
});

it('push and pull reach the same share in the mean at any time: reversed in time, a call is an answer', () => {
  const [push, pull] = (['push', 'pull'] as const).map(
    (exchange) => new RumourChain({ n: 30, exchange }),
  );
  expectClose(push.ages(20), pull.ages(20));
  expect(push.rounds()).toBeGreaterThan(pull.rounds() + 1);
});

it('a restarted node is known 0.20 rounds later than a heartbeat', () => {
  // 0.2325 * 0.4150 + 0.0855 * 0.6781 + 0.0315 * 0.8301 + 0.0116 * 0.9125 + 0.0067 * 0.98, by the rounds until it is called
  expect(restartDelay()).toBeCloseTo(0.198, 3);
});

it('refuses what is no group', () => {
  expect(() => new RumourChain({ n: 1 })).toThrow('rumour chain: n must be a whole number');
  expect(() => new RumourChain({ n: 9, fanout: 9 })).toThrow('rumour chain: fanout must be');
  expect(() => new RumourChain({ n: 9, delivered: 0 })).toThrow('rumour chain: delivered must be');
});

function expectClose(ours: readonly number[], expected: readonly number[]): void {
  expect(ours).toHaveLength(expected.length);
  for (const [i, value] of ours.entries()) expect(value).toBeCloseTo(expected[i], 12);
}
