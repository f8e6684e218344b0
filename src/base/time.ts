/**
 * Simulated time: a whole number of microseconds inside, milliseconds at the edges. Whole numbers make sums exact
 * (below 2^53, 285 years), so that an armed timer can be recognised by `===` and a last-bit difference of `Math.log`
 * between platforms is rounded away before it can change an order.
 */
export type Micros = number;

/**
 * Before all times. A field that begins with it holds doubles, as the arrays of times do: in one that begins with 0 V8 keeps
 * integers, and asks at every use whether a time is one.
 */
export const BEFORE: Micros = -Infinity;

/**
 * Milliseconds to the nearest whole microsecond, halves up, as `Math.round` does; but without its branch, which a processor
 * guesses wrong for every second random latency.
 */
export function micros(ms: number): Micros {
  const exact = ms * 1000;
  const whole = Math.floor(exact);
  return whole + Number(exact - whole >= 0.5);
}

/** Microseconds to milliseconds, for output. */
export const millis = (time: Micros): number => time / 1000;
