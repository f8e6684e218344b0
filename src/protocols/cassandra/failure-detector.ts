/**
 * The failure detector of each node: arrival windows, and the guard against pauses of its own process.
 * Source: FailureDetector.interpret. [!] One lastInterpret and one lastPause serve all endpoints of a node: after a
 * pause of more than 5 s it convicts nobody for 5 s. [!] An endpoint without a window is passed over before either is
 * touched. Conviction needs phi above the threshold, strictly.
 * Deviation: lastPause begins at minus infinity; the JVM's 0 does the same only as its clock has an arbitrary origin.
 */
import { type Micros, micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import { ArrivalWindows, PHI_FACTOR, type WindowOptions } from './arrival-windows.ts';
import { MAX_LOCAL_PAUSE_MS, PHI_CONVICT_THRESHOLD } from './constants.ts';

export interface DetectorOptions extends WindowOptions {
  /** phi_convict_threshold. */
  readonly threshold?: number;
  readonly maxLocalPauseMs?: number;
}

export class FailureDetector {
  readonly n: number;
  readonly threshold: number;
  readonly windows: ArrivalWindows;
  readonly #leastMeans: number; // below this many means of silence nobody is convicted, however it is rounded
  readonly #maxLocalPause: Micros;
  readonly #lastInterpret: Float64Array; // [node] us
  readonly #lastPause: Float64Array; // [node] us, -Infinity = none

  /** @param logged [pair] room for the reports that are logged (report-log.ts). */
  constructor(n: number, options: DetectorOptions, logged?: Int32Array) {
    this.n = n;
    this.threshold = options.threshold ?? PHI_CONVICT_THRESHOLD;
    this.#leastMeans = (this.threshold / PHI_FACTOR) * (1 - 1e-12);
    this.windows = new ArrivalWindows(n * n, options, n, logged);
    this.#maxLocalPause = micros(options.maxLocalPauseMs ?? MAX_LOCAL_PAUSE_MS);
    this.#lastInterpret = new Float64Array(n);
    this.#lastPause = new Float64Array(n).fill(-Infinity);
  }

  /** A process starts: no windows, no pause. */
  start(node: NodeId, now: Micros): void {
    for (let pair = node * this.n; pair < (node + 1) * this.n; pair++) this.windows.forget(pair);
    this.#lastInterpret[node] = now;
    this.#lastPause[node] = -Infinity;
  }

  /** phi of the subject; NaN if it is not computed: there is no window, or the process has just been paused. */
  interpret(node: NodeId, subject: NodeId, now: Micros): number {
    const pair = node * this.n + subject;
    if (!this.windows.has(pair) || this.isPaused(node, now)) return NaN;
    return this.phi(pair, now);
  }

  phi(pair: number, now: Micros): number {
    return PHI_FACTOR * this.windows.rawPhi(pair, now);
  }

  /** Asked for each endpoint with a window. Of several at one instant the first decides: they all get its answer. */
  isPaused(node: NodeId, now: Micros): boolean {
    const since = now - this.#lastInterpret[node];
    this.#lastInterpret[node] = now;
    if (since > this.#maxLocalPause) {
      this.#lastPause[node] = now;
      return true;
    }
    return now - this.#lastPause[node] < this.#maxLocalPause;
  }

  /** What `convicts(phi)` would say, or true though phi is below the threshold by no more than rounding. Cheap. */
  mayConvict(pair: number, now: Micros): boolean {
    return this.windows.hasElapsed(pair, now, this.#leastMeans);
  }

  /**
   * Until then mayConvict is false of all whom the node watches, if no more than so many times something is reported; 1 us
   * less than the arithmetic says, for its rounding.
   */
  safeUntil(node: NodeId, reports: number): Micros {
    return this.windows.firstElapses(node, this.#leastMeans, reports) - 1;
  }

  /** Not for a phi that was not computed. */
  convicts(phi: number): boolean {
    return phi > this.threshold;
  }
}
