/**
 * What causal delivery costs where mail gets lost and anti-entropy repairs it: the share of writes that a node holds back,
 * and for how long. Derived here.
 *
 * Latency is a constant d, so that without loss nothing comes before what happened before it. A copy is lost with
 * probability p. A comparison begins at a node on a Poisson clock of period T, with a random partner; of two nodes at whose
 * comparison one has the write, HAVE, WANT and RUMOUR must all come through, and its COMPARE where it calls. So calls
 * that can repair come at rate r = (1 + (1 - p)) / T, and each fails for a write, independently, with probability f.
 *
 * Age: the time since the write's mail was due. One call repairs all that is missing, but for the share f: what is missing is no
 * Poisson number as in M/G/infinity, where each write would be repaired by itself. Given the calls it is one, of mean Z, which
 * grows by L p per ms (L: writes per ms of all others) and falls to f Z at a call. In the stationary state
 *   phi(s) = E exp(-s Z) = r phi(f s) / (r + L p s), so phi(s) is the product over k of 1 / (1 + (L p / r) f^k s).
 *
 * A write that comes to v from o waits for the writes that o had applied and v lacks: until the last of them comes. With
 * A the age of the oldest one missing at a node, the past of the write holds all that is older than A at o, d ago, and
 * nothing younger than d. So it is held with at least P(A of v > A of o + d), and with at most P(A of v > d), where o
 * would have applied all that came to it. Between them, what o holds back itself decides: `hold-back-fixpoint.ts`.
 */
import { probability } from '../base/errors.ts';

/** Writes that are mailed to all, lost with a probability, and repaired by anti-entropy. */
export interface LossyMail {
  readonly n: number;
  /** Writes of a node, in the mean. */
  readonly perSecond: number;
  readonly loss: number;
  /** Of the anti-entropy. */
  readonly periodMs: number;
  readonly latencyMs: number;
}

/** [k]: E exp(-f^k Z), for k calls since. */
export type Survival = Float64Array;

export interface Repair {
  /** r, calls that can repair, per ms. */
  readonly callsPerMs: number;
  /** f, probability that such a call does not repair a write. */
  readonly fail: number;
  /** L p, writes missed per ms. */
  readonly missedPerMs: number;
  /** From a call to the repair: HAVE, WANT, RUMOUR. No less than that is any age at repair. */
  readonly lagMs: number;
}

const LEAST = 1e-5; // of f^k, where nothing is left to repair

/**
 * A partner that lacks the write, too, cannot repair it. Of the other nodes, one of which is the origin, m = p (n - 2) / (n - 1)
 * lack it at first, and dm/dt = -c m (1 - m) from there on: with 'mean', f is such that the mean repair is that of this
 * law. Bounds take partners as at the end ('all' have it), or as at first ('fewest').
 */
export type Partners = 'mean' | 'all' | 'fewest';

export function repairOf(mail: LossyMail, partners: Partners = 'mean'): Repair {
  const { n, perSecond, loss, periodMs, latencyMs } = mail;
  probability('lossy mail', 'loss', loss);
  const lack = (loss * (n - 2)) / (n - 1);
  const mean = lack === 0 ? 1 : -lack / Math.log1p(-lack);
  const has = { mean, all: 1, fewest: 1 - lack }[partners];
  return {
    callsPerMs: (2 - loss) / periodMs,
    fail: 1 - (1 - loss) ** 3 * has,
    missedPerMs: ((n - 1) * perSecond * loss) / 1000,
    lagMs: 3 * latencyMs,
  };
}

/** [k] phi(f^k). */
export function survival({ callsPerMs, fail, missedPerMs }: Repair): Survival {
  const calls = fail === 0 ? 2 : Math.ceil(Math.log(LEAST) / Math.log(fail)) + 1;
  const phi = new Float64Array(calls).fill(1);
  for (let k = calls - 2; k >= 0; k--) {
    phi[k] = phi[k + 1] / (1 + (missedPerMs / callsPerMs) * fail ** k);
  }
  return phi;
}

/** The mean of `of[k]` over the Poisson number k of calls in a time that has so many in the mean. */
export function afterCalls(of: Survival, calls: number): number {
  let chance = Math.exp(-calls);
  let sum = 0;
  let left = 1;
  for (let k = 0; k < of.length; k++) {
    sum += chance * of[k];
    left -= chance;
    chance *= calls / (k + 1);
  }
  return sum + Math.max(0, left);
}

/**
 * What is missing is repaired ever sooner, as more partners have it: of the law above E D^2 / 2 (E D)^2, which is 1 for f
 * constant, and is what a wait for one missing write is in proportion to.
 */
export function growingHazard({ n, loss }: LossyMail): number {
  const odds = (loss * (n - 2)) / (n - 1 - loss * (n - 2));
  if (odds === 0) return 1;
  let integral = 0; // of log(1 + x) / x up to the odds: minus the dilogarithm of minus them
  const steps = 200;
  for (let i = 0; i < steps; i++) {
    const x = ((i + 0.5) / steps) * odds;
    integral += ((Math.log1p(x) / x) * odds) / steps;
  }
  return ((odds / (1 + odds)) * integral) / Math.log1p(odds) ** 2;
}

/** What causal delivery costs then. */
export interface HoldBackCost {
  /** Share of the writes of others that wait. */
  readonly held: number;
  /** Mean wait, over all of them. */
  readonly holdMs: number;
}

/**
 * What follows from [k] the probability that a write does not wait whose mail would have come k calls ago. Of the writes
 * that were lost, one is repaired by its k-th call with probability (1 - f) f^(k-1), and those that it waits for with the same.
 */
export function costOf({ callsPerMs, fail }: Repair, loss: number, ready: Survival): HoldBackCost {
  // Behind k calls the wait goes on beyond j more with 1 - ready[k + j]; a call takes 1 / r.
  const wait = new Float64Array(ready.length + 1);
  for (let k = ready.length - 1; k >= 0; k--) wait[k] = wait[k + 1] + (1 - ready[k]) / callsPerMs;
  let held = (1 - loss) * (1 - ready[0]);
  let holdMs = (1 - loss) * wait[0];
  for (let k = 1; k < ready.length; k++) {
    const share = loss * (1 - fail) * fail ** (k - 1);
    held += share * (1 - ready[k]);
    holdMs += share * wait[k];
  }
  return { held, holdMs };
}

/** At most: where a write's past is all that is older than d, and its origin's own writes. */
export function mostHeld(mail: LossyMail, partners: Partners = 'fewest'): HoldBackCost {
  const repair = repairOf(mail, partners);
  // Of ages that no call has repaired yet; the origin's own are in the past whatever their age.
  const { missedPerMs, lagMs } = repair;
  const { n, latencyMs } = mail;
  const recent = missedPerMs * (lagMs - latencyMs + latencyMs / (n - 1));
  const ready = survival(repair).map((phi, k) => phi * Math.exp(-(repair.fail ** k) * recent));
  return costOf(repair, mail.loss, ready);
}

const STEP_CALLS = 0.05; // of the integrals over age, in calls
const OLDEST = 1e-6; // probability that is left out

/** At least: where a write's past is only what is older than the oldest one missing at its origin. */
export function leastHeld(mail: LossyMail, partners: Partners = 'all'): HoldBackCost {
  const repair = repairOf(mail, partners);
  const phi = survival(repair);
  const ready = phi.map((_, k) => {
    const from = phi.slice(k);
    const older = (calls: number) => afterCalls(from, calls); // E exp(-f^k Z older than that)
    return overOldest(phi, (calls) => older(calls + repair.callsPerMs * mail.latencyMs));
  });
  return costOf(repair, mail.loss, ready);
}

/** The mean over A at a node, in calls since it could be repaired. */
export function overOldest(phi: Survival, of: (calls: number) => number): number {
  let before = phi[0];
  let mean = before * of(0);
  for (let calls = 0; 1 - before > OLDEST; calls += STEP_CALLS) {
    const next = afterCalls(phi, calls + STEP_CALLS);
    mean += (next - before) * of(calls + STEP_CALLS / 2);
    before = next;
  }
  return mean + (1 - before);
}
