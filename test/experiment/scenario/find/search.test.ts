/** The search on curves that are known: how often it is right, what it says where there is nothing to find. */
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../../src/base/quantiles.ts';
import { Stream } from '../../../../src/base/stream.ts';
import { parseCondition } from '../../../../src/experiment/scenario/condition.ts';
import { precisionOf, searchedAxis } from '../../../../src/experiment/scenario/find/axis.ts';
import { meanEstimate } from '../../../../src/experiment/scenario/find/estimate.ts';
import { looks, type Search, search } from '../../../../src/experiment/scenario/find/search.ts';
import { findSentences } from '../../../../src/report/find-table.ts';

const NAMES = ['to_99_ms', 'unreached_frac', 'reached_all', 'mistakes_per_pair_h'];
const AXIS = { low: 0, high: 10, whole: false, precision: 0.1, first: 10, most: 320 };
const text = (measure: string, value: string) => parseCondition(`${measure} ${value}`, NAMES, '');

/** A mean that is `curve`, with noise of sd 1 in each run. */
function noisy(curve: (x: number) => number, seed: string, axis: Partial<Search> = {}): Search {
  const draws = new Stream(seed, 'noise', 1);
  const run = (x: number) => ({ to_99_ms: curve(x) + normalQuantile(draws.draw(0)) });
  return {
    ...{ ...AXIS, condition: text('to_99_ms', '< 5'), exposure: undefined, ...axis },
    ask: async (x, from, to) => Array.from({ length: to - from }, () => run(x)),
  };
}

describe('a search', () => {
  it('holds the crossing, 95 times in 100 or more', async () => {
    const trials = 60;
    let held = 0;
    for (let i = 0; i < trials; i++) {
      const { is, low, high, points } = await search(noisy((x) => x, `trial ${i}`));
      expect(is).toBe('bracket');
      expect(points.length).toBeLessThanOrEqual(18); // 7 halvings: what the level allows for
      if (low.x <= 5 && high.x > 5) held++;
    }
    expect(held).toBeGreaterThanOrEqual(57);
  });

  it('is narrow where the curve is steep, and stops at the precision', async () => {
    const { low, high, level } = await search(noisy((x) => 100 * (x - 2.6) + 5, 'steep'));
    expect(low.x).toBeLessThanOrEqual(2.6);
    expect(high.x).toBeGreaterThanOrEqual(2.6);
    expect(high.x - low.x).toBeLessThanOrEqual(0.1);
    expect(level).toBeCloseTo(1 - 0.05 / (18 * 6), 12);
  });

  it('finds whole numbers next to each other', async () => {
    const whole = noisy((x) => (x < 37 ? 0 : 10), 'step', { whole: true, high: 100, precision: 1 });
    const found = await search(whole);
    expect([found.low.x, found.high.x, found.low.holds]).toEqual([36, 37, true]);
    const [said] = findSentences(found, { ...whole, path: 'nodes', suffix: '' });
    expect(said).toMatch(/^The largest nodes with to_99_ms < 5 is 36 \(.* ms\); nodes = 37 has /);
  });

  it('says where the runs do not tell, and which do on either side', async () => {
    const flat = (x: number) => (x < 3 ? 0 : x > 7 ? 10 : 5);
    const found = await search(noisy(flat, 'flat', { most: 40 }));
    expect(found.low.x).toBeLessThan(3);
    expect(found.high.x).toBeGreaterThan(7);
    expect(found.high.x - found.low.x).toBeLessThan(4.6);
    expect(found.points.some(({ holds }) => holds === undefined)).toBe(true);
    expect(findSentences(found, { ...noisy(flat, ''), path: 'x', suffix: '' })[1]).toContain(
      '40 runs do not decide it between them, at ',
    );
  });

  it.each([
    ['holds', (x: number) => -x, 'holds at either end'],
    ['fails', (x: number) => 9 + x, 'does not hold at either end'],
    ['unclear', (x: number) => 5 + x, 'could not be decided whether'],
  ] as const)('of one answer looks no further: %s', async (is, curve, sentence) => {
    const of = noisy(curve, is);
    const found = await search(of);
    expect([found.is, found.points.length]).toEqual([is, 2]);
    expect(findSentences(found, { ...of, path: 'x', suffix: '' })[0]).toContain(sentence);
  });

  it('tells of a curve that comes back', async () => {
    const hump = (x: number) => (x < 1 ? 0 : x < 6 ? 20 : 10);
    const { bend } = await search(noisy(hump, 'hump'));
    expect(bend).toBeDefined();
    expect((await search(noisy((x) => 2 * x, 'slope'))).bend).toBeUndefined();
  });

  it('doubles its runs up to the most', () => {
    expect(looks({ first: 10, most: 100 })).toEqual([10, 20, 40, 80, 100]);
    expect(looks({ first: 10, most: 10 })).toEqual([10]);
  });
});

describe('a mean at a level', () => {
  const of = (values: readonly (number | boolean | null)[], measure: string) =>
    meanEstimate(
      values.map((value) => ({ [measure]: value, per: 2 })),
      measure,
      measure === 'mistakes_per_pair_h' ? 'per' : undefined,
      0.99,
    );

  it('of runs that all agree is not beyond doubt', () => {
    const share = 1 - 0.01 ** (1 / 20);
    expect(of(Array(20).fill(0), 'unreached_frac')).toMatchObject({ mean: 0, low: 0, high: share });
    expect(of(Array(20).fill(8), 'to_99_ms')).toMatchObject({
      low: 8 - 8 * share,
      high: 8 + 8 * share,
    });
    expect(of(Array(20).fill(true), 'reached_all').low).toBeCloseTo(0.005 ** (1 / 20), 9);
    expect(of(Array(20).fill(0), 'mistakes_per_pair_h').high).toBeCloseTo(-Math.log(0.005) / 40, 6);
  });

  it('of times that never came is above all; of what is undefined nothing is known', () => {
    expect(of([1, null, 2], 'to_99_ms')).toMatchObject({ mean: Infinity, low: Infinity, never: 1 });
    expect(of([null, null], 'mistake_ms')).toMatchObject({ mean: null, low: -Infinity, never: 0 });
    expect(of([1, 3, null], 'mistake_ms')).toMatchObject({ mean: 2, missing: 1, never: 0 });
    const never = (crashes: number, detected_all: boolean | null) =>
      meanEstimate(
        [{ detect_mean_ms: null, crashes, detected_all }],
        ...(['detect_mean_ms', undefined, 0.95] as const),
      ).never;
    expect([never(1, false), never(0, null), never(1, true)]).toEqual([1, 0, 0]);
  });
});

describe('an axis', () => {
  const basis = { file: 'a.yaml', set: [], text: 'nodes: 10\nduration: 30s\nprotocol: push\n' };

  it('is of whole numbers where the scenario takes no others', () => {
    expect(searchedAxis(basis, 'nodes=10..500')).toMatchObject({ low: 10, high: 500, whole: true });
    expect(searchedAxis(basis, 'loss=0..1').whole).toBe(false);
    const latency = searchedAxis(basis, 'latency=10ms..1s');
    expect(latency).toMatchObject({ low: 10, high: 1000, whole: false, axis: { suffix: 'ms' } });
    expect(precisionOf(latency, '50ms')).toBe(50);
    expect(precisionOf(latency, undefined)).toBe(9.9);
  });

  it.each([
    [
      'nodes',
      'find: --axis must be PATH=LOW..HIGH, as in loss=0..0.5 or nodes=10..1000; got "nodes"',
    ],
    ['nodes=1..5:3', 'find: --axis must be PATH=LOW..HIGH'],
    ['nodes=500..10', 'find: --axis nodes=500..10: 10 is not above 500'],
    ['latency=10..5s', 'find: --axis latency must go from one number to another; got 10..5s'],
    ['loss=0..5', 'loss must be a share from 0 to 1; got 5'],
  ])('%s is refused', (typed, sentence) =>
    expect(() => searchedAxis(basis, typed)).toThrow(sentence),
  );
});
