import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../../src/base/quantiles.ts';
import { Stream } from '../../../../src/base/stream.ts';
import { compare, holm } from '../../../../src/experiment/scenario/compare/compare.ts';
import { warnings } from '../../../../src/experiment/scenario/compare/warnings.ts';
import { compareSentence } from '../../../../src/report/compare-sentence.ts';
import { compareTable } from '../../../../src/report/compare-table.ts';

const NAMES = {
  names: ['reached_all', 'detect_mean_ms', 'mistakes_per_pair_h', 'bytes_per_node_s'],
  exposures: { mistakes_per_pair_h: 'mistakes_per_pair_h_exposure' },
};

/** Runs that share most of their luck; B is 1.8 s faster and sends 34 % more. */
function runs(n: number, mistakes: (i: number) => number = () => 0) {
  const draws = new Stream('compare', 'test', 1);
  const normal = () => normalQuantile(draws.draw(0));
  const luck = Array.from({ length: n }, normal);
  const one = (ms: number, bytes: number) => (x: number, i: number) => ({
    reached_all: true,
    detect_mean_ms: i === 3 ? null : ms + 1000 * x + 100 * normal(),
    mistakes_per_pair_h: mistakes(i),
    mistakes_per_pair_h_exposure: 2,
    bytes_per_node_s: bytes * (1 + 0.02 * x),
  });
  const [a, b] = [luck.map(one(5000, 100)), luck.map(one(3200, 134))];
  return { a, b };
}

describe('a comparison', () => {
  const { a, b } = runs(30);
  const [reached, detect, mistakes, bytes] = compare(a, b, NAMES);

  it('finds the difference in pairs, and says how much pairing gained', () => {
    const { mean, low, high } = detect.difference!;
    expect(low).toBeLessThan(-1800);
    expect(high).toBeGreaterThan(-1800);
    expect(high - low).toBeLessThan(200); // apart, at least 4 sd/sqrt(30) = 1000
    expect([detect.pairs, detect.differs]).toEqual([29, true]);
    expect(detect.correlation).toBeGreaterThan(0.95);
    expect(detect.pairing_gain).toBeGreaterThan(20);
    expect(mean).toBeCloseTo(detect.b! - detect.a!, 6);
  });

  it('gives ratios that are without doubt where pairs are', () => {
    expect(bytes.ratio!.value).toBeCloseTo(1.34, 12);
    expect(bytes.ratio!.low).toBeCloseTo(1.34, 6);
  });

  it('claims nothing of what was never counted, or true in all', () => {
    expect(mistakes).toMatchObject({ p: 1, differs: false, kind: 'rate' });
    expect(mistakes.both_below).toBeCloseTo(-Math.log(0.025) / 60, 6);
    expect(reached).toMatchObject({ p: 1, differs: false, kind: 'share', ratio: null });
    expect(reached.difference!.high).toBeGreaterThan(0.1);
  });

  it('says it in a sentence, what differs first', () => {
    expect(compareSentence([reached, detect, mistakes, bytes])).toMatch(
      /^B detects a crash 1\.\d+ s sooner \(95 % CI 1\.\d+ to 1\.\d+\), and sends 34 % more bytes \(34 to 34\)\.$/,
    );
    const table = compareTable([reached, detect, mistakes, bytes]).split('\n');
    expect(table.map((line) => line.split(' ')[0]).slice(2, 9)).toEqual([
      ...['Different', 'detect_mean_ms', 'bytes_per_node_s', '', 'Not'],
      ...['reached_all', 'mistakes_per_pair_h'],
    ]);
    expect(table.join('\n')).toContain('nothing is known of their difference');
  });

  it('of five pairs with mistakes in A alone is not sure', () => {
    const few = (pairs: number) => {
      const { a: seen } = runs(20, (i) => (i < pairs ? 1 : 0));
      return compare(seen, runs(20).b, NAMES)[2];
    };
    expect(few(5).differs).toBe(false);
    expect(few(5).p).toBeCloseTo(2 / 2 ** 5, 12);
    expect(few(15)).toMatchObject({ differs: true, b: 0 });
    expect(compareSentence([few(15)])).toBe(
      'B made no mistake at all (A: 0.75 per pair and hour).',
    );
  });

  it('counts who is left out', () => {
    const half = a.map((run, i) => (i < 10 ? { ...run, detect_mean_ms: null } : run));
    expect(compare(half, b, NAMES)[1]).toMatchObject({ pairs: 20, only_a: 0, only_b: 9 });
    expect(compareTable(compare(half, b, NAMES))).toContain('only A has it in 0 runs, only B in 9');
    const none = a.map((run) => ({ ...run, detect_mean_ms: null }));
    expect(compare(none, b, NAMES)[1]).toMatchObject({ pairs: 0, difference: null, p: null });
  });
});

describe("Holm's correction", () => {
  it('goes step by step, and stops', () => {
    expect(holm([0.01, 0.04, null, 0.02])).toEqual([true, true, false, true]);
    expect(holm([0.01, 0.06, 0.03])).toEqual([true, false, false]);
    expect(holm([])).toEqual([]);
  });

  it('errs in 5 of 100 families in which nothing differs, not more', () => {
    const draws = new Stream('holm', 'test', 1);
    const families = 4000;
    let wrong = 0;
    for (let i = 0; i < families; i++) {
      if (holm(Array.from({ length: 8 }, () => draws.draw(0))).includes(true)) wrong++;
    }
    expect(wrong / families).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / families));
    expect(wrong / families).toBeGreaterThan(0.03); // 1 - (1 - 0.05 / 8)^8 = 0.049
  });
});

describe('warnings', () => {
  const file = (text: string) => ({ file: 'a.yaml', set: [], text });
  const A = file('nodes: 10\nduration: 30s\nprotocol: push\n');

  it('name what else differs', () => {
    expect(warnings(A, A, 's')).toEqual(['A and B say the same: there is nothing to compare.']);
    const B = file('nodes: 20\nduration: 30s\nprotocol: push\nseed: other\n');
    expect(warnings(A, B, 'hearsay')).toEqual([
      'A has nodes 10 and B has nodes 20: this, too, is compared.',
      'The files have different seeds; both were run with hearsay.',
    ]);
  });
});
