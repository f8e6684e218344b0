/** From something that shows a fault to something small that still shows it: greedily, the boldest step first. */

export interface Shrunk<T> {
  readonly value: T;
  /** Candidates that were tried. */
  readonly tried: number;
}

/**
 * @param candidates smaller values, the boldest first.
 * @param holds whether the candidate still shows it.
 * @param goOn whether one more may be tried, after so many.
 */
export async function shrink<T>(
  start: T,
  candidates: (value: T) => Iterable<T>,
  holds: (value: T) => boolean,
  goOn: (tried: number) => Promise<boolean>,
): Promise<Shrunk<T>> {
  let value = start;
  let tried = 0;
  const seen = new Set<string>([JSON.stringify(start)]);
  for (let better: T | undefined = start; better !== undefined; ) {
    better = undefined;
    for (const candidate of candidates(value)) {
      const key = JSON.stringify(candidate);
      if (seen.has(key)) continue;
      if (!(await goOn(tried))) return { value, tried };
      seen.add(key);
      tried++;
      if (!holds(candidate)) continue;
      better = candidate;
      value = candidate;
      break;
    }
  }
  return { value, tried };
}
