import { describe, expect, it } from 'vitest';
import type { Figure } from '../../src/experiment/model.ts';
import { figureSpec } from '../../src/report/figure-spec.ts';
import {
  curve,
  type Example,
  example,
  fanout,
  pushRounds,
  rumours,
  statistic,
  topology,
  undefinedStatistic,
} from './examples.ts';

interface Row {
  readonly mark: string;
  readonly x: number | string;
  readonly y: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly color?: string | null;
  readonly facet?: string;
  readonly detail?: string;
}

function specOf({ experiment, summaries }: Example, index = 0, changes: Partial<Figure> = {}) {
  const spec = figureSpec(experiment, { ...experiment.figures[index], ...changes }, summaries);
  const { data, title } = spec as unknown as {
    data: { values: Row[] };
    title: { subtitle: string[] };
  };
  return { spec, rows: data.values, caption: title.subtitle.join(' ') };
}

const encodings = (spec: object) =>
  JSON.stringify(spec).match(/"scale":\{"type":"log"[^}]*"domain":\[[^\]]*\]/g) ?? [];

describe('the data of a figure', () => {
  it('holds the mean and the 95 % interval of each cell', () => {
    const [first] = specOf(fanout).rows;
    const { mean, ciLow, ciHigh } = fanout.summaries[0].measures.coverage_frac;
    expect(first.y).toBeCloseTo(mean, 5);
    expect(first.low).toBeCloseTo(Math.max(0, ciLow), 5);
    expect(first.high).toBeCloseTo(ciHigh, 5);
  });

  it('holds the 5 % to 95 % range where the figure asks for quantiles', () => {
    const [first] = specOf(pushRounds).rows;
    const { p05, p95 } = pushRounds.summaries[0].measures.rounds;
    expect([first.low, first.high]).toEqual([p05, p95].map((x) => Number(x.toPrecision(6))));
  });

  it('holds the median, the smallest and the largest run where the figure asks for the range', () => {
    const [first] = specOf(pushRounds, 0, { band: 'range' }).rows;
    const { p50, min, max } = pushRounds.summaries[0].measures.rounds;
    const shown = [p50, min, max].map((x) => Number(x.toPrecision(6)));
    expect([first.y, first.low, first.high]).toEqual(shown);
    expect(first).toMatchObject({ label: 'measured: median and range of the runs' });
  });

  it('has no number of more than six significant digits', () => {
    const digits = JSON.stringify(specOf(fanout).rows).match(/\d+\.\d+/g) ?? [];
    const longest = digits.map((text) => text.replace(/^0\.0*/, '').replace('.', '').length);
    expect(Math.max(...longest)).toBe(6);
  });

  it('leaves a gap where no run has a value, and says so', () => {
    const { rows, caption } = specOf(topology);
    const gap = rows.find((row) => row.x === 'grid' && row.color === '1,024');
    expect(gap).toMatchObject({ y: null, low: null, high: null });
    expect(caption).toContain('1 point without a value not shown.');
    expect(caption).toContain("(at most 6 % of a point's runs)");
  });

  it('leaves out zeros on a log axis, and counts them in the caption', () => {
    const { rows, caption, spec } = specOf(fanout, 1);
    expect(caption).toContain('8 points at zero not shown.');
    expect(rows.filter(({ y }) => y === null)).toHaveLength(8);
    expect(rows.every(({ y }) => y === null || y > 0)).toBe(true);
    expect(encodings(spec).join()).not.toMatch(/"domain":\[0,/);
  });

  it('ends a band at the end of a log axis where the interval reaches zero', () => {
    const { rows } = specOf(fanout, 1);
    const lows = rows.map(({ low }) => low).filter((low) => typeof low === 'number');
    expect(Math.min(...lows)).toBe(1e-4);
  });

  it('says when the y axis does not start at zero', () => {
    const high = example({
      name: 'high',
      grid: { n: [1, 2] },
      measures: ({ n }) => ({ m: statistic(100 + Number(n), 1) }),
      figures: [
        {
          name: 'a',
          title: 'A',
          caption: 'C.',
          x: { field: 'n', title: 'n' },
          y: { field: 'm', title: 'm' },
        },
      ],
    });
    expect(specOf(high).caption).toBe('C. The y axis does not start at 0.');
    expect(specOf(fanout).caption).not.toContain('start');
  });
});

describe('an interval that reaches below zero', () => {
  const of = (min: number) => {
    const low = example({
      name: 'low',
      grid: { n: [1, 2] },
      measures: ({ n }) => ({ m: statistic(100 * Number(n), 0, { ciLow: -80, min }) }),
      figures: [
        {
          name: 'a',
          title: 'A',
          caption: 'C.',
          x: { field: 'n', title: 'n' },
          y: { field: 'm', title: 'm' },
        },
      ],
    });
    return specOf(low).rows[0].low;
  };

  it('ends at zero where no run was below zero', () => expect(of(0)).toBe(0));
  it('is shown where some run was', () => expect(of(-1)).toBe(-80));
});

describe('references', () => {
  it('are black and drawn once where they hold for every colour', () => {
    const curveRows = specOf(rumours).rows.filter(({ mark }) => mark === 'line');
    expect(curveRows).toHaveLength(65);
    expect(new Set(curveRows.map(({ color }) => color))).toEqual(new Set([null]));
  });

  it('have the colour of their series where they differ', () => {
    const theory = specOf(fanout).rows.filter(({ mark }) => mark === 'line');
    expect(new Set(theory.map(({ color }) => color))).toEqual(new Set(['0', '0.05', '0.2', '0.5']));
  });

  it('are asked with the place along a series', () => {
    const theory = specOf(curve).rows.filter((row) => row.mark === 'line' && row.color === 'push');
    expect(theory[13]).toMatchObject({ x: 13, y: 0.5 });
  });

  it('follow a measured x through the name of the measure', () => {
    const theory = specOf(rumours).rows.filter(({ mark }) => mark === 'line');
    for (const { x, y } of theory) expect(y).toBeCloseTo(Math.exp(-Number(x)), 5);
  });

  it('may give published points an x of their own', () => {
    const reference = { label: 'P', mark: 'points' as const, at: () => 0.5, x: () => 3 };
    const { rows } = specOf(rumours, 0, { references: [reference] });
    const published = rows.filter(({ mark }) => mark === 'points');
    expect(new Set(published.map(({ x }) => x))).toEqual(new Set([3]));
  });
});

describe('axes of the grid that a figure does not show', () => {
  it('become lines of their own, and the caption names them', () => {
    const { rows, caption } = specOf(fanout, 1, { where: ({ loss }) => loss === 0 });
    expect(caption).toContain('One line for each value of n.');
    expect(new Set(rows.map(({ detail }) => detail))).toEqual(new Set(['100', '1000', '10000']));
  });
});

describe('a figure of nothing', () => {
  it('is drawn empty when no run has a value', () => {
    const none = example({
      name: 'none',
      grid: { n: [1, 2] },
      measures: () => ({ m: undefinedStatistic() }),
      figures: [
        {
          name: 'a',
          title: 'A',
          caption: 'C.',
          x: { field: 'n', title: 'n' },
          y: { field: 'm', title: 'm', scale: 'log' },
        },
      ],
    });
    const { rows, caption } = specOf(none);
    expect(rows.map(({ y }) => y)).toEqual([null, null]);
    expect(caption).toBe('C. 2 points without a value not shown.');
  });

  it('is our mistake when it names no axis, measure or series', () => {
    const y = { field: 'nothing', title: '' };
    expect(() => specOf(fanout, 0, { y })).toThrow(
      'BUG: experiment fanout, figure coverage: y.field nothing is no measure or series',
    );
    const x = { field: 'nothing', title: '' };
    expect(() => specOf(fanout, 0, { x })).toThrow('x.field nothing is no axis or measure');
  });
});
