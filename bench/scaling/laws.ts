/** Power laws y = factor n^exponent through the largest populations, and what they say of a larger one. */

export interface Law {
  readonly exponent: number;
  readonly factor: number;
  /** The largest |ln(y / law)|: 0.1 is a tenth beside the law. */
  readonly off: number;
  readonly from: number; // populations of the fit
  readonly to: number;
}

export interface Point {
  readonly n: number;
  readonly y: number;
}

/** What is small is not yet a power law: a start-up, caches that hold everything. */
const POINTS = 4;

/** Least squares in logarithms over the last points; undefined where fewer than two are above 0. */
export function lawOf(points: readonly Point[]): Law | undefined {
  const fitted = points.filter(({ y }) => y > 0).slice(-POINTS);
  if (fitted.length < 2) return undefined;
  const xs = fitted.map(({ n }) => Math.log(n));
  const ys = fitted.map(({ y }) => Math.log(y));
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const products = mean(xs.map((x, i) => (x - meanX) * (ys[i] - meanY)));
  const exponent = products / mean(xs.map((x) => (x - meanX) ** 2));
  const intercept = meanY - exponent * meanX;
  const off = Math.max(...xs.map((x, i) => Math.abs(ys[i] - intercept - exponent * x)));
  return {
    ...{ exponent, factor: Math.exp(intercept), off },
    from: fitted[0].n,
    to: fitted[fitted.length - 1].n,
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const at = ({ factor, exponent }: Law, n: number): number => factor * n ** exponent;
