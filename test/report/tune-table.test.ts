/** What a tuning says: what is taken and why, and what is not known. */
import { describe, expect, it } from 'vitest';
import type { Outcome, Tuned } from '../../src/experiment/scenario/tune/front.ts';
import { tuneFigure } from '../../src/report/tune-figure.ts';
import { seenWithLess, tuneCsv, tuneSentences, tuneTable } from '../../src/report/tune-table.ts';

const estimate = (mean: number, high = mean) => ({ mean, low: mean, high, missing: 0, never: 0 });
const setting = (i: number, ms: number, mistakes: number, bytes: number): Outcome => ({
  ...{ setting: i, runs: 10, status: 'front' },
  estimates: {
    detect_mean_ms: estimate(ms),
    mistakes_per_pair_h: estimate(mistakes, mistakes || 0.3),
    bytes_per_node_s: estimate(bytes),
    detected_all: estimate(i === 1 ? 0.9 : 1),
  },
});
const OBJECTIVES = ['detect_mean_ms', 'mistakes_per_pair_h', 'bytes_per_node_s'];
const TUNING = {
  axes: [{ path: 'protocol.threshold', column: 'threshold', suffix: '', values: [5, 8] }],
  cells: [{ threshold: 5 }, { threshold: 8 }],
  ...{ objectives: OBJECTIVES, prefer: ['mistakes_per_pair_h', 'detect_mean_ms'], budgets: [] },
};
const tuned = (outcomes: Outcome[], best: number): Tuned => ({
  ...{ outcomes, best: outcomes[best], sure: true },
});

describe('a tuning', () => {
  const both = [setting(0, 12_000, 0.5, 600), setting(1, 20_000, 0, 610)];

  it('names what may be better, if that is not beyond doubt', () => {
    const [count, take, doubt] = tuneSentences(tuned(both, 0), TUNING);
    expect(count).toBe('2 settings: 2 front.');
    expect(take).toContain('Take protocol.threshold = 5: detect_mean_ms 12 s,');
    expect(doubt).toBe(
      'Less mistakes_per_pair_h was seen with protocol.threshold = 8 (0 per pair and hour), but not beyond doubt: so no configuration is given; more --replicates tell more.',
    );
    expect(seenWithLess(tuned(both, 0), TUNING.prefer)).toEqual([both[1]]);
    expect(seenWithLess(tuned(both, 1), TUNING.prefer)).toEqual([]);
  });

  it('says how much there may be of what was not seen, and who missed crashes', () => {
    const [, , unseen, missed] = tuneSentences(tuned(both, 1), TUNING);
    expect(unseen).toBe(
      'Nothing was seen of mistakes_per_pair_h, of which there may be up to 0.3 (95 %).',
    );
    expect(missed).toContain('In 10 % of its runs not all noticed each crash');
    const none = [setting(0, 12_000, 0, 600), setting(0, 20_000, 0, 610)];
    expect(tuneSentences(tuned(none, 0), TUNING)[2]).toContain('No setting had any, so that');
  });

  it('has nothing to take where no budget is kept', () => {
    const over = both.map((of): Outcome => ({ ...of, status: 'over', budget: 'x < 1' }));
    const nothing: Tuned = { outcomes: over, best: undefined, sure: false };
    expect(tuneSentences(nothing, { ...TUNING, budgets: ['x < 1'] })).toEqual([
      '2 settings: 2 over budget.',
      'No setting keeps x < 1, as far as seen; allow more, or vary more.',
    ]);
  });

  it('is a table with the best marked, a row per setting as CSV, and a figure', () => {
    const of = tuned([both[0], { ...both[1], status: 'dominated' }], 0);
    const lines = tuneTable(of, TUNING).split('\n');
    expect(lines[2]).toMatch(/^ +5 +10 +12,000 .* front, to be taken$/);
    expect(lines[3]).toMatch(/dominated$/);
    expect(tuneCsv(of, TUNING).split('\n')[2]).toMatch(
      /^8,10,dominated,false,20000,20000,20000,0,0,0,/,
    );
    const { drawable, summaries } = tuneFigure(of, TUNING)!;
    const [{ x, y, color, references }] = drawable.figures;
    expect([x.field, x.scale, y.field, y.scale, color!.title]).toEqual([
      ...['detect_mean_ms', 'linear', 'mistakes_per_pair_h', 'linear', 'protocol.threshold'],
    ]);
    const many = tuned(
      Array.from({ length: 9 }, () => both[0]),
      0,
    );
    expect(tuneFigure(many, TUNING)!.drawable.figures[0].color?.title).toBeUndefined(); // all cost the same
    expect(summaries.map(({ cell }) => references![0].at(cell))).toEqual([0.5, null]);
    expect(tuneFigure(of, { ...TUNING, objectives: ['detect_mean_ms'] })).toBeUndefined();
  });
});
