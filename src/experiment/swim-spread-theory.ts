/**
 * How news spreads on the pings and acks of SWIM. Times are in periods; messages take none; targets are random.
 * Source: Das, Gupta, Motivala 2002, section 4.1: x(t) = n / (1 + (n - 1) exp(-(2 - 1/n) t)), where each member meets
 * another by its own ping and by one of another's per period. Derived here: for which clocks that holds.
 *
 * The news is a join: one of m members knows at first, and who has joined is known to them, pinged and of no help.
 *
 * Poisson clocks: each who knows meets each who does not at rate 1 / m (it has m others to ping) + 1 / (m - 1): a pure
 * birth chain, of which x(t) is the law of large numbers. Its beginning is a matter of chance, and costs gamma / 2 more.
 *
 * Periodic clocks, random phases: exchange-growth.ts, with a ping for a SYN and an ack for an ACK. Who learns it by an ack
 * has just pinged, and does so again a period later: growth exp(1.63 t).
 *
 * Clocks in step: in a period each who knows tells its target, and those who ping it; and those who ping its target after
 * it did are told by that one's ack. That makes 1 + 1 + 1 + 1/2 of one. In the end a share s does not know: who is not
 * pinged by one who knows, exp(-1), and pings another such one, s, that is not told before, 1 - exp(-1), is left. So s
 * becomes c s^2, c = exp(-1) (1 - exp(-1)), and -ln(c s) doubles in each period until it is ln(n / c).
 */
import { numberIn, wholeNumber } from '../base/errors.ts';
import { bisect } from './theory.ts';

/** By which factor news grows in a period if all ping in step. */
export const IN_STEP_GROWTH = 3.5;

const STEP_END = Math.exp(-1) * (1 - Math.exp(-1));

/** The periods until all of m know in step, but for a number that is the same for each large m. */
export const inStepTime = (m: number): number =>
  Math.log(m) / Math.log(IN_STEP_GROWTH) + Math.log2(Math.log(m / STEP_END));

const WHERE = 'swim spread theory';

/** Mean time on Poisson clocks until so many of m members know. */
export function poissonTime(m: number, known: number): number {
  wholeNumber(WHERE, 'm', m, 2);
  wholeNumber(WHERE, 'known', known, 1, m);
  let time = 0;
  for (let k = 1; k < known; k++) time += 1 / (k * (m - k) * (1 / m + 1 / (m - 1)));
  return time;
}

/** The published time until a share of n members knows. */
export const publishedTime = (n: number, share: number): number =>
  Math.log(((n - 1) * share) / (1 - share)) / (2 - 1 / n);

/** The published share that knows after so many periods. */
export const publishedShare = (n: number, periods: number): number =>
  1 / (1 + (n - 1) * Math.exp(-(2 - 1 / n) * periods));

/**
 * The share that never hears of news that each member passes on so many times at most, on Poisson clocks: as many messages
 * have it as who knows may send, and each goes to anybody. But who has heard of it by a ping answers at once to one that
 * knows, and half of those who hear of it do so by a ping: s = exp(-(limit - 1/2) (1 - s)).
 */
export function leftOver(limit: number): number {
  numberIn(WHERE, 'limit', limit, 2, 1000);
  const useful = limit - 0.5;
  return bisect((s) => s - Math.exp(-useful * (1 - s)), 0, 1 / useful); // below that there is one root
}
