/** Who is told of first news, of the merges of a record that a kernel has gone through: each merge once, in order. */
import type { Micros } from '../base/time.ts';
import { widened } from '../base/widened.ts';
import { firstMark, secondMark } from '../engine/hash.ts';
import type { ManyMarks } from '../engine/model.ts';
import { SUBJECTS } from './hearing.ts';
import { allocated } from './layout.ts';

/** Who is told that a node has first news of some subjects, of a merge at `time`. */
export type Told = (node: number, time: Micros, many: ManyMarks) => void;

export class Telling {
  readonly #n: number;
  readonly #tell: Told;
  #marks: Uint32Array | undefined; // [2 * subject] its first mark, then its second
  #nodes = new Int32Array(1024); // [merge] of the record
  #times = new Float64Array(1024); // [merge] us, of which it is told
  #told = 0; // merges of which it has told

  constructor(n: number, tell: Told) {
    this.#n = n;
    this.#tell = tell;
  }

  /** Merges of the record of which it has told. */
  get told(): number {
    return this.#told;
  }

  /** [2 * subject] marks; beyond the last subject, zeros for as many as a kernel takes at a time. */
  get marks(): Uint32Array {
    this.#marks ??= marksOf(this.#n);
    return this.#marks;
  }

  /** The merge with that number in the record. */
  note(merge: number, node: number, at: Micros): void {
    if (merge === this.#nodes.length) this.#grow();
    this.#nodes[merge] = node;
    this.#times[merge] = at;
  }

  /** Of the first `merges` of the record; `heard`: [3 * merge] how many, and the sums of their marks. */
  tell(heard: Uint32Array, merges: number): void {
    for (let merge = this.#told; merge < merges; merge++) {
      const count = heard[3 * merge];
      if (count === 0) continue;
      const many = { count, first: heard[3 * merge + 1] | 0, second: heard[3 * merge + 2] | 0 };
      this.#tell(this.#nodes[merge], this.#times[merge], many);
    }
    this.#told = merges;
  }

  /** Another record begins. */
  clear(): void {
    this.#told = 0;
  }

  #grow(): void {
    const length = 2 * this.#nodes.length;
    allocated(12 * length, this.#n, () => {
      this.#nodes = widened(this.#nodes, new Int32Array(length));
      this.#times = widened(this.#times, new Float64Array(length));
    });
  }
}

function marksOf(n: number): Uint32Array {
  const marks = new Uint32Array(2 * (n + SUBJECTS));
  for (let subject = 0; subject < n; subject++) {
    marks[2 * subject] = firstMark(subject);
    marks[2 * subject + 1] = secondMark(subject);
  }
  return marks;
}
