/** What a happening came of, and what came of it. */
import { type Chronicle, HEARD, MISSED, NO_CAUSE } from './model.ts';

/** It, what it came of, what that came of, and so on: the latest first. */
export function causesOf({ cause }: Chronicle, i: number): readonly number[] {
  const causes: number[] = [];
  for (let one = i; one !== NO_CAUSE; one = cause[one]) causes.push(one);
  return causes;
}

/** What came of each happening: its causes the other way round. */
export class Effects {
  readonly #first: Int32Array; // [i] place in `of` of its first effect; as long as the chronicle, and one
  readonly #of: Int32Array; // [place] effects, side by side by cause, each row ascending

  constructor({ length, cause }: Chronicle) {
    this.#first = new Int32Array(length + 1);
    for (let i = 0; i < length; i++) if (cause[i] !== NO_CAUSE) this.#first[cause[i] + 1]++;
    for (let i = 0; i < length; i++) this.#first[i + 1] += this.#first[i];
    this.#of = new Int32Array(this.#first[length]);
    const next = this.#first.slice();
    for (let i = 0; i < length; i++) if (cause[i] !== NO_CAUSE) this.#of[next[cause[i]]++] = i;
  }

  /** What came of it at once, in order. */
  of(i: number): Int32Array {
    return this.#of.subarray(this.#first[i], this.#first[i + 1]);
  }

  /** It and all that came of it, as far as `follows` says so, in order. */
  from(i: number, follows: (i: number) => boolean): readonly number[] {
    const found = [i];
    for (let place = 0; place < found.length; place++) {
      for (const effect of this.of(found[place])) if (follows(effect)) found.push(effect);
    }
    return found.sort((a, b) => a - b);
  }
}

/**
 * Whether `early` is a cause of `late` as far as anybody can tell: it was earlier at the same node, or messages lead from
 * it, or from later at its node, to `late`, or to earlier at that one. Lamport, CACM 21(7), 1978.
 */
export function precedes(chronicle: Chronicle, early: number, late: number): boolean {
  const { what, node, cause } = chronicle;
  const lead = new Set([node[late]]); // nodes of which whatever is earlier than `i` leads there
  const sent = new Set<number>(); // messages that do
  for (let i = late; i > early; i--) {
    if (sent.has(i)) lead.add(node[i]);
    if (lead.has(node[i]) && (what[i] === HEARD || what[i] === MISSED)) sent.add(cause[i]);
  }
  return early <= late && (lead.has(node[early]) || sent.has(early));
}
