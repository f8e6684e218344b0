/**
 * Chen's estimate of arrival times without synchronised clocks: with A_i the arrival of the i-th of the last n
 * heartbeats and s_i its number, EA_s = (1/n) sum_i (A_i - eta s_i) + eta s.
 * Source: Chen, Toueg, Aguilera, IEEE Trans. Computers 51, 2002, the estimate of NFD-E. Deviation: of heartbeats
 * that overtook each other only those that brought news are in the window.
 */
import type { Micros } from '../base/time.ts';
import { Window } from './window.ts';

export class ExpectedArrival {
  readonly #eta: Micros;
  readonly #offsets: Window; // of A_i - eta s_i - base, us
  readonly #base: Float64Array; // [pair] the first offset of this life: keeps sums small, whatever the clock's origin

  constructor(pairs: number, size: number, eta: Micros) {
    this.#eta = eta;
    this.#offsets = new Window(pairs, size, 'times');
    this.#base = new Float64Array(pairs);
  }

  static bytesPerPair(size: number): number {
    return Window.bytesPerPair(size, 'times') + 8;
  }

  add(pair: number, now: Micros, sequence: number): void {
    const offset = now - this.#eta * sequence;
    if (this.#offsets.count(pair) === 0) this.#base[pair] = offset;
    this.#offsets.add(pair, offset - this.#base[pair]);
  }

  /** When heartbeat `sequence` is expected, in us, not rounded; NaN before the first heartbeat. */
  of(pair: number, sequence: number): number {
    return this.#base[pair] + this.#offsets.mean(pair) + this.#eta * sequence;
  }

  clear(pair: number): void {
    this.#offsets.clear(pair);
  }
}
