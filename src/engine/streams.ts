/**
 * The streams of a run, by purpose. A purpose asked for again gets a number behind its name. Of streams with a lane per
 * node, the counts of four are side by side: a message draws a partner, its luck and its latency in its sender's lane, and
 * waits for memory once.
 */
import { type Counts, Stream } from '../base/stream.ts';
import type { Streams } from './model.ts';

/** A node's counts in a block begin at `node << SHIFT`. */
export const SHIFT = 2;
const COLUMNS = 1 << SHIFT;

export interface RunStreams extends Streams {
  /** The nodes' counts, of four streams each. Another one comes with every fifth stream. */
  readonly blocks: readonly Int32Array[];
}

export function streamsOf(seed: string, n: number): RunStreams {
  const asked = new Map<string, number>();
  const blocks: Int32Array[] = [];
  let offset = COLUMNS; // the next free one of the last block

  function perNode(): Counts {
    if (offset === COLUMNS) {
      blocks.push(new Int32Array(COLUMNS * n));
      offset = 0;
    }
    return { used: blocks[blocks.length - 1], shift: SHIFT, offset: offset++ };
  }

  return {
    n,
    blocks,
    stream(purpose, lanes = n) {
      const times = (asked.get(purpose) ?? 0) + 1;
      asked.set(purpose, times);
      const name = times === 1 ? purpose : `${purpose}#${times}`;
      return new Stream(seed, name, lanes, lanes === n ? perNode() : undefined);
    },
  };
}
