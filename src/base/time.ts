/**
 * Simulated time: a whole number of microseconds inside, milliseconds at the edges. Whole numbers make sums exact
 * (below 2^53, 285 years), so that an armed timer can be recognised by `===` and a last-bit difference of `Math.log`
 * between platforms is rounded away before it can change an order.
 */
export type Micros = number;

/** Milliseconds to the nearest whole microsecond. */
export const micros = (ms: number): Micros => Math.round(ms * 1000);

/** Microseconds to milliseconds, for output. */
export const millis = (time: Micros): number => time / 1000;
