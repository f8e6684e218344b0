/**
 * What rows hold at the end of a record, where they began empty: found from the end. Going back, each row has heirs, the
 * observers that hold at the end what it holds now. At the end these are the row's own observer. Before a merge, who inherits
 * from the row that it changed inherits from its source, too. A node's versions rise: so the last heartbeat that an observer
 * inherits is the one that it ends with, and once all have theirs, what was before changes nothing and is passed over.
 * Heirs take a bit, where a version and its time take two bytes; but when an entry rose, they do not tell, nor who is known by
 * name only: that counts as absent here.
 *
 * A kernel (heirs-ts.ts, heirs.as) takes 128 observers at a time, a line of 16 bytes of each row. Rows lie in the order in
 * which their nodes last beat: what nodes tell soon after a beat lies together, and is in the cache.
 */
import { CLEAR, COPY, kindOf, MERGE_ROW, MERGE_SLOT, type Operations, OWN } from './operations.ts';

/** Observers of a line. */
export const HEIRS = 128;
/** Bytes of a line: a bit for each. */
export const HEIRS_LINE = HEIRS / 8;
/** Of a flow's second word: going on back, nobody inherits from this row any more. */
export const ENDS = 2 ** 31;
/** Words of the record below, for each operation, at most: those of its batch included. */
export const MOST_WORDS = 4;

const BATCH = 64; // flows, and beats, at most

/**
 * A record from its end, in batches: as words, how many flows and beats it has, and then these. A flow: a row, and another one
 * whose heirs become its heirs, too. A beat: a row, and the lane of its node's version. In a batch flows come before beats, for
 * a kernel is faster in long loops than in one that asks each time which it is; so no flow in it may change whom its beats reach.
 */
export class Backwards {
  batches = 0;
  readonly rank: Int32Array; // [node] its row
  readonly rows: number; // of observers, by rank; of slots; and one of nobody
  readonly #words: Uint32Array;
  readonly #beatIn: Int32Array; // [row] the last batch in which it has a beat
  readonly #beats = new Uint32Array(2 * BATCH); // [2 * beat ..] of the batch
  #begin = 0; // of the batch, in words
  #flows = 0; // words
  #beatWords = 0;

  /** @param into is where the words are written. */
  constructor(record: Operations, n: number, slots: number, into: Uint32Array) {
    this.rank = ranksIn(record, n);
    this.rows = n + slots + 1;
    this.#words = into;
    this.#beatIn = new Int32Array(this.rows).fill(-1);
    this.#write(record, n);
  }

  #write({ words, count }: Operations, n: number): void {
    const { rank } = this;
    const nobody = this.rows - 1;
    for (let op = 3 * (count - 1); op >= 0; op -= 3) {
      const kind = kindOf(words[op]);
      const row = rank[words[op + 1]];
      const third = words[op + 2];
      if (kind === MERGE_ROW) this.#flow(rank[third], row, 0);
      else if (kind === MERGE_SLOT) this.#flow(n + third, row, 0);
      else if (kind === COPY) this.#flow(row, n + third, ENDS);
      else if (kind === OWN) this.#beat(row, third);
      else if (kind === CLEAR) this.#flow(nobody, row, ENDS);
    }
    this.#endBatch();
  }

  #flow(to: number, from: number, ends: number): void {
    const changesBeat =
      this.#beatIn[to] === this.batches || (ends !== 0 && this.#beatIn[from] === this.batches);
    if (changesBeat || this.#flows === 2 * BATCH) this.#endBatch();
    const at = this.#begin + 2 + this.#flows;
    this.#words[at] = to;
    this.#words[at + 1] = from + ends;
    this.#flows += 2;
  }

  #beat(row: number, lane: number): void {
    if (this.#beatWords === 2 * BATCH) this.#endBatch();
    this.#beats[this.#beatWords++] = row;
    this.#beats[this.#beatWords++] = lane;
    this.#beatIn[row] = this.batches;
  }

  #endBatch(): void {
    if (this.#flows + this.#beatWords === 0) return;
    const words = this.#words;
    words[this.#begin] = this.#flows / 2;
    words[this.#begin + 1] = this.#beatWords / 2;
    this.#begin += 2 + this.#flows;
    for (let i = 0; i < this.#beatWords; i++) words[this.#begin++] = this.#beats[i];
    this.#flows = 0;
    this.#beatWords = 0;
    this.batches++;
  }
}

/** [node] its rank by its last beat, the latest first; nodes without one come last. */
function ranksIn({ words, count }: Operations, n: number): Int32Array {
  const rank = new Int32Array(n).fill(-1);
  let next = 0;
  for (let op = 3 * (count - 1); op >= 0 && next < n; op -= 3) {
    const node = words[op + 1];
    if (kindOf(words[op]) === OWN && rank[node] < 0) rank[node] = next++;
  }
  for (let node = 0; node < n; node++) if (rank[node] < 0) rank[node] = next++;
  return rank;
}
