import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import {
  brokenShare,
  counterBytes,
  deltaBytes,
  deltaEntries,
  entriesCovered,
  fixedBytes,
  indexBytes,
  mailDelay,
  meanOver,
  vectorBytes,
} from '../../src/experiment/vector-cost-theory.ts';
import { sparseBytes } from '../../src/protocols/ordering/sizes.ts';

const mean = (count: number, draw: () => number) => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += draw();
  return sum / count;
};

/** A Poisson variate: how many exponential gaps fit into `mean`. */
function poisson(mean: number, draws: Stream): number {
  let count = -1;
  for (let time = 0; time <= mean; time += Math.log(1 / draws.draw(0))) count++;
  return count;
}

describe('lengths of stamps', () => {
  it('are those of their fields', () => {
    expect(fixedBytes.full(64)).toBe(260);
    expect(fixedBytes.probabilistic(100)).toBe(404);
    expect(indexBytes(128)).toBe(1);
    expect(indexBytes(256)).toBe(1.5);
    expect(counterBytes(0)).toBe(0);
    expect(counterBytes(1000)).toBeCloseTo(2, 9);
  });

  it.each([
    { nodes: 3, perNode: 1, perSecond: 1, delayS: 0.5, t: 2 },
    { nodes: 3, perNode: 4, perSecond: 0.25, delayS: 0.5, t: 2 },
    { nodes: 2, perNode: 1, perSecond: 120, delayS: 0.1, t: 1 }, // counters about 128
    { nodes: 35, perNode: 4, perSecond: 4, delayS: 0.5, t: 1 }, // about 128 entries, indices above
    { nodes: 35, perNode: 4, perSecond: 4, delayS: 0.5, t: 1, isDotted: true },
  ])('of vectors are those of drawn ones: $nodes x $perNode', ({ t, ...options }) => {
    const { nodes, perNode, perSecond, delayS, isDotted = false } = options;
    const draws = new Stream('vector', 'test', 1);
    const drawn = mean(1500, () => {
      const own = draws.below(0, nodes * perNode);
      const vector = Int32Array.from({ length: nodes * perNode }, (_, entry) => {
        const isHere = Math.floor(entry / perNode) === Math.floor(own / perNode);
        return poisson(perSecond * (isHere ? t : t - delayS), draws);
      });
      if (!isDotted) vector[own]++;
      return sparseBytes(vector) + (isDotted ? 4 + (vector[own] + 1 < 128 ? 1 : 2) : 0);
    });
    const expected = vectorBytes(t, options);
    expect(Math.abs(drawn - expected)).toBeLessThan(0.01 * expected);
  });

  it('of a delta: any number of other entries is equally likely', () => {
    const draws = new Stream('delta', 'test', 1);
    const writers = 200;
    const bytes = mean(1000, () => {
      const own = draws.below(0, writers);
      const gap = -Math.log(draws.draw(0));
      const vector = Int32Array.from({ length: writers }, (_, entry) =>
        entry === own || -Math.log(draws.draw(0)) < gap ? 1 : 0,
      );
      return 4 + sparseBytes(vector);
    });
    const sd = (writers * 2.4) / Math.sqrt(12 * 1000);
    expect(Math.abs(bytes - deltaBytes(writers))).toBeLessThan(4 * sd);
    expect(deltaBytes(16)).toBe(4 + 1 + 8.5 * 2);
  });

  it('of a delta of unequal writers: the slow one nearly always finds the fast one changed', () => {
    expect(deltaEntries([1, 1, 1, 1])).toBeCloseTo(1 + 3 / 2, 12);
    // Of a hundred writes one is the slow one's, and finds 99/100; the others find 1/100.
    expect(deltaEntries([99, 1])).toBeCloseTo(1 + 0.01 * 0.99 + 0.99 * 0.01, 12);
    expect(deltaEntries([5])).toBe(1);
  });

  it('takes means over time', () => {
    expect(meanOver(1, 3, (t) => t * t)).toBeCloseTo(13 / 3, 5);
  });
});

describe('time at the uplink', () => {
  it('of an idle one is that of half of the mail and half a copy', () => {
    const { total, wait } = mailDelay({ n: 11, bytes: 100, bytesPerSecond: 1000, perSecond: 1e-9 });
    expect(wait).toBeCloseTo(0, 6);
    expect(total).toBeCloseTo(0.55, 6);
  });

  it('is that of Lindley’s recursion', () => {
    const draws = new Stream('mail', 'test', 1);
    const options = { n: 11, bytes: 100, bytesPerSecond: 2000, perSecond: 1 }; // load 1/2
    let wait = 0;
    const found = mean(100_000, () => {
      wait = Math.max(0, wait + 0.5 + Math.log(draws.draw(0)));
      return wait;
    });
    expect(mailDelay(options).load).toBe(0.5);
    expect(Math.abs(found - mailDelay(options).wait)).toBeLessThan(0.015);
    expect(mailDelay({ ...options, perSecond: 2 }).total).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('what goes wrong without order', () => {
  it('of two nodes are writes of one that overtake each other', () => {
    // m = r d: with U uniform, P(none missing) = E exp(-m U).
    const m = 0.3;
    const none = meanOver(0, 1, (u) => Math.exp(-m * u));
    expect(brokenShare(2, 6, 0.05).direct).toBeCloseTo(1 - none, 6);
    expect(brokenShare(2, 6, 0.05).withChains).toBeCloseTo(1 - none, 6);
  });

  it('counts what is direct as a simulation of one receiver does', () => {
    // n = 16: 14 third nodes, and the sender; each with the writes of the last 12 mean delays.
    const draws = new Stream('direct', 'test', 1);
    const exponential = () => Math.log(1 / draws.draw(0));
    const load = 0.05;
    const broken = mean(4000, () => {
      const arrival = exponential();
      for (let node = 0; node < 15; node++) {
        for (let u = exponential() / load; u < 12; u += exponential() / load) {
          const isAtSender = node === 14 || exponential() < u;
          if (isAtSender && exponential() > u + arrival) return 1;
        }
      }
      return 0;
    });
    const { direct, withChains, longer } = brokenShare(16, 1, load);
    expect(Math.abs(broken - direct)).toBeLessThan(4 * Math.sqrt(0.15 / 4000));
    expect(withChains).toBeGreaterThan(direct);
    expect(longer).toBeLessThan(withChains - direct);
  });

  it('adds chains as they are counted where they are rare', () => {
    // Then the share is the mean of their number: (n-2)(n-3)/36 + (n-2)/12 of load^2 U (1 - U/2), U uniform.
    const load = 1e-3;
    const n = 10;
    const { direct, withChains } = brokenShare(n, 1, load);
    const number = load ** 2 * ((8 * 7) / 36 + 8 / 12) * (1 / 2 - 1 / 6);
    expect((withChains - direct) / number).toBeCloseTo(1, 1);
  });

  it('covers the entries of a missing write by chance', () => {
    expect(entriesCovered(1, 1, 1)).toBe(1);
    expect(entriesCovered(100, 3, 20)).toBeCloseTo(0.0929, 4); // Mostéfaoui, Weiss 2017, their formula
    expect(entriesCovered(100, 1, 20)).toBeCloseTo(0.182, 3);
  });
});
