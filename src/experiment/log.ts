/**
 * A log of heartbeats as arrivals for a replay: in order of time, each heartbeat once, numbered. Its clock starts at 0
 * with its first row, so that sums of times stay exact.
 * - With numbers in the log a heartbeat is known by its number. One that a later one has overtaken is left out, for
 *   every detector ignores it; a number of 0 or 1 after one of 10 or more begins a new life of the subject.
 * - Without, two rows of a pair at one time are one heartbeat, and numbers are made from the gaps: one more for a gap of
 *   up to 1.5 periods, two more for up to 2.5, and so on; so a detector that counts sees what was lost. An interval that
 *   jitters by more than half a period is taken for a loss.
 */
import { UserError } from '../base/errors.ts';
import { quantile } from '../base/statistics.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import type { Arrivals } from '../detectors/replay.ts';
import type { LogRows } from './log-rows.ts';

export interface Log {
  readonly arrivals: Arrivals; // a new life of a subject is a pair of its own
  readonly originMs: number; // of the log's own clock, at time 0
  readonly spanMs: number;
  readonly periodMs: number;
  readonly numbered: boolean; // by the log itself
  readonly rows: number;
  readonly pairs: number; // of names
  readonly observers: number;
  readonly subjects: number;
  /** Rows whose time is before that of a row above. */
  readonly outOfOrder: number;
  readonly duplicates: number;
  readonly overtaken: number;
  readonly newLives: number;
  readonly bad: number;
  readonly firstBad: string | undefined;
}

const FIRST_NUMBERS = 1; // of a life: 0 or 1
const LEAST_FALL = 10; // a late copy of a first heartbeat is not that late

/**
 * @param periodMs between heartbeats. Where it is not given, of a log with numbers the time per number, which is exact
 * however many were lost; of one without the median interval.
 */
export function logOf(rows: LogRows, where: string, periodMs?: number): Log {
  const sorted = inOrder(rows);
  const kept = onceEach(rows, sorted.order);
  refuseWithoutIntervals(kept, where);
  const given = periodMs === undefined ? undefined : micros(periodMs);
  const counted = rows.sequences !== undefined;
  const period = given ?? (counted ? timePerNumber(kept) : medianInterval(kept));
  const { times, pairs } = kept;
  const origin = rows.times[sorted.order[0]];
  const { observers, subjects, pairCount, bad, firstBad } = rows;
  const { duplicates, overtaken, newLives } = kept;
  return {
    arrivals: {
      times: times.map((time) => time - origin),
      pairs,
      sequences: counted ? kept.sequences : numbered(kept, period),
    },
    originMs: millis(origin),
    spanMs: millis(rows.times[sorted.order[rows.length - 1]] - origin),
    periodMs: millis(period),
    numbered: counted,
    rows: rows.length + bad,
    pairs: pairCount,
    ...{ observers, subjects, outOfOrder: sorted.outOfOrder },
    ...{ duplicates, overtaken, newLives, bad, firstBad },
  };
}

/** Rows by time, of one time by number: what is told at one instant has no other order. */
function inOrder({ length, times, sequences }: LogRows) {
  const order = Uint32Array.from({ length }, (_, i) => i); // [place] row
  const number = (row: number) => sequences?.[row] ?? 0;
  let outOfOrder = 0;
  let sorted = true;
  let latest = 0; // row
  for (let row = 1; row < length; row++) {
    if (times[row] < times[latest]) outOfOrder++;
    else {
      sorted &&= times[row] > times[latest] || number(row) >= number(latest);
      latest = row;
    }
  }
  if (outOfOrder > 0 || !sorted) {
    order.sort((a, b) => times[a] - times[b] || number(a) - number(b) || a - b);
  }
  return { order, outOfOrder };
}

interface Kept extends Arrivals {
  readonly size: number; // pairs, new lives among them
  readonly duplicates: number;
  readonly overtaken: number;
  readonly newLives: number;
}

/** The news among the rows, each life of a pair under a number of its own. */
function onceEach({ length, times, pairs, sequences, pairCount }: LogRows, order: Uint32Array) {
  const arrivals = {
    times: new Float64Array(length),
    pairs: new Int32Array(length),
    sequences: new Float64Array(length),
  };
  const life = Int32Array.from({ length: pairCount }, (_, pair) => pair); // [pair] that it lives now
  const newest = new Float64Array(pairCount).fill(-Infinity); // [pair] number, or time without numbers
  const seen: Set<number>[] = []; // [pair] numbers of its life
  let count = 0;
  let size = pairCount;
  let duplicates = 0;
  let overtaken = 0;
  for (const row of order) {
    const pair = pairs[row];
    const number = sequences === undefined ? times[row] : sequences[row];
    if (sequences !== undefined && number <= FIRST_NUMBERS && newest[pair] >= LEAST_FALL) {
      life[pair] = size++;
      newest[pair] = -Infinity;
      seen[pair].clear();
    }
    if (number <= newest[pair]) {
      if (sequences === undefined || seen[pair].has(number)) duplicates++;
      else overtaken++;
      seen[pair]?.add(number);
      continue;
    }
    if (sequences !== undefined) (seen[pair] ??= new Set()).add(number);
    newest[pair] = number;
    arrivals.times[count] = times[row];
    arrivals.pairs[count] = life[pair];
    arrivals.sequences[count++] = number;
  }
  return {
    times: arrivals.times.subarray(0, count),
    pairs: arrivals.pairs.subarray(0, count),
    sequences: arrivals.sequences.subarray(0, count),
    ...{ size, duplicates, overtaken, newLives: size - pairCount },
  } satisfies Kept;
}

function refuseWithoutIntervals({ times, pairs }: Kept, where: string): void {
  if (times[0] === times[times.length - 1])
    throw new UserError(
      `${where}: all heartbeats came at one time; expected some time between them`,
    );
  if (new Set(pairs).size === pairs.length)
    throw new UserError(
      `${where}: no pair was heard twice, so there is no interval between heartbeats; are --observer and --subject the right columns?`,
    );
}

/**
 * Of all pairs. Delays of two heartbeats in turn differ as often one way as the other, so their jitter has median 0; gaps
 * in which heartbeats were lost are left out, as they are all long.
 */
function medianInterval({ times, pairs, size }: Kept): Micros {
  const last = new Float64Array(size).fill(NaN); // [pair] us
  const intervals = times.map((time, i) => {
    const interval = time - last[pairs[i]];
    last[pairs[i]] = time;
    return interval;
  });
  const known = intervals.filter((interval) => !Number.isNaN(interval)).sort();
  const rough = known[(known.length - 1) >> 1]; // one of them, so that it is near itself
  const single = known.filter((interval) => interval > rough / 2 && interval < 1.5 * rough);
  return Math.round(quantile(single, 0.5));
}

/** Numbers for heartbeats that have none. */
function numbered({ times, pairs, size }: Kept, period: Micros): Float64Array {
  const last = new Float64Array(size).fill(NaN); // [pair] us
  const number = new Float64Array(size); // [pair]
  return times.map((time, i) => {
    const pair = pairs[i];
    const gap = time - last[pair];
    last[pair] = time;
    number[pair] += Number.isNaN(gap) ? 0 : Math.max(1, Math.round(gap / period));
    return number[pair];
  });
}

/** Over all pairs, from their first heartbeat to their last. */
function timePerNumber({ times, pairs, sequences, size }: Kept): Micros {
  const last = new Int32Array(size).fill(-1); // [pair] its last arrival
  let time = 0;
  let steps = 0;
  for (let i = 0; i < times.length; i++) {
    const before = last[pairs[i]];
    last[pairs[i]] = i;
    if (before < 0) continue;
    time += times[i] - times[before];
    steps += sequences[i] - sequences[before];
  }
  return Math.max(1, Math.round(time / steps));
}
