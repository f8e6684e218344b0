/** The columns of a chronicle as they grow. */
import { UserError } from '../../base/errors.ts';
import type { Micros } from '../../base/time.ts';
import { widened } from '../../base/widened.ts';
import type { Chronicle, What } from './model.ts';

/** What is written of a happening beside its time; bytes and arrival of messages are added by `carry`. */
export interface Entry {
  readonly what: What;
  readonly node: number;
  readonly other: number;
  readonly word: number;
  readonly cause: number;
}

export class Columns {
  length = 0;
  readonly #most: number;
  #at = new Float64Array(1024);
  #arrives = new Float64Array(1024);
  #what = new Uint8Array(1024);
  #node = new Int32Array(1024);
  #other = new Int32Array(1024);
  #word = new Int32Array(1024);
  #cause = new Int32Array(1024);
  #bytes = new Int32Array(1024);

  /** @param most happenings; a UserError beyond. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Number of the new one. */
  add(at: Micros, { what, node, other, word, cause }: Entry): number {
    const i = this.length++;
    if (i >= this.#at.length) this.#grow();
    this.#at[i] = at;
    this.#arrives[i] = at;
    this.#what[i] = what;
    this.#node[i] = node;
    this.#other[i] = other;
    this.#word[i] = word;
    this.#cause[i] = cause;
    return i;
  }

  /** The message that was added last is of so many bytes, and arrives then. */
  carry(i: number, bytes: number, arrives: Micros): void {
    this.#bytes[i] = bytes;
    this.#arrives[i] = arrives;
  }

  close(): Omit<Chronicle, 'n' | 'end' | 'words'> {
    const { length } = this;
    return {
      length,
      at: this.#at.subarray(0, length),
      arrives: this.#arrives.subarray(0, length),
      what: this.#what.subarray(0, length),
      node: this.#node.subarray(0, length),
      other: this.#other.subarray(0, length),
      word: this.#word.subarray(0, length),
      cause: this.#cause.subarray(0, length),
      bytes: this.#bytes.subarray(0, length),
    };
  }

  #grow(): void {
    if (this.length > this.#most) {
      throw new UserError(
        `chronicle: more than ${this.#most.toLocaleString('en')} things happen in this run, and each is kept. Lower the nodes or the duration`,
      );
    }
    const room = 2 * this.#at.length;
    this.#at = widened(this.#at, new Float64Array(room));
    this.#arrives = widened(this.#arrives, new Float64Array(room));
    this.#what = widened(this.#what, new Uint8Array(room));
    this.#node = widened(this.#node, new Int32Array(room));
    this.#other = widened(this.#other, new Int32Array(room));
    this.#word = widened(this.#word, new Int32Array(room));
    this.#cause = widened(this.#cause, new Int32Array(room));
    this.#bytes = widened(this.#bytes, new Int32Array(room));
  }
}
