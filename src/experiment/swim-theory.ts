/**
 * When the probes of SWIM meet a member that has crashed. Times are in periods.
 * Source: Das, Gupta, Motivala 2002, sections 3.1 and 4.3: with random targets an arbitrary member is pinged in a period
 * with probability 1 - (1 - q_f / n)^(n - 1), so that the periods until the first detection are geometric. Derived here:
 * the laws for finite n, for clocks that are not in step, and for laps. A member has L = n - 1 targets to choose from.
 *
 * Clocks in step: whole periods are counted, all ping at once. Random phases: the first ping of each member comes at a
 * uniform time after the crash, and one each period from then on.
 *
 * Round-robin: of a member that has r places left in its lap, the target is among these with probability r / L, and
 * otherwise at a uniform place of the next lap. A group that starts together is at the same place of its laps at any time
 * (up to its phases), and the crash comes at any place with equal probability.
 */
import { oneOf, wholeNumber } from '../base/errors.ts';

/** A group in which members have crashed. */
export interface Probing {
  readonly n: number;
  /** Members that have crashed at once, and stay in the lists; default 1. */
  readonly crashed?: number;
  readonly targets: 'random' | 'round-robin';
  readonly clocks: 'in step' | 'random phases';
}

const WHERE = 'swim theory';
const STEPS = 20; // per period, of integrals
const NEVER = 1e-9;

/** P(one member has not pinged it with so many pings), where it had `left` places left in its lap. */
function missed(targets: Probing['targets'], length: number, left: number, pings: number): number {
  if (targets === 'random') return (1 - 1 / length) ** pings;
  if (pings <= left) return 1 - pings / length;
  return Math.max(0, (1 - left / length) * (1 - (pings - left) / length));
}

/** P(none of the live members has pinged it after so many periods): a whole number where clocks are in step. */
export function unnoticed(probing: Probing, periods: number): number {
  const { n, crashed = 1, targets, clocks } = probing;
  wholeNumber(WHERE, 'n', n, 3);
  wholeNumber(WHERE, 'crashed', crashed, 1, n - 1);
  oneOf(WHERE, 'targets', targets, ['random', 'round-robin']);
  oneOf(WHERE, 'clocks', clocks, ['in step', 'random phases']);
  const live = n - crashed;
  const places = targets === 'random' ? 1 : n - 1;
  let sum = 0;
  for (let left = 1; left <= places; left++) {
    sum +=
      clocks === 'in step'
        ? missed(targets, n - 1, left, Math.floor(periods)) ** live
        : ofPhases(targets, n - 1, left, periods, live);
  }
  return sum / places;
}

/**
 * The crash comes a share s of a period after the group began to make the pings of a place: who has made that ping has one
 * place fewer left, and pings again later than a share 1 - s of a period after the crash.
 */
function ofPhases(
  targets: Probing['targets'],
  length: number,
  left: number,
  periods: number,
  live: number,
): number {
  const whole = Math.floor(periods);
  const part = periods - whole;
  let sum = 0;
  for (let step = 0; step < STEPS; step++) {
    const s = (step + 0.5) / STEPS;
    const early = Math.min(part, 1 - s);
    const late = part - early;
    sum +=
      (early * missed(targets, length, left, whole + 1) +
        (1 - s - early) * missed(targets, length, left, whole) +
        late * missed(targets, length, left - 1, whole + 1) +
        (s - late) * missed(targets, length, left - 1, whole)) **
      live;
  }
  return sum / STEPS;
}

/** The mean of the periods until the first ping that meets it; where clocks are in step, of the periods begun until then. */
export function meanNotice(probing: Probing): number {
  const inStep = probing.clocks === 'in step';
  const width = inStep ? 1 : 1 / STEPS;
  let mean = 0;
  for (let step = 0; ; step++) {
    const left = unnoticed(probing, inStep ? step : (step + 0.5) * width);
    mean += left * width;
    if (left < NEVER) return mean;
  }
}

/** The published line: T' / (1 - exp(-q_f)), for a large group of which a share q_f is not faulty. */
export const publishedNotice = (notFaulty: number): number => 1 / (1 - Math.exp(-notFaulty));

/** P(one given member has not pinged it with so many pings since its crash). */
export function unfound({ n, targets }: Pick<Probing, 'n' | 'targets'>, pings: number): number {
  let sum = 0;
  for (let left = 0; left < n - 1; left++) sum += missed(targets, n - 1, left, pings);
  return sum / (n - 1);
}

/** The mean number of pings until one given member finds it, round-robin; it takes 2 L - 1 at most. */
export function meanFind(n: number): number {
  let mean = 0;
  for (let pings = 0; pings < 2 * (n - 1); pings++) {
    mean += unfound({ n, targets: 'round-robin' }, pings);
  }
  return mean;
}

/** Periods until the last of n members has pinged any other one, at worst: 2 n - 3, by shuffled lists. */
export const worstFind = (n: number): number => 2 * (n - 1) - 1;
