/**
 * How long jobs take if each goes to the server with the least known load of `choices` drawn at random, or of all. Many
 * servers, Poisson arrivals, `load` per server and unit of time, exponential service of mean 1, first come, first served.
 * Sources: for fresh loads the limit of Mitzenmacher, "The power of two choices in randomized load balancing", IEEE TPDS
 * 12(10), 2001, and Vvedenskaya, Dobrushin, Karpelevich 1996; for a board that shows all loads once every T the
 * periodic update model of Mitzenmacher, "How useful is old information?", IEEE TPDS 11(1), 2000. The equations are
 * derived here: between two updates all servers that the board shows with load i have one rate of arrivals, so each is an
 * M/M/1 queue of its own that begins with i, and its law at the end of the phase is the next board.
 */
import { numberIn, positive, wholeNumber } from '../base/errors.ts';

const WHERE = 'load choice theory';
const NOTHING = 1e-14; // shares of servers below it are dropped
const AVOIDED = 1e-12; // rates below it are none
const STEADY = 1e-9; // by so much phases may differ, in parts of the mean, and count as equal
const MOST_TIME = 4000; // service times until then, or it is said that they do not come to rest

/** A server drawn at random: M/M/1. */
export const randomTime = (load: number): number => 1 / (1 - checked(load));

/** Mean time in system with fresh loads: the sum of load^((d^i - d) / (d - 1)) over i >= 1. */
export function freshTime(load: number, choices: number): number {
  checked(load);
  wholeNumber(WHERE, 'choices', choices, 2);
  let sum = 0;
  let exponent = 0;
  for (let term = 1; term > 1e-17; term = load ** exponent) {
    sum += term;
    exponent = choices * (exponent + 1);
  }
  return sum;
}

/** Servers whose loads stand on a board that is renewed every so often; times in service times. */
export interface Board {
  /** Arrivals per server and service time, below 1. */
  readonly load: number;
  /** Servers that a job compares; Infinity: all. */
  readonly choices: number;
  /** T, in service times. */
  readonly period: number;
}

/** How long jobs take with such a board. */
export interface BoardTimes {
  /** Mean time in system, in service times. */
  readonly mean: number;
  /** [load] shares of servers that the board shows with it. */
  readonly shown: readonly number[];
  /** Whether each phase is as the one before it; else the mean is that of the second half of all phases. */
  readonly isSteady: boolean;
}

const boards = new Map<string, BoardTimes>();

/** From empty servers on until phases repeat themselves. */
export function boardTimes(board: Board): BoardTimes {
  const { load, choices, period } = board;
  checked(load);
  positive(WHERE, 'period', period);
  if (choices !== Infinity) wholeNumber(WHERE, 'choices', choices, 2);
  const key = `${load} ${choices} ${period}`;
  const known = boards.get(key);
  if (known !== undefined) return known;
  const found = settled(board);
  boards.set(key, found);
  return found;
}

function settled(board: Board): BoardTimes {
  let shown: readonly number[] = [1];
  const means: number[] = [];
  // A phase moves the mean by about its length in relaxation times towards rest.
  const close = STEADY * Math.min(1, board.period);
  for (let time = 0; time < MOST_TIME || means.length < 40; time += board.period) {
    const { next, jobs } = phaseOf(shown, board);
    shown = next;
    means.push(jobs / (board.load * board.period)); // Little's law
    const [before, mean] = means.slice(-2);
    if (Math.abs(mean - before) < close * mean) return { mean, shown, isSteady: true };
  }
  const late = means.slice(means.length / 2);
  return { mean: late.reduce((a, b) => a + b) / late.length, shown, isSteady: false };
}

/**
 * [shown] arrivals per service time at a server that is shown with so much: P(the least of the choices is that), by the
 * share of such servers. 0 where there are none.
 */
export function ratesOf(shown: readonly number[], load: number, choices: number): number[] {
  let tail = 1; // share of servers that are shown with so much or more
  return shown.map((servers) => {
    if (servers <= NOTHING) return 0;
    const above = Math.max(0, tail - servers);
    const least = power(tail, choices) - power(above, choices);
    tail = above;
    return (load * least) / servers;
  });
}

/** What the board shows next, and the integral of the mean number of jobs at a server over the phase. */
function phaseOf(shown: readonly number[], { load, choices, period }: Board) {
  const next: number[] = [];
  const rates = ratesOf(shown, load, choices);
  let jobs = 0;
  rates.forEach((rate, i) => {
    if (rate > AVOIDED) jobs += queues(only(i, shown[i]), rate, period, next);
  });
  const avoided = shown.map((servers, i) => (rates[i] > AVOIDED ? 0 : servers));
  jobs += queues(avoided, 0, period, next);
  return { next: without(next), jobs };
}

const only = (i: number, share: number): number[] => [...new Array<number>(i).fill(0), share];

/** Without the loads at the end that nobody has, and adding up to 1. */
export function without(law: readonly number[]): number[] {
  let length = law.length;
  while (length > 1 && law[length - 1] < NOTHING) length--;
  const kept = law.slice(0, length);
  const all = kept.reduce((a, b) => a + b);
  return kept.map((servers) => servers / all);
}

/**
 * M/M/1 queues that begin by the law `begin` and go on for `time`: their law then is added to `next`; returns the
 * integral of the mean number of jobs. By uniformisation: arrivals and ends of service come at rate 1 + `rate` together,
 * and the ends at an empty queue change nothing.
 */
function queues(begin: readonly number[], rate: number, time: number, next: number[]): number {
  const events = (1 + rate) * time;
  const most = Math.ceil(events + 8 * Math.sqrt(events) + 15);
  const up = rate / (1 + rate);
  let now = new Float64Array(begin.length + most + 3); // [load + 1]
  let later = new Float64Array(now.length);
  now.set(begin, 1);
  let low = begin.findIndex((p) => p > 0);
  if (low < 0) return 0;
  let logWeight = -events;
  let more = 1; // P(more than k events)
  let jobs = 0;
  for (let k = 0; k <= most; k++) {
    const high = begin.length - 1 + (rate === 0 ? 0 : k);
    const weight = Math.exp(logWeight);
    more = Math.max(0, more - weight);
    let mean = 0;
    for (let j = low; j <= high; j++) mean += j * now[j + 1];
    jobs += (mean * more) / (1 + rate);
    if (weight > 1e-18) {
      while (next.length <= high) next.push(0);
      for (let j = low; j <= high; j++) next[j] += weight * now[j + 1];
    }
    logWeight += Math.log(events / (k + 1));
    low = Math.max(0, low - 1);
    for (let j = low; j <= high + 1; j++) later[j + 1] = up * now[j] + (1 - up) * now[j + 2];
    if (low === 0) later[1] += (1 - up) * now[1];
    [now, later] = [later, now];
  }
  return jobs;
}

/** All of so many draws; 1 ** Infinity is NaN. */
const power = (share: number, choices: number): number => (share === 1 ? 1 : share ** choices);

export const checked = (load: number): number => numberIn(WHERE, 'load', load, 1e-6, 1 - 1e-6);
