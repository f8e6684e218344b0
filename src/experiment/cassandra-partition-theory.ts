/**
 * How two sides of a Cassandra cluster find together again once they can: a share f of the nodes, the few, and the many.
 * Derived here from the rules for targets (protocols/cassandra/targets.ts), for sides that have convicted each other.
 *
 * A node with L live and U unreachable endpoints calls an unreachable one in a round with probability U / (L + 1). So the
 * few call across in each round, and the many in a share q = f / (1 - f) of them. One exchange brings both all states of
 * the other side, and an echo to each makes them up a round trip later: such a node is informed. It then calls anybody,
 * and informs whom it exchanges with. Rounds are periodic with uniform phases, times are in rounds from the healing.
 */
import { type Intervals, youngMean } from './cassandra-detection-theory.ts';

/** Until the first call across, in the mean: nobody has had a round that made one. Exact for uniform phases. */
export function firstContactRounds(few: number, many: number): number {
  const q = few / many;
  return integral((t) => (1 - t) ** few * (1 - q * t) ** many, 1);
}

const STEPS = 400; // of a round
const ROUNDS = 20;

/** How soon the nodes of a healed cluster have heard of the other side; in rounds. */
export interface HealingWave {
  /** When half of the nodes are informed, and, in the mean, when the last one is. */
  readonly median: number;
  readonly last: number;
}

/**
 * Many nodes on both sides: the share that is not informed yet, by the phase of its rounds. Of halves it is
 * (1 - t) exp(-t): a node is called once a round, across by those that are not informed or by those that are, and its
 * own round informs it.
 */
export function healingWave(few: number, many: number): HealingWave {
  const n = few + many;
  const q = few / many;
  const left = { few: new Float64Array(STEPS).fill(1), many: new Float64Array(STEPS).fill(1) };
  let median = NaN;
  let last = 0;
  for (let step = 0; step < STEPS * ROUNDS; step++) {
    const few1 = mean(left.few);
    const many1 = mean(left.many);
    const uninformed = (few * few1 + many * many1) / n;
    if (Number.isNaN(median) && uninformed <= 0.5) median = step / STEPS;
    last += (1 - Math.exp(-n * uninformed)) / STEPS;
    const called = 1 - uninformed; // by those that are informed
    scale(left.few, Math.exp(-(called + many1) / STEPS));
    scale(left.many, Math.exp(-(called + q * few1) / STEPS));
    left.few[step % STEPS] = 0;
    left.many[step % STEPS] *= (1 - q) * many1;
  }
  return { median, last };
}

/** Windows across the cut. Times in s. */
export interface Damage {
  readonly uptimeS: number; // before the cut
  readonly cutS: number;
  readonly sinceS: number; // from the healing until the kill
  readonly windowSamples: number;
}

/** After the healing the first news across comes so soon, in the mean over halves. */
const FIRST_NEWS_S = 1 / Math.E; // integral of (1 - t) exp(-t)

/**
 * Mean of a window across at the last news after the kill. Without a cap: not full, (2 s + all time) / samples; full, the
 * interval of the cut is one of so many, until as many have come after it. With one, the cut leaves no trace.
 */
export function windowAfterCut(damage: Damage, intervals: Intervals, isCapped: boolean): number {
  const { uptimeS, cutS, sinceS, windowSamples } = damage;
  const { meanS, shareBeyond, meanWithinS, newsS } = intervals;
  const before = (uptimeS - 1) / meanS; // without the first, as in windowAtKill
  const after = (sinceS + newsS - FIRST_NEWS_S) / meanS;
  if (isCapped) {
    const kept = (1 - shareBeyond) * (before + after);
    return kept < windowSamples ? youngMean(kept, meanWithinS) : meanWithinS;
  }
  const samples = 2 + before + 1 + after;
  if (samples <= windowSamples) return (2 + uptimeS + cutS + sinceS + newsS) / samples;
  return after < windowSamples ? meanS + cutS / windowSamples : meanS;
}

const mean = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
};

function scale(values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i] *= factor;
}

/** By Simpson's rule on 0 .. end. */
function integral(f: (t: number) => number, end: number): number {
  const pieces = 20_000;
  let sum = f(0) + f(end);
  for (let i = 1; i < pieces; i++) sum += (i % 2 === 1 ? 4 : 2) * f((i * end) / pieces);
  return (sum * end) / pieces / 3;
}
