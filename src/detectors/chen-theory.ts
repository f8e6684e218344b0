/**
 * Quality of service of NFD-S in closed form, for heartbeats every eta that are lost with probability p_L and else
 * delayed by independent D with P(D > x) = tail(x). Times in any one unit.
 * With k = ceil(delta / eta), p_j(x) = p_L + (1 - p_L) P(D > delta + x - j eta), u(x) = prod_(j=0..k) p_j(x),
 * q_0 = (1 - p_L) P(D < delta + eta) and p_s = q_0 u(0):
 *   E(T_MR) = eta / p_s;  E(T_M) = (1 / p_s) integral_0^eta u;  P_A = 1 - (1 / eta) integral_0^eta u;  T_D <= delta + eta.
 * Source: Chen, Toueg, Aguilera, IEEE Trans. Computers 51, 2002 (analysis of NFD-S). NFD-U is NFD-S with
 * delta = E(D) + alpha. The delay law is taken as continuous, P(D < x) = 1 - tail(x).
 */
export interface HeartbeatLaw {
  readonly eta: number; // between two heartbeats
  readonly loss: number; // p_L
  readonly tail: (delay: number) => number; // P(D > delay), for delay >= 0
}

/** What a detector does in the mean, in the unit of the law. */
export interface Quality {
  readonly recurrence: number; // E(T_MR), from the start of a mistake to that of the next
  readonly duration: number; // E(T_M), of a mistake
  readonly accuracy: number; // P_A, the probability of being right at a random time
  readonly detectionBound: number; // T_D is at most this
}

/** Of NFD-S with freshness points delta after the sending. Source: Chen, Toueg, Aguilera 2002, theorem 5. */
export function qualityOfNfdS({ eta, loss, tail }: HeartbeatLaw, delta: number): Quality {
  const k = Math.ceil(delta / eta);
  const late = (delay: number) => loss + (1 - loss) * (delay < 0 ? 1 : tail(delay));

  /** P(at x after a freshness point none of the heartbeats that would do has arrived). */
  function u(x: number): number {
    let product = 1;
    for (let j = 0; j <= k; j++) product *= late(delta + x - j * eta);
    return product;
  }

  const start = (1 - loss) * (1 - tail(delta + eta)) * u(0); // p_s: a mistake starts at a freshness point
  const sent = k * eta - delta; // in [0, eta): when heartbeat k leaves; u bends here
  const wrong = integral(u, 0, sent) + integral(u, sent, eta);
  return {
    recurrence: eta / start,
    duration: wrong / start,
    accuracy: 1 - wrong / eta,
    detectionBound: delta + eta,
  };
}

/** Of NFD-U, which knows the expected arrivals: NFD-S with delta = mean delay + alpha. */
export const qualityOfNfdU = (law: HeartbeatLaw, alpha: number, meanDelay: number): Quality =>
  qualityOfNfdS(law, meanDelay + alpha);

/** E(T_MR) of any fixed timeout between m eta and (m + 1) eta if heartbeats are lost but not delayed: m lost in a row. */
export const lossOnlyRecurrence = (eta: number, loss: number, m: number): number =>
  eta / ((1 - loss) * loss ** m);

/**
 * E(T_D) of a crash at a random time, the mean of what `bound` bounds: with U uniform the time since the last heartbeat
 * was sent, in periods, and J the number of heartbeats just before that did not come or came too late to matter, P(J = j)
 * = (1 - missing) missing^j,
 *   T_D = (bound - (U + J) eta)+,  bound = delta + eta;
 * it is 0 where the suspicion was there before the crash. Ours.
 */
export function meanDetection(eta: number, missing: number, bound: number): number {
  let mean = 0;
  for (
    let left = bound, share = 1 - missing;
    left > 0 && share > 0;
    left -= eta, share *= missing
  ) {
    mean += share * (left >= eta ? left - eta / 2 : left ** 2 / (2 * eta));
  }
  return mean;
}

const RELATIVE = 1e-12;
const DEEPEST = 48; // halvings: a jump of the law is hemmed in to 1e-14 of the range

/** Adaptive Simpson quadrature (Lyness, J. ACM 16, 1969); precise to about 1e-10 where f is smooth between jumps. */
function integral(f: (x: number) => number, from: number, to: number): number {
  if (to <= from) return 0;

  function refine(a: number, fa: number, b: number, fb: number, fm: number, depth: number): number {
    const middle = (a + b) / 2;
    const left = f((a + middle) / 2);
    const right = f((middle + b) / 2);
    const coarse = ((b - a) / 6) * (fa + 4 * fm + fb);
    const fine = ((b - a) / 12) * (fa + 4 * left + 2 * fm + 4 * right + fb);
    const difference = fine - coarse;
    const size = Math.abs(fine) + Math.abs(coarse);
    if (depth <= 0 || (depth < DEEPEST - 6 && Math.abs(difference) <= RELATIVE * size)) {
      return fine + difference / 15;
    }
    return refine(a, fa, middle, fm, left, depth - 1) + refine(middle, fm, b, fb, right, depth - 1);
  }

  return refine(from, f(from), to, f(to), f((from + to) / 2), DEEPEST);
}
