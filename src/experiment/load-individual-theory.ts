/**
 * load-choice-theory.ts where each server writes its own line of the board, on a Poisson clock with mean T: the individual
 * updates of Mitzenmacher, "How useful is old information?", IEEE TPDS 11(1), 2000. Derived here. A server that is shown
 * with i was i when it wrote, an exponential time ago, and has been an M/M/1 queue since, as arrivals go by what is shown;
 * and it is shown with i as often as it is i. So the law of loads is mapped to itself by M/M/1 queues over an exponential
 * time: their resolvent, which is a geometric sequence above i and a recursion below.
 *
 * All to the least: only servers shown with 0 get jobs. They are as many as are empty, 1 - load of all, so each gets
 * r = load / (1 - load). Over an exponential time M/M/1 from 0 is geometric with ratio z, the smaller root of
 * z^2 - (1 + r + 1/T) z + r. As the mean of the squared queue is at rest, load (2 z / (1 - z) + 1) = 2 jobs - load, where
 * jobs = load * time: the mean time is 1 / (1 - z). It is that of a server at random at T = 1 / load.
 */
import { positive, UserError, wholeNumber } from '../base/errors.ts';
import { type Board, checked, ratesOf, without } from './load-choice-theory.ts';

const WHERE = 'load individual theory';
const STEADY = 1e-9; // in parts of the mean
const MOST_TIME = 4000; // service times until then
const TINY = 1e-17;

/** Mean time in system, in service times, with `period` for the mean T. */
export function individualTime({ load, choices, period }: Board): number {
  checked(load);
  positive(WHERE, 'period', period);
  if (choices === Infinity) return 1 / (1 - smallerRoot(load / (1 - load), 1 / period));
  wholeNumber(WHERE, 'choices', choices, 2);
  let shown: readonly number[] = [1];
  let mean = 0;
  for (let time = 0; time < MOST_TIME; time += period) {
    const rates = ratesOf(shown, load, choices);
    const next: number[] = [];
    shown.forEach((servers, i) => {
      addResolvent(next, i, servers, rates[i], 1 / period);
    });
    shown = without(next);
    const before = mean;
    mean = shown.reduce((sum, servers, i) => sum + i * servers, 0) / load; // Little's law
    if (Math.abs(mean - before) < STEADY * Math.min(1, period) * mean) return mean;
  }
  throw new UserError(
    `${WHERE}: load ${load}, choices ${choices} and period ${period} do not come to rest`,
  );
}

/** Adds the law of M/M/1 queues that began with `i`, after an exponential time that ends at rate `end`. */
function addResolvent(next: number[], i: number, servers: number, rate: number, end: number): void {
  if (servers <= TINY) return;
  const out = end + rate; // and 1 where there is a job
  // x[j] = below[j + 1] x[j + 1] for j < i, and x[j + 1] = above x[j] for j >= i.
  const below = [0];
  for (let j = 1; j <= i; j++) below.push(1 / (out + (j > 1 ? 1 : 0) - rate * below[j - 1]));
  const above = smallerRoot(rate, end);
  const at = (end * servers) / (out + (i > 0 ? 1 : 0) - rate * below[i] - above);
  let x = at;
  for (let j = i; j >= 0; x *= below[j--]) next[j] = (next[j] ?? 0) + x;
  x = at * above;
  for (let j = i + 1; x > TINY; j++, x *= above) next[j] = (next[j] ?? 0) + x;
}

/** Of z^2 - (1 + rate + end) z + rate. */
function smallerRoot(rate: number, end: number): number {
  const half = (1 + rate + end) / 2;
  return rate / (half + Math.sqrt(half * half - rate));
}
