/**
 * Special functions behind samplers, intervals and tests; arguments are taken as valid. Relative error about 1e-14 for
 * parameters up to 1000; it grows with the parameters, to 1e-11 at a million.
 * Sources: Abramowitz and Stegun 1964 (A&S) for series and continued fractions, evaluated by Lentz's method as
 * modified by Thompson and Barnett, J. Comput. Phys. 64, 1986; Loader, "Fast and accurate computation of binomial
 * probabilities", 2000, for leading factors without cancellation; Cody, Math. Comp. 23, 1969, for the normal tail.
 */
const HALF_LOG_TWO_PI = 0.9189385332046727;
const TINY = 1e-300; // stands in for 0 in Lentz's denominators
const EPSILON = 1e-16; // below half a unit in the last place of 1: nothing more to add

/** [k] B(2k+2) / ((2k+2)(2k+1)): Stirling's series, A&S 6.1.41. At x >= 10 seven terms leave 3e-17. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

const stirlingLeading = (x: number): number => (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI;

/** log Gamma(x) minus Stirling's leading terms, for x > 0. */
function stirlingError(x: number): number {
  if (x < 10) return logGamma(x) - stirlingLeading(x);
  let sum = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) sum = sum / (x * x) + STIRLING[k];
  return sum / x;
}

/** log Gamma(x) for x > 0: Stirling's series at x + m >= 10, brought back by the recurrence (A&S 6.1.15). */
export function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  for (; shifted < 10; shifted++) product *= shifted;
  return stirlingLeading(shifted) + stirlingError(shifted) - Math.log(product);
}

/** log(1 + t), given 1 + t as well: near 0 from t, else from 1 + t, whichever has kept its digits. */
const logOnePlus = (t: number, onePlus: number): number =>
  Math.abs(t) < 0.5 ? Math.log1p(t) : Math.log(onePlus);

/**
 * x^a e^-x / Gamma(a), the factor before both expansions of the incomplete gamma function and x times the density.
 * From a = 10 in Loader's form: a log x - x - log Gamma(a) would lose log10(a) digits.
 */
function gammaFactor(a: number, x: number): number {
  if (a < 10) return Math.exp(a * Math.log(x) - x - logGamma(a));
  const t = (x - a) / a;
  const deviance = a * (t - logOnePlus(t, x / a));
  return Math.exp(-deviance - stirlingError(a)) * Math.sqrt(a / (2 * Math.PI));
}

/** Sum over k >= 0 of x^k / (a (a+1) ... (a+k)): A&S 6.5.29. */
export function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; term > sum * EPSILON; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

/** 1 / (x+1-a - 1(1-a) / (x+3-a - 2(2-a) / (x+5-a - ...))): A&S 6.5.31, even part. */
export function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < 1e6; k++) {
    const numerator = k * (a - k);
    b += 2;
    d = 1 / (numerator * d + b || TINY);
    c = b + numerator / c || TINY;
    const step = c * d;
    value *= step;
    if (Math.abs(step - 1) < 3e-16) break;
  }
  return value;
}

/** Regularised lower incomplete gamma function P(a, x), for a > 0, x >= 0: the gamma law's distribution function. */
export function gammaP(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  const factor = gammaFactor(a, x);
  return x < a + 1 ? factor * gammaSeries(a, x) : 1 - factor * gammaFraction(a, x);
}

/** Q(a, x) = 1 - P(a, x), accurate where it is small. */
export function gammaQ(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  const factor = gammaFactor(a, x);
  return x < a + 1 ? 1 - factor * gammaSeries(a, x) : factor * gammaFraction(a, x);
}

/** The continued fraction of the incomplete beta function: A&S 26.5.8. Converges fast for x < (a+1)/(a+b+2). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || TINY);
  let value = d;
  for (let m = 1; m < 1e6; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || TINY);
    c = 1 + even / c || TINY;
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || TINY);
    c = 1 + odd / c || TINY;
    value *= c * d;
    if (Math.abs(c * d - 1) < 3e-16) break;
  }
  return value;
}

/** x^a y^b / B(a, b) with y = 1 - x, in Loader's form. */
export function betaFactor(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  const excess = b * x - a * y; // n x - a, without cancellation
  const deviance =
    a * logOnePlus(excess / a, (n * x) / a) + b * logOnePlus(-excess / b, (n * y) / b);
  const error = stirlingError(a) + stirlingError(b) - stirlingError(n);
  return Math.exp(deviance - error) * Math.sqrt((a * b) / (2 * Math.PI * n));
}

/**
 * Regularised incomplete beta function I_x(a, b), for a, b > 0 and x in [0, 1]. Where x is so near 1 that 1 - x has
 * lost its digits, pass `y` = 1 - x as well.
 */
export function incompleteBeta(x: number, a: number, b: number, y = 1 - x): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const factor = betaFactor(x, y, a, b);
  return x < (a + 1) / (a + b + 2)
    ? (factor * betaFraction(x, a, b)) / a
    : 1 - (factor * betaFraction(y, b, a)) / b;
}

/** [degree] coefficients of Cody's rational approximations to the normal tail, as in Cody, ACM TOMS 19, 1993. */
const CENTRE = [
  18154.98125334356, 1067.6894854603709, 161.02823106855587, 2.2352520354606837,
  0.06568233791820745,
];
const CENTRE_BELOW = [
  45507.78933502673, 10260.932208618979, 976.0985517377767, 47.202581904688245, 1,
];
const MIDDLE = [
  9842.714838383978, 11602.65143764735, 6848.190450536283, 2494.5375852903726, 597.2702763948002,
  93.50665613217785, 8.883149794388377, 0.39894151208813466, 1.0765576773720192e-8,
];
const MIDDLE_BELOW = [
  19685.429676859992, 38912.00328609327, 34900.95272114598, 18615.571640885097, 6485.558298266761,
  1519.3775994075547, 235.387901782625, 22.266688044328117, 1,
];
const FAR = [
  0.000029112874951168793, 0.0014216191932278934, 0.022235277870649807, 0.12740116116024736,
  0.215898534057957, 0.023073441764940174,
];
const FAR_BELOW = [
  0.00007297515550839662, 0.0037823963320275824, 0.06598813786892856, 0.4682382124808651,
  1.284260096144911, 1,
];

/** sum of coefficients[k] x^k. */
export function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * x + coefficients[k];
  return sum;
}

/** P(Z > z) for standard normal Z, accurate relative to its size down to the smallest numbers (z about 37.5). */
export function normalTail(z: number): number {
  const x = Math.abs(z);
  if (x < 0.67448975) {
    return 0.5 - (z * polynomial(CENTRE, z * z)) / polynomial(CENTRE_BELOW, z * z);
  }
  if (x > 39) return z > 0 ? 0 : 1;
  let mills: number; // tail / exp(-x^2 / 2)
  if (x < Math.sqrt(32)) mills = polynomial(MIDDLE, x) / polynomial(MIDDLE_BELOW, x);
  else {
    const w = 1 / (x * x);
    const correction = (w * polynomial(FAR, w)) / polynomial(FAR_BELOW, w);
    mills = (1 / Math.sqrt(2 * Math.PI) - correction) / x;
  }
  // exp(-x^2 / 2) in two factors: the square of a multiple of 1/16 is exact, so the tail keeps its digits.
  const near = Math.trunc(x * 16) / 16;
  const tail = Math.exp((-near * near) / 2) * Math.exp(((near - x) * (near + x)) / 2) * mills;
  return z > 0 ? tail : 1 - tail;
}

/** P(Z <= z) for standard normal Z. */
export const normalCdf = (z: number): number => normalTail(-z);
