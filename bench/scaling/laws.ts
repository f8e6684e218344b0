/**
 * How a cost grows with the population, in two ways: the exponent of a power law through the largest populations, and a
 * sum of what each run, each member and each pair costs. While the members' share is not yet small beside the pairs',
 * the power law is too low further on; the sum says by how much.
 */

export interface Point {
  readonly n: number;
  readonly y: number;
}

/** y = factor n^exponent. */
export interface Law {
  readonly exponent: number;
  readonly factor: number;
  /** The largest |ln(y / law)|: 0.1 is a tenth beside the law. */
  readonly off: number;
  readonly from: number; // populations of the fit
  readonly to: number;
}

/** y = run + member n + pair n^2, none of them below 0. */
export interface Shares {
  readonly run: number;
  readonly member: number;
  readonly pair: number;
  readonly off: number;
}

/** What is small is not yet a power law: a start-up, caches that hold everything. */
const POINTS = 3;

/** Least squares in logarithms over the last points; undefined where fewer than two are above 0. */
export function lawOf(points: readonly Point[]): Law | undefined {
  const fitted = points.filter(({ y }) => y > 0).slice(-POINTS);
  if (fitted.length < 2) return undefined;
  const xs = fitted.map(({ n }) => Math.log(n));
  const ys = fitted.map(({ y }) => Math.log(y));
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const products = mean(xs.map((x, i) => (x - meanX) * (ys[i] - meanY)));
  const exponent = products / mean(xs.map((x) => (x - meanX) ** 2));
  const law = { exponent, factor: Math.exp(meanY - exponent * meanX) };
  const off = worst(fitted, (n) => at(law, n));
  return { ...law, off, from: fitted[0].n, to: fitted[fitted.length - 1].n };
}

export const at = ({ factor, exponent }: Pick<Law, 'factor' | 'exponent'>, n: number): number =>
  factor * n ** exponent;

export const sharesAt = ({ run, member, pair }: Omit<Shares, 'off'>, n: number): number =>
  run + member * n + pair * n ** 2;

const TERMS = [(_n: number) => 1, (n: number) => n, (n: number) => n ** 2];
/** Which terms are there: with the best of these, none is below 0. */
const CHOICES = [[0, 1, 2], [1, 2], [0, 2], [0, 1], [2], [1]];

/** Least squares of the relative errors, over all points; undefined where fewer than three are above 0. */
export function sharesOf(points: readonly Point[]): Shares | undefined {
  const fitted = points.filter(({ y }) => y > 0);
  if (fitted.length < TERMS.length) return undefined;
  let best: { shares: Omit<Shares, 'off'>; squares: number } | undefined;
  for (const choice of CHOICES) {
    const [run, member, pair] = coefficients(fitted, choice);
    if (Math.min(run, member, pair) < 0) continue;
    const shares = { run, member, pair };
    const squares = mean(fitted.map(({ n, y }) => (sharesAt(shares, n) / y - 1) ** 2));
    if (best === undefined || squares < best.squares) best = { shares, squares };
  }
  const { shares } = best!; // a term alone is above 0
  return { ...shares, off: worst(fitted, (n) => sharesAt(shares, n)) };
}

/** Of all terms; 0 of those that are not chosen. */
function coefficients(points: readonly Point[], choice: readonly number[]): number[] {
  const rows = points.map(({ n, y }) => choice.map((term) => TERMS[term](n) / y)); // each is to sum up to 1
  const normal = choice.map((_, i) => [
    ...choice.map((_, j) => mean(rows.map((row) => row[i] * row[j]))),
    mean(rows.map((row) => row[i])),
  ]);
  const found = solved(normal);
  return TERMS.map((_, term) => found[choice.indexOf(term)] ?? 0);
}

/** Gauss's elimination; the matrix is positive definite, so it needs no exchange of rows. */
function solved(matrix: number[][]): number[] {
  const size = matrix.length;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const share = matrix[row][pivot] / matrix[pivot][pivot];
      matrix[row] = matrix[row].map((value, column) => value - share * matrix[pivot][column]);
    }
  }
  return matrix.map((row, i) => row[size] / row[i]);
}

const worst = (points: readonly Point[], law: (n: number) => number): number =>
  Math.max(...points.map(({ n, y }) => Math.abs(Math.log(y / law(n)))));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
