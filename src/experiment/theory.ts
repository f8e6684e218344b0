/**
 * Closed forms that experiments are held against. Each cites its source; `delivered` is the probability that a message
 * arrives (1 - loss). Times are in rounds, up to the O(1) that the theorems leave open: compare differences in n.
 */

/** Solves f(x) = 0 by bisection on [low, high]; f must change its sign once between them. */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  const rising = f(low) < 0;
  for (let step = 0; step < 200 && low < high; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (f(middle) < 0 === rising) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const log = (base: number, x: number) => Math.log(x) / Math.log(base);

/** Push on the complete graph. Pittel 1987 for delivered = 1; Doerr, Kostrygin 2017 with loss. */
export const pushRounds = (n: number, delivered = 1): number =>
  log(1 + delivered, n) + Math.log(n) / delivered;

/**
 * Pull on the complete graph. Doerr, Kostrygin 2017. With loss the end is geometric instead of doubly exponential.
 * @param answered probability that request and answer both arrive.
 */
export const pullRounds = (n: number, answered = 1): number =>
  answered === 1
    ? Math.log2(n) + Math.log2(Math.log(n))
    : log(1 + answered, n) + Math.log(n) / -Math.log(1 - answered);

/**
 * Push-pull on the complete graph. Doerr, Kostrygin 2017, where a call fails as a whole (told = answered); here the
 * caller's news, its request and the answer can each be lost.
 * @param told probability that the caller's news arrives; @param answered that request and answer both arrive.
 */
export const pushPullRounds = (n: number, told = 1, answered = told): number =>
  answered === 1
    ? log(3, n) + Math.log2(Math.log(n))
    : log(1 + told + answered, n) + Math.log(n) / (told - Math.log(1 - answered));

/** Push on a random d-regular graph takes C_d ln n (1 + o(1)) rounds. Fountoulakis, Panagiotou 2013. */
export const regularPushConstant = (d: number): number =>
  1 / Math.log(2 * (1 - 1 / d)) - 1 / (d * Math.log(1 - 1 / d));

/**
 * Share reached by infect-and-die, given that the rumour did not die early: pi = 1 - exp(-fanout * delivered * pi).
 * Kermarrec, Massoulie, Ganesh 2003 (the giant component of a random graph). 0 where fanout * delivered <= 1.
 */
export function infectAndDieShare(fanout: number, delivered = 1): number {
  const mean = fanout * delivered;
  return mean <= 1 ? 0 : bisect((pi) => pi - 1 + Math.exp(-mean * pi), 1e-9, 1);
}

/** Everybody is reached with probability exp(-exp(-c)) if the mean fanout is ln n + c. Kermarrec et al. 2003. */
export const everybodyProbability = (c: number): number => Math.exp(-Math.exp(-c));

/** Residue of rumour mongering, the ODE's fixed point s = exp(-(k+1)(1-s)), s < 1. Demers et al. 1987, section 1.4. */
export const residueOde = (k: number): number =>
  bisect((s) => s - Math.exp(-(k + 1) * (1 - s)), 0, 1 - 1e-9 - 1 / (k + 1) / 2);

/** Connection limit 1: residue exp(-lambda m). Demers et al. 1987, section 1.4. */
export const CONNECTION_LIMIT_LAMBDA = 1 / (1 - Math.exp(-1));

/** Share still susceptible after one more cycle of anti-entropy, from share p. Demers et al. 1987, section 1.3. */
export const antiEntropyStep = {
  pull: (p: number, n: number) => (p * (n * p - 1)) / (n - 1), // p² for large n
  push: (p: number, n: number) => p * (1 - 1 / (n - 1)) ** (n * (1 - p)),
  // It stays susceptible if its own call meets a susceptible and no infective calls it; the two are independent.
  'push-pull': (p: number, n: number) =>
    ((p * (n * p - 1)) / (n - 1)) * (1 - 1 / (n - 1)) ** (n * (1 - p)),
} as const;

/**
 * Growth rate per period of asynchronous push with fanout 1: an informed node sends as often as a Poisson process of
 * rate 1 would (its phase is uniform), so the Malthusian equation of the branching process is
 * 1 = delivered * E[exp(-r D)] / r, with D the latency in periods. While few know, the count grows as exp(r t).
 * @param laplace E[exp(-r D)].
 */
export const asynchronousGrowth = (laplace: (r: number) => number, delivered = 1): number =>
  bisect((r) => r - delivered * laplace(r), 0, 1);
