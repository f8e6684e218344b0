/**
 * Random schedules have the laws that they are told. Fixed seeds; each test states its hypothesis, and rejects it at
 * alpha = 1e-5. Power: with 2000 durations Kolmogorov-Smirnov finds a distance of 0.08 in the distribution function
 * (a mean wrong by a fifth) with probability 0.99.
 */
import { describe, expect, it } from 'vitest';
import { chiSquare, kolmogorovSmirnov } from '../../src/base/goodness.ts';
import { normalCdf } from '../../src/base/special.ts';
import { chiSquareTail, sum } from '../../src/base/statistics.ts';
import type { FaultPlan } from '../../src/engine/model.ts';
import { streamsOf } from '../../src/engine/streams.ts';
import * as build from '../../src/faults/index.ts';

const ALPHA = 1e-5;
const NODES = 2000;

const drawn = (plan: FaultPlan, n = NODES, seed = 'laws') => plan(streamsOf(seed, n));

/** The first session and the first absence of each node, in ms; NaN where it did not end within the window. */
function firstPeriods(session: build.Duration, absence: build.Duration): number[][] {
  const changes = Array.from({ length: NODES }, (): number[] => []); // [node] times of its changes
  const plan = build.churn({ session, absence, untilMs: 1e9 });
  for (const { atMs, node } of drawn(plan)) changes[node].push(atMs);
  return [
    changes.map(([down = Number.NaN]) => down),
    changes.map(([down, up = Number.NaN]) => up - down),
  ];
}

describe('churn', () => {
  const laws: [string, (u: number) => number, (x: number) => number][] = [
    ['exponential', build.exponentialMs(1e8), (x) => 1 - Math.exp(-x / 1e8)],
    ['Weibull', build.weibullMs(0.7, 1e8), (x) => 1 - Math.exp(-((x / 1e8) ** 0.7))],
    ['normal', build.normalMs(1e8, 2e7), (x) => normalCdf((x - 1e8) / 2e7)],
    ['Pareto', build.paretoMs(3, 1e8), (x) => 1 - Math.min(1, 1e8 / x) ** 3],
    ['uniform', build.uniformMs(1e7, 1e8), (x) => Math.min(1, (x - 1e7) / 9e7)],
  ];
  it.each(laws)('has sessions and absences of the %s law', (_name, law, cdf) => {
    for (const periods of firstPeriods(law, law)) {
      const whole = periods.filter((period) => period < 3e8); // a longer one may not have ended
      const upTo = cdf(3e8);
      expect(whole.length).toBeGreaterThan(0.8 * NODES);
      expect(kolmogorovSmirnov(whole, (x) => cdf(x) / upTo).pValue).toBeGreaterThan(ALPHA);
    }
  });

  it('of exponential periods keeps its balance: E(absence) / E(absence + session) are away', () => {
    const session = build.exponentialMs(300);
    const absence = build.exponentialMs(100);
    const plan = build.churn({ session, absence, absentShare: 0.25, untilMs: 2000 });
    const away = new Uint8Array(NODES);
    for (const { node, kind } of drawn(plan)) away[node] = kind === 'restart' ? 0 : 1;
    // Binomial with p = 1/4 at any time; a share of 0.31 is found with probability 0.95.
    const absent = sum(away);
    const { pValue } = chiSquare([absent, NODES - absent], [NODES / 4, (3 * NODES) / 4]);
    expect(pValue).toBeGreaterThan(ALPHA);
  });
});

describe('a Poisson process', () => {
  it('of pauses has Poisson counts: variance = mean', () => {
    const plan = build.pauses({ perHour: 36_000, untilMs: 1000, lasts: 1 }); // 10 expected
    const counts = new Float64Array(NODES); // [node]
    for (const { node } of drawn(plan)) counts[node]++;
    const total = sum(counts);
    const mean = total / NODES;
    // The total is Poisson of mean 20,000: 4.4 standard deviations for alpha.
    expect(Math.abs(total - 10 * NODES)).toBeLessThan(4.4 * Math.sqrt(10 * NODES));
    // Fisher's dispersion is chi-square with 1999 degrees of freedom; it finds a variance wrong by a fifth.
    const dispersion = sum(counts.map((count) => (count - mean) ** 2)) / mean;
    expect(chiSquareTail(dispersion, NODES - 1)).toBeGreaterThan(ALPHA / 2);
    expect(chiSquareTail(dispersion, NODES - 1)).toBeLessThan(1 - ALPHA / 2);
  });

  it('of joins comes at times uniform in the window, each node once, for a session', () => {
    const plan = build.joins({
      ...{ pool: 'all', perHour: 3.6e6, untilMs: 1500 },
      session: build.exponentialMs(100),
    });
    const faults = drawn(plan);
    const joined = faults.filter(({ kind }) => kind === 'restart');
    expect(faults.filter(({ kind }) => kind === 'absent')).toHaveLength(NODES);
    expect(new Set(joined.map(({ node }) => node)).size).toBe(joined.length);
    const times = joined.map(({ atMs }) => atMs);
    expect(kolmogorovSmirnov(times, (x) => x / 1500).pValue).toBeGreaterThan(ALPHA);
    expect(Math.abs(times.length - 1500)).toBeLessThan(4.4 * Math.sqrt(1500));
    const since = new Map(joined.map(({ node, atMs }) => [node, atMs]));
    const sessions = faults
      .filter(({ kind }) => kind === 'crash')
      .map(({ node, atMs }) => atMs - since.get(node)!);
    expect(sessions).toHaveLength(joined.length);
    expect(kolmogorovSmirnov(sessions, (x) => 1 - Math.exp(-x / 100)).pValue).toBeGreaterThan(
      ALPHA,
    );
  });

  it('of zone failures takes all of a zone at a time, each zone by itself', () => {
    const plan = build.zoneFailures({
      ...{ zoneOf: (node) => Math.floor(node / 10), lasts: 0.001 },
      ...{ perHour: 36_000, untilMs: 1000 }, // 10 expected
    });
    const crashes = drawn(plan).filter(({ kind }) => kind === 'crash');
    const perNode = new Float64Array(NODES); // [node]
    for (const { node } of crashes) perNode[node]++;
    const perZone = perNode.filter((_, node) => node % 10 === 0);
    perNode.forEach((count, node) => void expect(count).toBe(perZone[Math.floor(node / 10)]));
    // Poisson counts again, with 199 degrees of freedom.
    const mean = sum(perZone) / perZone.length;
    const dispersion = sum(perZone.map((count) => (count - mean) ** 2)) / mean;
    expect(chiSquareTail(dispersion, perZone.length - 1)).toBeGreaterThan(ALPHA / 2);
    expect(chiSquareTail(dispersion, perZone.length - 1)).toBeLessThan(1 - ALPHA / 2);
    expect(new Set(crashes.map(({ atMs }) => atMs)).size).toBe(sum(perZone)); // no two zones at a time
  });
});

describe('a random choice', () => {
  it('takes every node as often as the others', () => {
    const plan = build.crash({ nodes: { share: 0.3 }, atMs: 0 });
    const counts = new Float64Array(10); // [node]
    for (let run = 0; run < 2000; run++) {
      for (const { node } of drawn(plan, 10, `run ${run}`)) counts[node]++;
    }
    // Without replacement: the statistic is (n - 1) / (n - k) = 9 / 7 times as large as Pearson's.
    const { statistic } = chiSquare(counts, new Float64Array(10).fill(600));
    expect(chiSquareTail((9 / 7) * statistic, 9)).toBeGreaterThan(ALPHA);
  });
});
