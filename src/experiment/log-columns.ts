/** What grows with a log: the numbers of its pairs, and a few numbers per row. */
import type { Micros } from '../base/time.ts';
import { widened } from '../base/widened.ts';

/** Numbers for pairs of names, in the order in which they appear. */
export class Pairs {
  count = 0;
  readonly #numbers = new Map<string, Map<string, number>>(); // observer -> subject -> pair
  readonly #subjects = new Set<string>();

  get observers(): number {
    return this.#numbers.size;
  }

  get subjects(): number {
    return this.#subjects.size;
  }

  of(observer: string, subject: string): number {
    let row = this.#numbers.get(observer);
    if (row === undefined) this.#numbers.set(observer, (row = new Map()));
    let pair = row.get(subject);
    if (pair === undefined) {
      row.set(subject, (pair = this.count++));
      this.#subjects.add(subject);
    }
    return pair;
  }
}

export class Columns {
  length = 0;
  times = new Float64Array(1024); // [row] us, of which `length` count
  pairs = new Int32Array(1024); // [row]
  sequences = new Float64Array(1024); // [row]

  add(time: Micros, pair: number, sequence: number): void {
    if (this.length === this.times.length) {
      const room = 2 * this.length;
      this.times = widened(this.times, new Float64Array(room));
      this.pairs = widened(this.pairs, new Int32Array(room));
      this.sequences = widened(this.sequences, new Float64Array(room));
    }
    this.times[this.length] = time;
    this.pairs[this.length] = pair;
    this.sequences[this.length++] = sequence;
  }
}
