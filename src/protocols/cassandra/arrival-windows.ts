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
import type { NodeId } from '../../engine/model.ts';
import { carryRow } from './carry.ts';
import { INITIAL_INTERVAL_MS, WINDOW_SAMPLES } from './constants.ts';
import { ReportLog } from './report-log.ts';
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
  /** Is told of each report before it counts; whoever reports many sees to it that each is told. */
  heard?: (pair: number, now: Micros) => void;
  readonly #row: number;
  readonly #last: Float64Array; // [pair] us, the last report; NaN = there is no window
  readonly #samples: Window | Sums;
  readonly #size: number; // samples
  readonly #initial: Micros;
  readonly #cap: Micros;
  readonly #log: ReportLog;
  #longest: Micros; // no sample is longer

  /**
   * @param row pairs of a node, which lie one after the other.
   * @param logged [pair] room for `logged`.
   */
  constructor(
    pairs: number,
    options: WindowOptions,
    row = pairs,
    logged: Int32Array = new Int32Array(pairs),
  ) {
    const { samples = WINDOW_SAMPLES, initialIntervalMs = INITIAL_INTERVAL_MS } = options;
    const { maxIntervalMs, values = 'intervals' } = options;
    const isSum = values === 'sum';
    const bytes = isSum ? Sums.bytesPerPair : Window.bytesPerPair(samples, values);
    roomFor('cassandra', pairs, bytes + 8, 'samples');
    this.#row = row;
    this.#size = samples;
    this.#samples = isSum ? new Sums(pairs, samples) : new Window(pairs, samples, values);
    this.#last = new Float64Array(pairs).fill(NaN);
    this.#log = new ReportLog(row, logged);
    this.#initial = micros(initialIntervalMs);
    this.#cap = maxIntervalMs === null ? Infinity : micros(maxIntervalMs);
    this.#longest = this.#cap === Infinity ? this.#initial : Math.max(this.#cap, this.#initial);
  }

  /** [pair] us, the last report; NaN = there is no window. */
  get last(): Float64Array {
    this.#carryAll();
    return this.#last;
  }

  get samples(): Window | Sums {
    this.#carryAll();
    return this.#samples;
  }

  has(pair: number): boolean {
    return this.#log.bits[pair] !== 0 || !Number.isNaN(this.#last[pair]);
  }

  /** us, the last report. */
  lastOr(pair: number, otherwise: Micros): Micros {
    this.#carryOf(pair);
    return this.has(pair) ? this.#last[pair] : otherwise;
  }

  report(pair: number, now: Micros): void {
    this.heard?.(pair, now);
    this.#carryOf(pair);
    const since = now - this.#last[pair];
    if (Number.isNaN(since)) this.#samples.add(pair, this.#initial);
    else if (since <= this.#cap) {
      this.#samples.add(pair, since);
      this.#longest = Math.max(this.#longest, since);
    }
    this.#last[pair] = now;
  }

  // ---- many reports at one instant ----

  /** [pair] who is reported at an instant of its node has the bit of `open`. */
  get logged(): Int32Array {
    return this.#log.bits;
  }

  /** Its bit. */
  open(node: NodeId, now: Micros): number {
    if (!this.#log.hasRoom(node, now)) this.carry(node);
    return this.#log.open(node, now);
  }

  /** What is logged of a node becomes samples. */
  carry(node: NodeId): void {
    const log = this.#log;
    if (log.count[node] === 0) return;
    const { bits } = log;
    const from = node * this.#row;
    const to = from + this.#row;
    if (this.#samples instanceof Window) {
      for (let pair = from; pair < to; pair++) if (bits[pair] !== 0) this.#samples.fetch(pair);
    }
    const windows = { last: this.#last, samples: this.#samples, initial: this.#initial };
    const longest = carryRow(log, node, this.#row, { ...windows, cap: this.#cap });
    this.#longest = Math.max(this.#longest, longest);
    log.clear(node);
  }

  #carryOf(pair: number): void {
    if (!this.#log.isEmpty) this.carry(Math.floor(pair / this.#row));
  }

  #carryAll(): void {
    for (let node = 0; !this.#log.isEmpty; node++) this.carry(node);
  }

  // ---- phi ----

  /** us. */
  mean(pair: number): number {
    this.#carryOf(pair);
    return meanOf(this.#samples, pair);
  }

  /** Elapsed time in means, as ArrivalWindow.phi; the detector scales it by PHI_FACTOR. */
  rawPhi(pair: number, now: Micros): number {
    const mean = this.mean(pair);
    return (now - this.#last[pair]) / mean;
  }

  /** Whether more than so many means have elapsed, within rounding; false where there is no window. No division. */
  hasElapsed(pair: number, now: Micros, means: number): boolean {
    this.#carryOf(pair);
    return (now - this.#last[pair]) * this.#samples.count(pair) > means * this.#samples.sums[pair];
  }

  /**
   * us: the first time at which so many means after its last report have elapsed for any pair of the node, at the least,
   * whenever up to `more` further reports come: none of them after any time, and the samples that they push out as long as
   * any. Infinity if there are no windows.
   */
  firstElapses(node: NodeId, means: number, more: number): Micros {
    this.carry(node);
    const { added, sums } = this.#samples;
    const last = this.#last;
    const size = this.#size;
    const longest = this.#longest;
    let first = Infinity;
    for (let pair = node * this.#row; pair < (node + 1) * this.#row; pair++) {
      const had = added[pair];
      const count = Math.min(had, size) + more;
      const least =
        count > size ? (sums[pair] - (count - size) * longest) / size : sums[pair] / count;
      const elapses = last[pair] + means * least;
      if (elapses < first) first = elapses; // never of NaN
    }
    return first;
  }

  forget(pair: number): void {
    this.#log.bits[pair] = 0;
    this.#last[pair] = NaN;
    this.#samples.clear(pair);
  }
}

/** 0 of an empty window. */
export const meanOf = (samples: Window | Sums, pair: number): number =>
  samples.count(pair) === 0 ? 0 : samples.mean(pair);
