/** Speed against mistakes on a log: a curve per detector, a panel per family, the fixed timeout for comparison in all. */
import { statistic } from '../base/statistics.ts';
import { detectorKinds } from '../detectors/registry.ts';
import type { Result } from '../experiment/contenders.ts';
import type {
  Cell,
  CellSummary,
  Drawable,
  Reference,
  Statistic,
  Value,
} from '../experiment/model.ts';
import type { LogQuality } from '../metrics/log-quality.ts';

const REFERENCE = 'timeout';
const SILENCE = 'silence_s';
const RATE = 'mistakes_per_pair_hour';

/** @param log its name. */
export function tradeOff(log: string, results: readonly Result[]): Drawable {
  const levels = results.flatMap(({ levels: all }) => all.map(({ level }) => level));
  const timeout = results.find(({ contender }) => contender.label === REFERENCE);
  const others = results.some(({ contender }) => contender.label !== REFERENCE);
  return {
    name: 'detect',
    grid: {
      family: results.map(({ contender }) => detectorKinds[contender.name].family),
      detector: results.map(({ contender }) => contender.label),
      level: [...new Set(levels)],
    },
    measures: {
      [SILENCE]: 'from the last heartbeat heard to suspicion, mean (s)',
      [RATE]: 'mistakes per hour of a pair',
    },
    figures: [
      {
        name: 'tradeoff',
        title: `Detection time against mistakes: ${log}`,
        caption:
          'A point is a level of its detector, up to the first without a mistake. Bars: 95 % interval of a Poisson count, exact if mistakes are independent.',
        x: { field: SILENCE, title: 'silence until suspicion, mean (s)', scale: 'log' },
        y: { field: RATE, title: 'mistakes per hour of a pair', scale: 'log' },
        color: { field: 'detector', title: 'detector' },
        ...(others ? { facet: { field: 'family', title: 'family' } } : {}),
        where: ({ detector, level }) =>
          (detector !== REFERENCE || !others) && Number(level) <= lastShown(results, detector),
        references: [
          ...(timeout && others ? [curveOf(timeout)] : []),
          ...(results.some(({ levels: all }) => all.some(isFree)) ? [bounds(results)] : []),
        ],
      },
    ],
  };
}

export const tradeOffSummaries = (results: readonly Result[]): CellSummary[] =>
  results.flatMap(({ contender: { label, name }, levels }) =>
    levels.map((of) => ({
      cell: { family: detectorKinds[name].family, detector: label, level: of.level },
      replicates: 1,
      measures: { [SILENCE]: silence(of), [RATE]: rate(of) },
      series: {},
    })),
  );

/** A mean over all heartbeats of the log, as it is: no interval. */
function silence({ detectionMeanMs }: LogQuality): Statistic {
  const of = statistic([detectionMeanMs === null ? null : detectionMeanMs / 1000]);
  return { ...of, ciLow: of.mean, ciHigh: of.mean };
}

function rate({ perPairHour: { perHour, ciLow, ciHigh } }: LogQuality): Statistic {
  const of = statistic([Number.isNaN(perHour) ? null : perHour]);
  return { ...of, ciLow, ciHigh, max: ciHigh };
}

/** Without mistakes: a log axis has no zero. */
const isFree = ({ mistakes }: LogQuality): boolean => mistakes === 0;

/** The first level without a mistake: more patient ones have none either, and show nothing. */
function lastShown(results: readonly Result[], detector: Value): number {
  const { levels } = results.find(({ contender }) => contender.label === detector)!;
  return levels.find(isFree)?.level ?? Infinity;
}

const bounds = (results: readonly Result[]): Reference => ({
  label: 'no mistake in the log: upper end of the 95 % interval',
  mark: 'points',
  at: ({ detector, level }) => {
    const { levels } = results.find(({ contender }) => contender.label === detector)!;
    const of = levels.find((other) => other.level === level)!;
    return isFree(of) ? of.perPairHour.ciHigh : null;
  },
});

/** Straight between its points on the two log axes. */
function curveOf({ levels }: Result): Reference {
  const points = levels.flatMap((of) =>
    of.detectionMeanMs === null || isFree(of)
      ? []
      : [{ x: Math.log(of.detectionMeanMs / 1000), y: Math.log(of.perPairHour.perHour) }],
  );
  return {
    label: 'a fixed timeout',
    mark: 'line',
    at: (cell: Cell) => {
      const x = Math.log(Number(cell[SILENCE]));
      const next = points.findIndex((point) => point.x >= x);
      if (next <= 0) return null;
      const [a, b] = [points[next - 1], points[next]];
      return Math.exp(a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x));
    },
  };
}
