/**
 * Samplers by inversion: each is the quantile function of its law, a pure function of one uniform u in (0, 1), and
 * never decreasing in u. One draw in, one value out: runs that differ in a parameter keep their common random numbers.
 * Parameters are taken as valid: whoever reads them from a user checks them first.
 */
import { UserError } from './errors.ts';
import { gammaFraction, gammaP, gammaSeries, logGamma, polynomial } from './special.ts';

/** Exponential with the given mean. */
export const exponentialQuantile = (u: number, mean: number): number => -mean * Math.log1p(-u);

/** Weibull: P(X > x) = exp(-(x / scale)^shape). */
export const weibullQuantile = (u: number, shape: number, scale: number): number =>
  scale * (-Math.log1p(-u)) ** (1 / shape);

/** Pareto: P(X > x) = (minimum / x)^shape from `minimum` on. The mean is finite for shape > 1 only. */
export const paretoQuantile = (u: number, shape: number, minimum: number): number =>
  minimum * Math.exp(-Math.log1p(-u) / shape);

/** [degree] coefficients of AS241's PPND16: numerator and denominator for the centre, the tail, the far tail. */
const CENTRE = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const CENTRE_BELOW = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852854,
];
const TAIL = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
];
const TAIL_BELOW = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
  0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
];
const FAR = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
  0.026532189526576124, 0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
];
const FAR_BELOW = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15,
];

/** Standard normal. Source: Wichura, "Algorithm AS 241", Applied Statistics 37, 1988 (PPND16, about 1e-16). */
export function normalQuantile(u: number): number {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE, r)) / polynomial(CENTRE_BELOW, r);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? u : 1 - u));
  const z =
    r <= 5
      ? polynomial(TAIL, r - 1.6) / polynomial(TAIL_BELOW, r - 1.6)
      : polynomial(FAR, r - 5) / polynomial(FAR_BELOW, r - 5);
  return q < 0 ? -z : z;
}

/** Parameters of the lognormal law: mean and standard deviation of the logarithm. */
export interface Lognormal {
  readonly mu: number;
  readonly sigma: number;
}

/** Lognormal: exp(mu + sigma Z), Z standard normal. */
export const lognormalQuantile = (u: number, mu: number, sigma: number): number =>
  Math.exp(mu + sigma * normalQuantile(u));

/** The lognormal with this median and this standard deviation of the logarithm. */
export const lognormalOfMedian = (median: number, sigma: number): Lognormal => ({
  mu: Math.log(median),
  sigma,
});

/** The lognormal with this mean and standard deviation (of the value itself). */
export function lognormalOfMean(mean: number, sd: number): Lognormal {
  const variance = Math.log1p((sd / mean) ** 2);
  return { mu: Math.log(mean) - variance / 2, sigma: Math.sqrt(variance) };
}

/**
 * The quantile function of the gamma law (mean shape * scale), with its constants computed once.
 * Newton's method on log P(a, e^y) = log u (lower part) or log Q(a, e^y) = log (1 - u) (upper part) in y = log x.
 * Both are concave in y, because the density of log X is log-concave, so every step after the first lands on the same
 * side of the root and the iteration cannot fail. Start: Wilson and Hilferty 1931. Below about 1e-308 it gives 0.
 */
export function gammaSampler(shape: number, scale: number): (u: number) => number {
  const logGammaShape = logGamma(shape);
  const logGammaNext = logGamma(shape + 1);
  const spread = 1 / (9 * shape);
  const split = gammaP(shape, shape + 1); // below: the series is good; above: the continued fraction

  function start(u: number): number {
    const cubeRoot = 1 - spread + normalQuantile(u) * Math.sqrt(spread);
    const approximation = cubeRoot > 0 ? Math.log(shape) + 3 * Math.log(cubeRoot) : -Infinity;
    // P(a, x) <= x^a / Gamma(a + 1) bounds the root from below, closely where it is small.
    const bound = (Math.log(u) + logGammaNext) / shape;
    return Math.max(approximation, bound);
  }

  return (u) => {
    const lower = u < split;
    const target = Math.log(lower ? u : 1 - u) + logGammaShape;
    let y = start(u);
    // Convergence is quadratic: after a step of 1e-9 the error is below the rounding.
    for (let step = 1, i = 0; Math.abs(step) > 1e-9 && i < 100; i++) {
      const x = Math.exp(y);
      const ratio = lower ? gammaSeries(shape, x) : gammaFraction(shape, x); // P / x P', Q / -x Q'
      step = ratio * (target - (shape * y - x + Math.log(ratio)));
      y += lower ? step : -step;
    }
    return scale * Math.exp(y);
  };
}

/** Gamma with the given shape and scale, for a single value; for many, `gammaSampler`. */
export const gammaQuantile = (u: number, shape: number, scale: number): number =>
  gammaSampler(shape, scale)(u);

/**
 * The inverse of the empirical distribution function of `samples`: the smallest sample x with at least a share u of
 * the samples <= x. A sample is picked, each as likely as the next; nothing is interpolated.
 */
export function empirical(samples: ArrayLike<number>): (u: number) => number {
  const sorted = Float64Array.from(samples).sort(); // [rank] ascending
  if (sorted.length === 0 || !sorted.every(Number.isFinite)) {
    throw new UserError(
      `empirical law: expected at least one sample, all finite numbers; got ${sorted.length} samples${sorted.length > 0 ? ', some not finite: remove them' : ''}`,
    );
  }
  return (u) => sorted[Math.ceil(u * sorted.length) - 1];
}
