/**
 * The busiest moments: the most that any one node did in any one window of time. Windows follow each other from time 0 on;
 * a burst across the border of two counts with either.
 */
import { positive, wholeNumber } from '../base/errors.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import type { NodeId, Observer } from '../engine/model.ts';

/** How many nodes, and how long a window is, in ms. */
export interface PeaksOptions {
  readonly n: number;
  /** Of a window; default 1000. */
  readonly windowMs?: number;
  /** What happens before it is left out; default 0. */
  readonly startMs?: number;
}

/** Asked after the run. */
export interface Peaks extends Observer {
  /** The most bytes that a node sent in a window. */
  readonly sentBytes: number;
  /** The most messages that a node handled in a window. */
  readonly handled: number;
  /** The most messages that waited at a node that was paused or slow. */
  readonly waiting: number;
  /** From arrival until it was handled, its service included; mean over messages that waited. null: none did. */
  meanWaitMs(): number | null;
}

/** An observer of the busiest moments. */
export function peaks({ n, windowMs = 1000, startMs = 0 }: PeaksOptions): Peaks {
  wholeNumber('peaks', 'n', n, 1);
  const [window, start] = [micros(positive('peaks', 'windowMs', windowMs)), micros(startMs)];
  const sent = new Most(n, window, start);
  const handled = new Most(n, window, start);
  const waits = { count: 0, sum: 0, most: 0 };
  return {
    onSend: (now, from, _to, _message, bytes) => sent.add(now, from, bytes),
    onMessage: (now, node) => handled.add(now, node, 1),
    onWait(now, _node, waiting) {
      if (now >= start) waits.most = Math.max(waits.most, waiting);
    },
    onWaited(now, _node, _waiting, waited) {
      if (now < start) return;
      waits.count++;
      waits.sum += waited;
    },
    get sentBytes() {
      return sent.most;
    },
    get handled() {
      return handled.most;
    },
    get waiting() {
      return waits.most;
    },
    meanWaitMs: () => (waits.count === 0 ? null : millis(waits.sum) / waits.count),
  };
}

class Most {
  most = 0;
  readonly #window: Micros;
  readonly #start: Micros;
  readonly #in: Float64Array; // [node] number of its window
  readonly #sums: Float64Array; // [node] in that window

  constructor(n: number, window: Micros, start: Micros) {
    this.#window = window;
    this.#start = start;
    this.#in = new Float64Array(n).fill(-1);
    this.#sums = new Float64Array(n);
  }

  add(now: Micros, node: NodeId, what: number): void {
    if (now < this.#start) return;
    const window = Math.floor(now / this.#window);
    if (window !== this.#in[node]) {
      this.#in[node] = window;
      this.#sums[node] = 0;
    }
    this.#sums[node] += what;
    if (this.#sums[node] > this.most) this.most = this.#sums[node];
  }
}
