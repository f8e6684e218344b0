/**
 * The sharp parts of what is published on epidemic broadcast, with few replicates. Sources and setups: Demers et al.,
 * PODC 1987, section 1.4 and table 1 (n = 1000); Pittel 1987; Kermarrec, Massoulie, Ganesh 2003; Karp et al. 2000.
 * Cycles are counted so that the first round of a scenario is cycle 1.
 * Seeds are fixed. Each test is two-sided at alpha 2.5e-5 (z = 4.215), so the file turns red by chance, after a change
 * of all seeds, with probability below 1e-3. The power is that of the standard error named: a shift of 6.5 standard
 * errors beyond the tolerance is found with probability 0.99.
 */
import { describe, expect, it } from 'vitest';
import { chiSquare } from '../../src/base/goodness.ts';
import type { ProtocolFactory } from '../../src/engine/model.ts';
import { covered } from '../../src/engine/stop.ts';
import {
  antiEntropy,
  infectAndDie,
  medianCounter,
  pull,
  push,
  pushPull,
} from '../../src/protocols/index.ts';
import { completionLaw, meanOf, pullChain, pushChain } from './markov.ts';
import { expectNear, measure, repeat, residueOf, spread } from './spreads.ts';

describe('rounds on the complete graph', () => {
  it.each([
    ['push', 4, push(), pushChain],
    ['push', 8, push(), pushChain],
    ['pull', 4, pull(), pullChain],
    ['pull', 8, pull(), pullChain],
  ] as const)(
    '%s among %i nodes ends when its Markov chain ends, in law',
    (_, n, protocol, chain) => {
      const runs = 1000;
      const law = completionLaw(chain(n));
      const seen = new Array<number>(law.length).fill(0); // [t] runs
      for (const { last } of repeat(runs, protocol, { n, stop: covered })) {
        seen[Math.min(last, law.length - 1)]++;
      }
      const pooled = pool(
        seen,
        law.map((probability) => probability * runs),
      );
      expect(chiSquare(pooled.seen, pooled.expected).pValue).toBeGreaterThan(2.5e-5);
    },
  );

  it('push among 1000 nodes takes as long as its Markov chain: log2 n + ln n + 1.15', () => {
    const exact = meanOf(completionLaw(pushChain(1000)));
    expect(exact - Math.log2(1000) - Math.log(1000)).toBeCloseTo(1.15, 1);
    expectNear(
      measure(repeat(100, push(), { stop: covered }), ({ last }) => last),
      exact,
    );
  });

  it.each([
    ['push', push()],
    ['pull', pull()],
    ['push-pull', pushPull()],
  ] as const)(
    'anti-entropy by %s spreads as the plain epidemic does, node by node',
    (direction, plain) => {
      const repair = spread(antiEntropy({ direction }), 'same', { stop: covered });
      expect(repair.arrivals).toEqual(spread(plain, 'same', { stop: covered }).arrivals);
      expect(repair.traffic).toBeLessThan(1.5); // only differences are sent
    },
  );

  it('median-counter spreads as push-pull does, node by node, and ends by itself', () => {
    const karp = spread(medianCounter({ ctrMax: 3 }), 'same');
    expect(karp.residue).toBe(0);
    expect(karp.arrivals).toEqual(spread(pushPull(), 'same', { stop: covered }).arrivals);
  });
});

describe('infect and die', () => {
  // No stop rule: it is quiet by itself, and `settled` would hold before the first message arrives.
  const die = (runs: number, protocol: ProtocolFactory<number>, n: number) =>
    repeat(runs, protocol, { n, stop: () => false });

  // Tolerance 0.002: the law is for n = infinity; ours is 5000. A fixed fanout of 3 or more does not die out early.
  it.each([3, 4, 6])('reaches pi = 1 - exp(-f pi) of the nodes at fanout f = %i', (fanout) => {
    const runs = die(10, infectAndDie({ fanout }), 5000);
    expectNear(
      measure(runs, ({ residue }) => residue),
      residueOf(fanout),
      0.002,
    );
  });

  // Tolerance 0.02 for n = 500; se 0.025, so a fanout wrong by one (c off by 1: 0.32) is found with certainty.
  it.each([0, 1])(
    'reaches all with probability exp(-exp(-c)) at a Poisson fanout of mean ln n + c, c = %i',
    (c) => {
      const fanout = Math.log(500) + c;
      const runs = die(400, infectAndDie({ fanout, fanoutLaw: 'poisson' }), 500);
      expectNear(
        measure(runs, ({ residue }) => (residue === 0 ? 1 : 0)),
        Math.exp(-Math.exp(-c)),
        0.02,
      );
    },
  );
});

/** Merges neighbouring cells until each expects 5 or more. */
function pool(seen: readonly number[], expected: readonly number[]) {
  const pooled = { seen: [0], expected: [0] };
  for (let t = 0; t < seen.length; t++) {
    const last = pooled.seen.length - 1;
    pooled.seen[last] += seen[t];
    pooled.expected[last] += expected[t];
    const rest = expected.slice(t + 1).reduce((sum, x) => sum + x, 0);
    if (pooled.expected[last] >= 5 && rest >= 5) {
      pooled.seen.push(0);
      pooled.expected.push(0);
    }
  }
  return pooled;
}
