/**
 * Arrival windows: the last 1000 intervals between reports of each pair, and phi. phi = (time since the last report) /
 * (mean of the window), scaled by 1 / ln 10: an exponential model, the variance is not used.
 * Source: FailureDetector.java, ArrivalWindow and ArrayBackedBoundedStats. The first report puts a guess into the
 * window, 2 s, and not a time. An interval above the cap is not recorded, but the last time moves on in any case. [!]
 * The cap is a selection: in a healthy cluster of 100 a fifth of the true intervals are above it. `maxIntervalMs: null`
 * is 5.0 before CASSANDRA-21025. Deviation: whole microseconds, not nanoseconds.
 * The same arithmetic for any heartbeat protocol: detectors/phi-exponential.ts.
 */
import { type Micros, micros } from '../../base/time.ts';
import { roomFor } from '../../detectors/room.ts';
import { Window } from '../../detectors/window.ts';
import { INITIAL_INTERVAL_MS, WINDOW_SAMPLES } from './constants.ts';
import { Sums } from './sums.ts';

export const PHI_FACTOR = 1 / Math.LN10;

export interface WindowOptions {
  readonly samples?: number;
  /** fd_initial_value_ms. */
  readonly initialIntervalMs?: number;
  /** fd_max_interval_ms; null: no cap. */
  readonly maxIntervalMs: number | null;
  /**
   * How samples are kept: 'intervals' up to 71 minutes in 4 bytes (default), any 'times' in 8, or as a 'sum' alone,
   * which is the same as long as no window is full: for runs of fewer rounds than a window has samples.
   */
  readonly values?: 'intervals' | 'times' | 'sum';
}

export class ArrivalWindows {
  readonly last: Float64Array; // [pair] us, the last report; NaN = there is no window
  readonly samples: Window | Sums;
  /** Is told of each report before it counts. */
  heard?: (pair: number, now: Micros) => void;
  readonly #initial: Micros;
  readonly #cap: Micros;
  #sampled = new Int32Array(64); // who of many gets a sample
  #intervals = new Float64Array(64); // us, those samples

  constructor(pairs: number, options: WindowOptions) {
    const { samples = WINDOW_SAMPLES, initialIntervalMs = INITIAL_INTERVAL_MS } = options;
    const { maxIntervalMs, values = 'intervals' } = options;
    const isSum = values === 'sum';
    const bytes = isSum ? Sums.bytesPerPair : Window.bytesPerPair(samples, values);
    roomFor('cassandra', pairs, bytes + 8, 'samples');
    this.samples = isSum ? new Sums(pairs, samples) : new Window(pairs, samples, values);
    this.last = new Float64Array(pairs).fill(NaN);
    this.#initial = micros(initialIntervalMs);
    this.#cap = maxIntervalMs === null ? Infinity : micros(maxIntervalMs);
  }

  has(pair: number): boolean {
    return !Number.isNaN(this.last[pair]);
  }

  /** us, the last report. */
  lastOr(pair: number, otherwise: Micros): Micros {
    return this.has(pair) ? this.last[pair] : otherwise;
  }

  report(pair: number, now: Micros): void {
    this.heard?.(pair, now);
    const interval = now - this.last[pair];
    if (Number.isNaN(interval)) this.samples.add(pair, this.#initial);
    else if (interval <= this.#cap) this.samples.add(pair, interval);
    this.last[pair] = now;
  }

  /** The same for so many pairs, all different. False: the mean of one of them may have fallen below `least`. */
  reportAll(pairs: Int32Array, count: number, now: Micros, least: number): boolean {
    if (this.heard !== undefined) for (let i = 0; i < count; i++) this.heard(pairs[i], now);
    if (this.#sampled.length < count) this.#makeRoom(2 * count);
    const last = this.last;
    const cap = this.#cap;
    const sampled = this.#sampled;
    const intervals = this.#intervals;
    let samples = 0;
    for (let i = 0; i < count; i++) {
      const pair = pairs[i];
      const interval = now - last[pair];
      last[pair] = now;
      if (interval > cap) continue;
      sampled[samples] = pair;
      intervals[samples++] = Number.isNaN(interval) ? this.#initial : interval;
    }
    return this.samples.addAll(sampled, intervals, samples, least);
  }

  #makeRoom(reports: number): void {
    this.#sampled = new Int32Array(reports);
    this.#intervals = new Float64Array(reports);
  }

  /** us. */
  mean(pair: number): number {
    return meanOf(this.samples, pair);
  }

  /** Elapsed time in means, as ArrivalWindow.phi; the detector scales it by PHI_FACTOR. */
  rawPhi(pair: number, now: Micros): number {
    return (now - this.last[pair]) / this.mean(pair);
  }

  /** Whether more than so many means have elapsed, within rounding; false where there is no window. No division. */
  hasElapsed(pair: number, now: Micros, means: number): boolean {
    return (now - this.last[pair]) * this.samples.count(pair) > means * this.samples.sum(pair);
  }

  /** us: so many means after the last report; of a pair with a window. */
  elapses(pair: number, means: number): Micros {
    return this.last[pair] + means * this.mean(pair);
  }

  forget(pair: number): void {
    this.last[pair] = NaN;
    this.samples.clear(pair);
  }
}

/** 0 of an empty window. */
export const meanOf = (samples: Window | Sums, pair: number): number =>
  samples.count(pair) === 0 ? 0 : samples.mean(pair);
