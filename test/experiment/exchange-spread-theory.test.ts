/** The theory of exchanges on periodic clocks against its own model, played by hand: calls, answers, nothing else. */
import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { evenWay, exchangeGrowth, exponentialWays } from '../../src/experiment/exchange-growth.ts';
import { ExchangeSpread } from '../../src/experiment/exchange-spread-theory.ts';

describe('growth', () => {
  it('without latency and loss solves (1/r - 1)^2 = 1 / (r (e^r - 1))', () => {
    const r = exchangeGrowth({ ways: evenWay(0), delivered: 1 });
    expect((1 / r - 1) ** 2).toBeCloseTo(1 / (r * Math.expm1(r)), 9);
    expect(r).toBeCloseTo(1.6302, 4);
  });

  it('falls with latency and with loss', () => {
    const of = (latency: number, delivered: number) =>
      exchangeGrowth({ ways: evenWay(latency), delivered });
    expect(of(0.1, 1)).toBeLessThan(of(0.05, 1));
    expect(of(0.05, 0.8)).toBeLessThan(of(0.05, 0.9));
  });

  it('refuses an exchange that is not over when the next one begins', () => {
    expect(() => exchangeGrowth({ ways: evenWay(0.5), delivered: 1 })).toThrow('syn + ack');
  });
});

it('atoms of an exponential law have its mean, and nearly its transform', () => {
  const ways = exponentialWays(0.1);
  const over = (of: (x: number) => number) =>
    ways.reduce((sum, { share, ack }) => sum + share * of(ack), 0);
  expect(over(() => 1)).toBeCloseTo(1, 12);
  expect(over((x) => x)).toBeCloseTo(0.1, 12);
  expect(Math.abs(over((x) => Math.exp(-1.5 * x)) - 1 / 1.15)).toBeLessThan(0.001);
});

/** One news among n; messages take no time. Times at which nodes know it, ascending. */
function play(n: number, delivered: number, draws: Stream, run: number): number[] {
  const order = Array.from({ length: n }, (_, node) => ({ node, phase: draws.draw(run) }));
  order.sort((a, b) => a.phase - b.phase);
  const knows = new Uint8Array(n);
  knows[0] = 1;
  const times = [0];
  const arrives = () => draws.draw(run) < delivered;
  for (let period = 0; times.length < n; period++) {
    for (const { node, phase } of order) {
      const other = draws.below(run, n - 1);
      const called = other < node ? other : other + 1;
      if (knows[node] === knows[called]) continue;
      if (!arrives() || !arrives()) continue; // SYN, ACK
      if (knows[node] === 1 && !arrives()) continue; // ACK2
      knows[node] = 1;
      knows[called] = 1;
      times.push(period + phase);
    }
  }
  return times;
}

describe.each([
  { n: 100, delivered: 1, runs: 1500 },
  { n: 100, delivered: 0.8, runs: 1500 },
  { n: 600, delivered: 1, runs: 300 },
])('news among $n, $delivered delivered', ({ n, delivered, runs }) => {
  const draws = new Stream('exchange', 'test', runs);
  const all = Array.from({ length: runs }, (_, run) => play(n, delivered, draws, run));
  const theory = new ExchangeSpread({ ways: evenWay(0), delivered });
  const mean = (of: (times: number[]) => number) =>
    all.reduce((sum, times) => sum + of(times), 0) / runs;
  // Each is off by about 1/n, and by the error of the mean: the sd is about 0.6 / growth.
  const near = (found: number, expected: number) => {
    const chance = (3.5 * 0.7) / theory.growth / Math.sqrt(runs);
    expect(Math.abs(found - expected)).toBeLessThan((2 * expected) / n + chance);
  };

  it.each([0.5, 0.99, 1])('is with a share of %d when the theory says', (share) => {
    const known = Math.ceil(share * n);
    near(
      mean((times) => times[known - 1]),
      theory.timeTo(n, known),
    );
  });

  it('takes to the mean node what the theory says', () => {
    near(
      mean((times) => times.reduce((sum, time) => sum + time, 0) / (n - 1)),
      theory.meanDelay(n),
    );
  });
});

describe('what a call carries that its caller learned meanwhile', () => {
  it('makes news quicker where messages take time', () => {
    const of = (latency: number, asked: number) =>
      new ExchangeSpread({ ways: evenWay(latency), delivered: 1, asked }).timeTo(1000, 500);
    expect(of(0.1, 0.45)).toBeLessThan(of(0.1, 0) - 0.05);
    expect(Math.abs(of(0, 0.45) - of(0, 0))).toBeLessThan(0.01);
  });

  it('is asked for by nearly half of the called: few have heard the same heartbeat last', () => {
    const later = new ExchangeSpread({ ways: evenWay(0), delivered: 1 }).laterHeartbeat();
    expect(later).toBeGreaterThan(0.3);
    expect(later).toBeLessThan(0.5);
  });
});

it('nobody is left after long enough', () => {
  const theory = new ExchangeSpread({ ways: evenWay(0), delivered: 1 });
  expect(theory.unaware(1000, 0.01)).toBeGreaterThan(0.998);
  expect(theory.unaware(1000, 30)).toBeLessThan(1e-11);
  expect(theory.unaware(1000, theory.timeTo(1000, 500))).toBeCloseTo(0.5, 1);
});
