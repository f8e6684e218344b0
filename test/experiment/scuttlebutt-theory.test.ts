/** The theory of the steady state against its own model, played by hand; what flow control does, in the small. */
import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { FLOW, flowControl } from '../../src/experiment/scuttlebutt-flow.ts';
import { overload } from '../../src/experiment/scuttlebutt-overload.ts';
import { PRINTED_LONGEST_S, PRINTED_STALE } from '../../src/experiment/scuttlebutt-table.ts';
import { capacity, steadyStale } from '../../src/experiment/scuttlebutt-theory.ts';
import { meanOf } from '../../src/experiment/scuttlebutt-twin.ts';
import { ORDERS } from '../../src/protocols/scuttlebutt/orders.ts';

interface Update {
  readonly key: number;
  readonly at: number;
}

/** Exchanges take no time and carry all: participants know the first so many updates of each. Stale mappings at `until`. */
function play(n: number, keys: number, until: number, draws: Stream, run: number) {
  const made = Array.from({ length: n }, (): Update[] => []);
  const known = Array.from({ length: n }, () => new Int32Array(n));
  const events = Array.from({ length: n }, (_, node) => [
    { at: draws.draw(run), node, updates: true },
    { at: draws.draw(run), node, updates: false },
  ]).flat();
  events.sort((a, b) => a.at - b.at);
  for (let second = 0; second < until; second++) {
    for (const { at, node, updates } of events) {
      if (updates) {
        made[node].push({ key: draws.below(run, keys), at: second + at });
        known[node][node]++;
        continue;
      }
      const other = (node + 1 + draws.below(run, n - 1)) % n;
      for (let of = 0; of < n; of++) {
        known[node][of] = Math.max(known[node][of], known[other][of]);
        known[other][of] = known[node][of];
      }
    }
  }
  let [count, longest] = [0, 0];
  for (const row of known) {
    let oldest = until;
    for (let of = 0; of < n; of++) {
      const unknown = made[of].slice(row[of]);
      count += new Set(unknown.map(({ key }) => key)).size;
      if (unknown.length > 0) oldest = Math.min(oldest, unknown[0].at);
    }
    longest += until - oldest;
  }
  return { count: count / n, longest: longest / n };
}

describe.each([
  { n: 40, keys: 64, runs: 60 },
  { n: 100, keys: 8, runs: 20 },
])('steady state of $n participants of $keys keys', ({ n, keys, runs }) => {
  const draws = new Stream('scuttlebutt', 'test', runs);
  const found = Array.from({ length: runs }, (_, run) => play(n, keys, 12, draws, run));
  const theory = steadyStale({ n, keys, rate: 1, latencyS: 0 });
  const mean = (of: (one: (typeof found)[number]) => number) =>
    found.reduce((sum, one) => sum + of(one), 0) / runs;

  // The mean of a run is off by 4 %; the theory by an n-th or two.
  const open = 2 / n + (3.5 * 0.04) / Math.sqrt(runs);

  it('has as many stale mappings as the theory says', () => {
    expect(Math.abs(mean(({ count }) => count) / theory.count - 1)).toBeLessThan(open);
  });

  it('has the oldest as long as the theory says', () => {
    expect(Math.abs(mean(({ longest }) => longest) / theory.longestS - 1)).toBeLessThan(open);
  });
});

describe('overload', () => {
  const setting = { n: 10, seed: 'overload', phase: 'random', latencyMs: 1 } as const;
  const at = (order: (typeof ORDERS)[number], times: number[]) =>
    overload({ ...setting, order }, times);

  it('is the same for both precise orders as long as all fits', () => {
    const [[newest], [oldest]] = [at('precise-newest', [14]), at('precise-oldest', [14])];
    expect([...newest.counts]).toEqual([...oldest.counts]);
    expect([...newest.longestMs]).toEqual([...oldest.longestMs]);
  });

  it.each(ORDERS)('ends with all up to date: %s', (order) => {
    const [before, peak, end] = at(order, [14, 75, 140]).map(({ counts }) => meanOf(counts));
    expect(peak).toBeGreaterThan(3 * before);
    expect(end).toBe(0);
  });
});

it('flow control rests where steps up and down cancel, below what messages carry, and follows the mtu down', () => {
  const [n, balance, step] = [12, 1, 0.05];
  const atS = Array.from({ length: 80 }, (_, i) => 2 * (i + 1));
  const setting = { n, order: 'depth', seed: 'flow', balance, step } as const;
  const { rest, tau, tauAfter } = flowControl(setting, atS, [60]);
  const [from, to] = FLOW.restS;
  const drift = (tau[atS.indexOf(to)] - tau[atS.indexOf(from)]) / (2 * (to - from)) / step;
  const cancelling = (rest.tau * rest.overflowing + drift) / (1 - rest.overflowing);
  expect(Math.abs(cancelling / balance - 1)).toBeLessThan(0.05);
  expect(rest.made).toBeLessThan(capacity(n, FLOW.mtu));
  expect(rest.made).toBeGreaterThan(capacity(n, FLOW.mtu) / 3);
  expect(tauAfter / rest.tau).toBeGreaterThan(0.4);
  expect(tauAfter / rest.tau).toBeLessThan(0.65);
});

it('the printed tables are whole, and in the printed order at their peak', () => {
  const peak = (order: (typeof ORDERS)[number]) => Math.max(...PRINTED_STALE[order]);
  for (const order of ORDERS) {
    expect(PRINTED_STALE[order]).toHaveLength(12);
    expect(PRINTED_LONGEST_S[order]).toHaveLength(12);
  }
  expect(peak('precise-newest')).toBeLessThan(peak('depth'));
  expect(peak('depth')).toBeLessThan(peak('breadth'));
  expect(peak('breadth')).toBeLessThan(peak('precise-oldest'));
});
