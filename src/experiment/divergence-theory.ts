/**
 * Replicas that keep of a register what they applied last: for how many registers do they not agree, once all writes have
 * arrived? A register's writes come as a Poisson process from all nodes alike; delays are independent. Derived here.
 * b is its last write, a one before it, g earlier. Their origins hold b, or a if a comes to b's origin after b was written:
 *   at once  all agree on b if no other node gets a after b: (1 - P(delay > g)) (1 - P(b overtakes a))^(n - 2); where both
 *            are of one origin, (1 - P(b overtakes a))^(n - 1).
 *   causal   all agree on b if its origin had applied a: else it applies a after b, and a's origin b after a.
 * Seen back from b, the writes before it are a Poisson process, with an end where writing began. At least where b and the
 * one just before it disagree do registers diverge, at most where b and any other one do.
 */
import type { DelayLaw } from './delay-laws.ts';
import { overtaking } from './overtaking-theory.ts';

const GAPS = 300;

/** Bounds of a share, 0 <= low <= high <= 1. */
export interface Shares {
  readonly low: number;
  readonly high: number;
}

/** A register that n nodes replicate and write. */
export interface WrittenRegister {
  readonly n: number;
  /** Writes of one register. */
  readonly ratePerMs: number;
  /** They are issued in a time of this length. */
  readonly lengthMs: number;
}

/** Share of registers on which replicas do not agree at the end, if writes are applied as they come. */
export function divergentAtOnce(law: DelayLaw, register: WrittenRegister): Shares {
  const { n } = register;
  return divergent(register, (gap) => {
    const inOrder = 1 - overtaking(law, gap, 500);
    const twoOrigins = (1 - law.tail(gap)) * inOrder ** (n - 2);
    return 1 - ((n - 1) * twoOrigins + inOrder ** (n - 1)) / n;
  });
}

/** @param applied the time from a write to its application at another node */
export const divergentCausal = (applied: DelayLaw, register: WrittenRegister): Shares =>
  divergent(register, (gap) => (applied.tail(gap) * (register.n - 1)) / register.n);

/** @param disagree the probability that a last write and one so much earlier are not in the same order at all nodes */
function divergent(
  { ratePerMs, lengthMs }: WrittenRegister,
  disagree: (gap: number) => number,
): Shares {
  let [low, high] = [0, 0];
  for (let k = 0; k < GAPS; k++) {
    const at = (place: number) => lengthMs * (place / GAPS) ** 3;
    const gap = at(k + 0.5);
    const before = ratePerMs * (at(k + 1) - at(k)) * disagree(gap);
    const pairs = -before * Math.expm1(-ratePerMs * (lengthMs - gap)); // with a last write
    low += pairs * Math.exp(-ratePerMs * gap); // and none in between
    high += pairs;
  }
  return { low, high };
}
