/**
 * One participant in one run is lucky or not: in whom it calls, who calls it and when. In overload that makes hundreds of
 * stale mappings more or less, far more than what two orders differ by. But runs with the same phases and partners have
 * the same luck: given what a participant sees in one of them, little is left open about what it sees in the other.
 * A least squares line over the participants says how much. Derived here.
 */

/** An estimate that is to be had given that of a twin run. */
export interface Given {
  /** What is expected where the twin is `value`. */
  readonly expected: number;
  /** The standard deviation around the line: what the twin leaves open. */
  readonly leftOpen: number;
}

/** @param own @param twin [participant] in a run, and in its twin. */
export function givenTwin(own: Float64Array, twin: Float64Array, value: number): Given {
  const [meanOwn, meanTwin] = [meanOf(own), meanOf(twin)];
  let [squares, products] = [0, 0];
  for (let i = 0; i < own.length; i++) {
    squares += (twin[i] - meanTwin) ** 2;
    products += (twin[i] - meanTwin) * (own[i] - meanOwn);
  }
  const slope = squares > 0 ? products / squares : 0;
  let left = 0;
  for (let i = 0; i < own.length; i++) {
    left += (own[i] - meanOwn - slope * (twin[i] - meanTwin)) ** 2;
  }
  return {
    expected: meanOwn + slope * (value - meanTwin),
    leftOpen: Math.sqrt(left / Math.max(1, own.length - 2)),
  };
}

/** The mean of an array. */
export const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Between participants; divisor n - 1. */
export function sdOf(values: Float64Array): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, values.length - 1));
}
