/**
 * Flow control: how many updates a second each participant may make, tau. Two that exchange share what they have by what
 * they want, rho, and each then adapts to whether what was missing fitted: additive increase, multiplicative decrease.
 * Source: van Renesse et al. 2008, section 3.
 */

export interface Share {
  readonly p: number;
  readonly q: number;
}

/**
 * tau of both after they have shared; the sum stays the same. Where both wishes can be met, what remains is halved; where
 * both want at least half, they get that; else the smaller wish is met, and the other gets the rest.
 * @param rhoP @param rhoQ wishes, updates per second; Infinity: as many as possible.
 */
export function share(rhoP: number, tauP: number, rhoQ: number, tauQ: number): Share {
  const sum = tauP + tauQ;
  const half = sum / 2;
  if (rhoP + rhoQ <= sum) {
    const rest = (sum - rhoP - rhoQ) / 2;
    return { p: rhoP + rest, q: rhoQ + rest };
  }
  if (rhoP >= half && rhoQ >= half) return { p: half, q: half };
  return rhoP < half ? { p: rhoP, q: sum - rhoP } : { p: sum - rhoQ, q: rhoQ };
}

/** Of flow control; updates a second. */
export interface FlowOptions {
  /** tau at the start, updates per second. */
  readonly initial: number;
  /** Added after an exchange in which all that was missing fitted, updates per second. */
  readonly increase: number;
  /** tau is multiplied by it after one in which it did not. */
  readonly decrease: number;
}

/** @param missing the larger of what was missing on the two sides. */
export const adapt = (tau: number, missing: number, mtu: number, flow: FlowOptions): number =>
  missing > mtu ? tau * flow.decrease : tau + flow.increase;
