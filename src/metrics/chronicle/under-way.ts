/**
 * What is under way: messages that were sent and have not been heard, and timers that were set and have not gone off. An
 * observer is told of both ends, not which belong together: it is the first to come due of those that look the same.
 */
import type { Micros } from '../../base/time.ts';

interface Waiting {
  readonly due: Micros;
  readonly from: number; // the happening that it came of
}

export class UnderWay {
  readonly #of = new Map<string, Waiting[]>(); // by `due`; of one instant: first set out, first come

  add(key: string, due: Micros, from: number): void {
    const waiting = this.#of.get(key);
    if (waiting === undefined) {
      this.#of.set(key, [{ due, from }]);
      return;
    }
    let i = waiting.length;
    while (i > 0 && waiting[i - 1].due > due) i--;
    waiting.splice(i, 0, { due, from });
  }

  /** What the next one of that key came of; undefined if none is under way. */
  take(key: string): number | undefined {
    const waiting = this.#of.get(key);
    const first = waiting?.shift();
    if (waiting?.length === 0) this.#of.delete(key);
    return first?.from;
  }
}
