/**
 * Tickers: a member's loops tick at its creation + k intervals, whatever they do. The stagger that the documentation
 * promises comes after the ticker's creation and so moves nothing. A tick during a long action is kept, more are dropped.
 * Source: memberlist, state.go (triggerFunc); Go's time.Ticker.
 */
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';

export class Ticker {
  readonly #created: Float64Array; // [node]
  readonly #interval: Micros;

  constructor(created: Float64Array, interval: Micros) {
    this.#created = created;
    this.#interval = interval;
  }

  /** The first tick later than `now`. */
  after(node: NodeId, now: Micros): Micros {
    const passed = Math.floor((now - this.#created[node]) / this.#interval);
    return this.#created[node] + (Math.max(0, passed) + 1) * this.#interval;
  }
}
