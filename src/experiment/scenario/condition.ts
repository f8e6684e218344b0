/**
 * `MEASURE OP VALUE`, as in `detect_mean_ms < 5s` or `reached_all >= 99%`: what is asked of a measure, and what an
 * interval for its mean says to it.
 */
import { shown, UserError } from '../../base/errors.ts';
import type { Unit } from '../../base/kinds.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Interval } from '../../base/statistics.ts';
import { isShare } from './about.ts';
import { inUnit } from './units.ts';

const OPERATORS = ['<', '<=', '>', '>='] as const;
type Operator = (typeof OPERATORS)[number];

export interface Condition {
  readonly measure: string;
  readonly op: Operator;
  /** In the unit of the measure: ms, bytes, bytes per second, or none. */
  readonly value: number;
  /** As it was written, with single blanks. */
  readonly text: string;
}

const WRITTEN = /^\s*([A-Za-z]\w*)\s*(<=|>=|==|=|<|>|≤|≥)\s*(\S.*?)\s*$/;
const EXAMPLES: Readonly<Record<Unit, string>> = {
  none: 'a number such as 0.01 or 1%',
  ms: 'a duration such as 250ms or 5s',
  bytes: 'a size such as 1400B or 64KiB',
  'bytes/s': 'a rate such as 500B/s or 2kB/s',
};

/** The unit that the name of a measure ends in. */
export const unitOf = (measure: string): Unit => {
  if (measure.endsWith('_ms')) return 'ms';
  if (!measure.includes('bytes')) return 'none';
  return measure.endsWith('_s') ? 'bytes/s' : 'bytes';
};

/**
 * Reads a condition on one of the measures `names`. `where` begins the sentence of the `UserError`: `find: --where`.
 * A plain number is in the unit of the measure.
 */
export function parseCondition(text: string, names: readonly string[], where: string): Condition {
  const [, measure, sign, written] = WRITTEN.exec(text) ?? [];
  if (measure === undefined) {
    throw new UserError(
      `${where} must be MEASURE OP VALUE, as in '${names.find((name) => name.endsWith('_ms')) ?? names[0]} < 5s'; got ${shown(text)}`,
    );
  }
  if (!names.includes(measure)) {
    throw new UserError(
      `${where}: ${measure} is not measured here.${nearest(measure, names)} Measured: ${names.join(', ')}`,
    );
  }
  const op = sign.replace('≤', '<=').replace('≥', '>=');
  if (!(OPERATORS as readonly string[]).includes(op)) {
    throw new UserError(
      `${where}: ${sign} must be one of ${OPERATORS.join(' ')}; got ${shown(text)}`,
    );
  }
  const unit = unitOf(measure);
  const value = inUnit(written, unit) ?? inUnit(written, 'none');
  if (value === undefined || (unit !== 'none' && written.endsWith('%'))) {
    throw new UserError(
      `${where}: ${measure} is compared with ${EXAMPLES[unit]}; got ${shown(written)}`,
    );
  }
  if (isShare(measure) && !(value >= 0 && value <= 1)) {
    const percent = value > 1 && value <= 100 && !written.endsWith('%');
    throw new UserError(
      `${where}: ${measure} is a share from 0 to 1; got ${shown(written)}.${percent ? ` Did you mean ${written}%?` : ''}`,
    );
  }
  return { measure, op: op as Operator, value, text: `${measure} ${op} ${written}` };
}

/** Also a name of which only the beginning was typed. */
function nearest(typed: string, names: readonly string[]): string {
  const longer = names.find((name) => name.startsWith(typed));
  return longer === undefined ? didYouMean(typed, names) : ` Did you mean ${longer}?`;
}

/** Whether it holds for a number. */
export function holds({ op, value }: Pick<Condition, 'op' | 'value'>, x: number): boolean {
  if (op === '<') return x < value;
  if (op === '<=') return x <= value;
  return op === '>' ? x > value : x >= value;
}

/** Whether it holds for every number of an interval: true, for none: false, or undefined. An end may be infinite. */
export function answer(condition: Condition, { low, high }: Interval): boolean | undefined {
  const [first, last] = [holds(condition, low), holds(condition, high)];
  if (Number.isNaN(low) || Number.isNaN(high) || first !== last) return undefined;
  return first;
}
