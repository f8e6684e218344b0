/** A search along an axis: the points that were looked at, and in a sentence where the condition stops to hold. */

import type { Condition } from '../experiment/scenario/condition.ts';
import type { Found, Point } from '../experiment/scenario/find/search.ts';
import { amountText } from './amounts.ts';
import { type Column, columns, LINE } from './columns.ts';
import { everyDigit, significant, withInterval } from './numbers.ts';

/** What is searched, as it is written. */
export interface Searched {
  readonly condition: Condition;
  readonly path: string;
  readonly suffix: string;
  readonly whole: boolean;
}

export function findTable(
  { points, level }: Found,
  { condition, path, suffix }: Searched,
  width: number = LINE,
): string {
  const shape: Column[] = [
    { title: suffix === '' ? path : `${path} (${suffix})`, align: 'right' },
    { title: 'runs', align: 'right' },
    { title: `${condition.measure} [${significant(100 * level, 5)} % CI]`, align: 'right' },
    { title: condition.text },
  ];
  const rows = points.map((point) => [
    everyDigit(point.x),
    String(point.runs),
    estimateText(point),
    point.holds === undefined ? 'not decided' : point.holds ? 'holds' : 'does not hold',
  ]);
  return columns(shape, rows, width);
}

function estimateText({ mean, low, high, never, missing, runs }: Point): string {
  if (never > 0) return `not within the run, in ${never} of ${runs}`;
  if (mean === null) return 'undefined in all runs';
  const text =
    Number.isFinite(low) && Number.isFinite(high)
      ? withInterval(mean, low, high)
      : significant(mean);
  return missing > 0 ? `${text} (${runs - missing})` : text;
}

export function findSentences(found: Found, searched: Searched): string[] {
  const { bend, low, high, points } = found;
  const at = (x: number) => `${searched.path} = ${everyDigit(x)}${searched.suffix}`;
  const inside = points.filter(({ x, holds }) => holds === undefined && x > low.x && x < high.x);
  return [
    answerText(found, searched, at),
    ...(inside.length > 0
      ? [
          `${inside[0].runs} runs do not decide it between them, at ${inside.map(({ x }) => everyDigit(x)).join(', ')}: the mean is too near to the target. More --max-replicates may.`,
        ]
      : []),
    ...(bend
      ? [
          `From ${at(bend[0])} over ${at(bend[1])} to ${at(bend[2])} the mean goes one way and back again: there may be more than one crossing; hearsay sweep shows the curve.`,
        ]
      : []),
    ...(found.is === 'bracket'
      ? ['All that is said here holds together with 95 % (Bonferroni), if there is one crossing.']
      : []),
  ];
}

function answerText(
  { is, low, high }: Found,
  { condition: { text, measure }, path, suffix, whole }: Searched,
  at: (x: number) => string,
): string {
  const seen = (point: Point) => `${at(point.x)} (${meanText(measure, point)})`;
  if (is === 'unclear') {
    const points = [low, high].filter(({ holds }) => holds === undefined);
    return `At ${points.map(seen).join(' and at ')} it could not be decided whether ${text} in ${points[0].runs} runs, so that nothing was searched; give other ends, or more --max-replicates.`;
  }
  if (is !== 'bracket') {
    return `${text} ${is === 'holds' ? 'holds' : 'does not hold'} at either end, at ${seen(low)} and at ${seen(high)}, so that there is no crossing to find; give a wider range.`;
  }
  const [yes, no] = low.holds ? [low, high] : [high, low];
  if (whole && high.x - low.x === 1) {
    return `The ${low.holds ? 'largest' : 'smallest'} ${path} with ${text} is ${everyDigit(yes.x)}${suffix} (${meanText(measure, yes)}); ${at(no.x)} has ${meanText(measure, no)}.`;
  }
  return `${text} holds at ${seen(yes)} and not at ${seen(no)}.`;
}

function meanText(measure: string, { mean }: Point): string {
  if (mean === null) return 'undefined';
  if (mean === Infinity) return 'not within every run';
  return amountText(measure, mean);
}
