/**
 * How precise the means shall be, as a user asks for it: `5%` of the mean (of what is true or not, percentage points), or a
 * half-width in the measure's own unit, `10ms` or `0.01`. Replicates are added until it is reached: see base/looks.ts.
 */
import { shown, UserError, wholeNumber } from '../base/errors.ts';
import { levelOfEach, looks } from '../base/looks.ts';
import { didYouMean } from '../base/nearest.ts';
import type { Experiment } from './model.ts';
import { inUnit } from './scenario/units.ts';

const MOST_REPLICATES = 1_000_000;

/** It lies in run.json. */
export interface Precision {
  /** As it was typed. */
  readonly within: string;
  /** Which; empty: those that are shown, but for those of which there is nothing yet. */
  readonly measures: readonly string[];
  /** Replicates of a cell: so many at first, and at most. */
  readonly least: number;
  readonly most: number;
}

export interface Width {
  /** Half-width at most: in the measure's unit, or as a share of the mean. */
  readonly most: number;
  readonly relative: boolean;
  readonly isDuration: boolean;
}

/** Numbers of replicates at which a cell may stop. */
export const sizesOf = ({ least, most }: Precision): number[] => looks(least, most);

/** Level of a cell's intervals, so that they hold with 95 % wherever it stops. */
export const levelOf = (precision: Precision): number => levelOfEach(sizesOf(precision).length);

/** A `UserError` unless every measure is one of the experiment's and has that unit. */
export function checkPrecision({ measures }: Experiment, precision: Precision): void {
  wholeNumber('--precision', 'replicates at first', precision.least, 2, MOST_REPLICATES);
  wholeNumber(
    '--precision',
    'replicates at most',
    precision.most,
    precision.least,
    MOST_REPLICATES,
  );
  const known = Object.keys(measures);
  const { isDuration } = widthOf(precision);
  for (const name of precision.measures) {
    if (!known.includes(name)) {
      throw new UserError(
        `--measure ${name} is not measured here.${didYouMean(name, known)} Measured: ${known.join(', ')}`,
      );
    }
    if (isDuration && !name.endsWith('_ms'))
      throw new UserError(
        `--precision ${precision.within} is a duration and ${name} is none; use a percentage, or a number in its unit`,
      );
  }
}

/** A `UserError` if it is none. */
export function widthOf({ within }: Precision): Width {
  const share = /^\s*([\d.]+)\s*%\s*$/.exec(within)?.[1];
  const plain = inUnit(within, 'none');
  const most = share === undefined ? (plain ?? inUnit(within, 'ms')) : Number(share) / 100;
  if (most === undefined || !(most > 0))
    throw new UserError(
      `--precision must be above 0: a share of the mean such as 5%, a duration such as 10ms, or a number such as 0.01; got ${shown(within)}`,
    );
  return {
    most,
    relative: share !== undefined,
    isDuration: share === undefined && plain === undefined,
  };
}
