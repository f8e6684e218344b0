/** The figure of `hearsay detect`. */
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/experiment/contenders.ts';
import type { LogQuality } from '../../src/metrics/log-quality.ts';
import { figureSpec } from '../../src/report/figure-spec.ts';
import { tradeOff, tradeOffSummaries } from '../../src/report/trade-off.ts';

/** Level, mistakes in an hour of a pair, and mean silence in ms. */
type Row = readonly [number, number, number | null];

const resultOf = (name: string, rows: readonly Row[], label = name): Result => ({
  contender: { label, name, options: {}, levels: rows.map(([level]) => level) },
  levels: rows.map(
    ([level, mistakes, silence]): LogQuality => ({
      level,
      mistakes,
      open: 0,
      perPairHour: { perHour: mistakes, ciLow: mistakes / 2, ciHigh: 2 * mistakes + 4 },
      mistakeMeanMs: null,
      mistakeMaxMs: null,
      queryAccuracy: 1,
      never: 0,
      detectionMeanMs: silence,
      detectionP99Ms: silence,
      detectionMaxMs: silence,
    }),
  ),
});

type Shown = Readonly<Record<string, unknown>>;

function shown(results: readonly Result[]) {
  const drawing = tradeOff('x.csv', results);
  const spec = figureSpec(drawing, drawing.figures[0], tradeOffSummaries(results));
  const points = (spec.data as { values: Shown[] }).values;
  const { subtitle } = spec.title as { subtitle: string[] };
  return { spec, points, caption: subtitle.join(' ') };
}

describe('the trade-off of two detectors', () => {
  const timeout = resultOf('timeout', [
    [1000, 100, 1000],
    [4000, 1, 4000],
    [8000, 0, 8000],
  ]);
  const phi = resultOf('phi-normal', [
    [1, 50, 2000],
    [2, 0, 3000],
    [3, 0, 5000],
    [4, 0, null],
  ]);
  const akka = resultOf('phi-akka', [[1, 5, 3500]]);
  const { points, caption } = shown([timeout, phi, akka]);
  const of = (mark: string) => points.filter((point) => point.mark === mark);

  it('has a point per level, in seconds, with its interval', () => {
    expect(of('measured')[0]).toMatchObject({
      color: 'phi-normal',
      x: 2,
      y: 50,
      low: 25,
      high: 104,
    });
    expect(of('measured')[0].facet).toBe('family = normal intervals');
  });

  it('shows the first level without a mistake at its upper bound, and none behind it', () => {
    expect(of('points')).toMatchObject([{ color: 'phi-normal', x: 3, y: 4 }]);
    expect(points.some(({ x }) => Number(x) > 4)).toBe(false);
    expect(caption).not.toContain('not shown');
  });

  it('has the timeout beside it as a line through its points, straight on both log axes', () => {
    const line = of('line').filter(({ y }) => y !== null);
    expect(line.length).toBeGreaterThan(10);
    for (const { x, y } of line)
      expect(y).toBeCloseTo(100 * Number(x) ** -(Math.log(100) / Math.log(4)), 3);
    expect(of('measured').every(({ color }) => color !== 'timeout')).toBe(true);
  });
});

it('the timeout alone is drawn like any other', () => {
  const rows = [
    [1000, 100, 1000],
    [2000, 0, 2000],
  ] as const;
  const { spec, points, caption } = shown([resultOf('timeout', rows)]);
  expect(spec).not.toHaveProperty('facet');
  expect(points.filter(({ y }) => y !== null)).toMatchObject([
    { mark: 'points', color: null, x: 2, y: 4 },
    { mark: 'measured', color: 'timeout', x: 1, y: 100 },
  ]);
  expect(caption).not.toContain('not shown');
});
