/**
 * How long news takes to be everywhere by exchanges on periodic clocks (exchange-growth.ts), for large n: a random
 * beginning, ln(n / W) / growth, and then what the law of large numbers makes of it. Times are in periods.
 *
 * A node whose clock is at phase p does not know yet if nobody who knew has called it, which is exp(-integral of the
 * share that knew of those who called then), and if none of its own calls met one who knew, which is a product over its calls: one a period. So
 * the end is quick: once nearly all know, the next call of a node settles it, within a period. On Poisson clocks the last
 * would wait for their exponential clocks to tick.
 */
import { beginning, type ExchangeLaw, gathered } from './exchange-growth.ts';

const STEPS = 1000; // per period, and phases
const SEED = 1e-9; // share that knows at first, whatever the phases of its clocks
const FIRST = 1e-5; // by then their phases are as they will be; time counts from here
const DONE = 1e-12; // share that does not know: below it, nothing more is computed

/** The spread of one piece of news by exchanges on periodic clocks; times in periods. */
export class ExchangeSpread {
  /** Per period. */
  readonly growth: number;
  readonly #meanLog: number;
  readonly #unaware: readonly number[]; // [step] share that does not know, once FIRST do

  constructor(law: ExchangeLaw) {
    const { growth, meanLog } = beginning(law);
    this.growth = growth;
    this.#meanLog = meanLog;
    this.#unaware = unawareOf(law);
  }

  /**
   * Where each round of a node makes a new heartbeat, which spreads in the same way: the probability that of two nodes a
   * given one has the later heartbeat of a third.
   */
  laterHeartbeat(): number {
    const aware = (step: number) => (step < 0 ? 0 : 1 - (this.#unaware[step] ?? 0)); // of a heartbeat so many steps old, or a later one
    let same = 0;
    for (let step = 0; step < this.#unaware.length + STEPS; step++) {
      same += (aware(step) - aware(step - STEPS)) ** 2 / STEPS;
    }
    return (1 - same) / 2;
  }

  /** Mean time until so many of n know, if one begins. */
  timeTo(n: number, known: number): number {
    const left = n - known; // may not know
    const few = left < 25; // then chance decides, and their number is Poisson's
    let time = this.#start(n);
    for (const share of this.#unaware) {
      time += (few ? moreThan(left, n * share) : Number(n * share > left)) / STEPS;
    }
    return time;
  }

  /** Mean time until another node knows. */
  meanDelay(n: number): number {
    return (this.integral(n, (share) => share) * n) / (n - 1);
  }

  /** From the beginning on, the integral of a function of the share that does not know: 1 before it is less. */
  integral(n: number, of: (unaware: number) => number): number {
    const early = of(1) * this.#start(n);
    return this.#unaware.reduce((sum, share) => sum + of(share) / STEPS, early);
  }

  /** The probability that a node does not know after so many periods, if W is what it is in the mean. */
  unaware(n: number, periods: number): number {
    const step = Math.round((periods - this.#start(n)) * STEPS);
    if (step < 0) return 1;
    return this.#unaware[Math.min(step, this.#unaware.length - 1)];
  }

  /** When FIRST of them know; before the beginning where that is less than one node. */
  #start(n: number): number {
    return (Math.log(FIRST * n) - this.#meanLog) / this.growth;
  }
}

/** [step] the share that does not know, once FIRST do. */
function unawareOf({ ways, delivered, asked = 0 }: ExchangeLaw): number[] {
  const pushed = delivered ** 3;
  const pulled = delivered ** 2;
  const pushes = gathered(ways, ({ syn, ack, ack2 }) => [syn + ack + ack2, ack2], STEPS);
  const pulls = gathered(ways, ({ syn, ack }) => [syn, ack], STEPS);
  const unaware = [1 - SEED];
  const own = [1]; // [step] missed, of those who call then
  const missed = new Float64Array(STEPS).fill(1); // [phase] none of its calls before the last one met one who knew
  const met = new Float64Array(STEPS); // [phase] its last call has
  let sum = STEPS; // of missed (1 - met)
  const untold = [1 - SEED]; // [step] nobody who knew has called
  let first = 0; // step
  for (let step = 1; unaware[step - 1] > DONE; step++) {
    const before = (lag: number) => Math.max(0, step - Math.max(1, lag));
    let telling = 0;
    for (const { share, lags } of pushes) {
      const call = before(lags[0]);
      const unawareThen = own[call] * untold[call];
      const unawareLater = own[call] * untold[before(lags[1])]; // when they answer
      telling += share * (1 - unawareThen + asked * (unawareThen - unawareLater));
    }
    untold.push(untold[step - 1] * Math.exp((-pushed * telling) / STEPS));

    const calling = step % STEPS;
    missed[calling] *= 1 - met[calling];
    met[calling] = 0;
    own.push(missed[calling]);
    for (const { share, lags } of pulls) {
      const phase = (step - lags[0] - lags[1] + 10 * STEPS) % STEPS;
      const more = pulled * share * (1 - unaware[before(lags[1])]);
      met[phase] += more;
      sum -= missed[phase] * more;
    }
    unaware.push((untold[step] * Math.max(0, sum)) / STEPS);
    if (first === 0 && unaware[step] < 1 - FIRST) first = step;
  }
  return unaware.slice(first);
}

/** P(X > most) of a Poisson variate. */
function moreThan(most: number, mean: number): number {
  if (mean > 700) return 1; // exp(-mean) would be nothing
  let term = Math.exp(-mean);
  let sum = 0;
  for (let k = 0; k <= most; k++) {
    sum += term;
    term *= mean / (k + 1);
  }
  return Math.max(0, 1 - sum);
}
