/**
 * The streams of a run, by purpose. A purpose asked for again gets a number behind its name. Of streams with a lane per
 * node, the counts of four are side by side: a message draws a partner, its luck and its latency in its sender's lane, and
 * waits for memory once.
 */
import { type Counts, Stream } from '../base/stream.ts';
import type { Core } from './core/core.ts';
import type { Streams } from './model.ts';

/** A node's counts in a block begin at `node << SHIFT`. */
export const SHIFT = 2;
const COLUMNS = 1 << SHIFT;

export interface RunStreams extends Streams {
  /** The run is over, and the core another's: who still draws, draws on with counts outside of it. */
  leave(): void;
}

/** Where counts are that no core knows. */
const apart = (length: number) => ({ words: new Int32Array(length), address: undefined });

/** @param core in which the nodes' counts are kept; absent: outside of any. */
export function streamsOf(seed: string, n: number, core?: Core): RunStreams {
  const asked = new Map<string, number>();
  const counted: Stream[] = [];
  let block: ReturnType<typeof apart> | ReturnType<Core['counts']>;
  let offset = COLUMNS; // the next free one of the last block

  function perNode(): Counts {
    if (offset === COLUMNS) {
      block = core === undefined ? apart(COLUMNS * n) : core.counts(COLUMNS * n);
      offset = 0;
    }
    const { words: used, address } = block;
    return { used, shift: SHIFT, offset: offset++, address };
  }

  return {
    n,
    stream(purpose, lanes = n) {
      const times = (asked.get(purpose) ?? 0) + 1;
      asked.set(purpose, times);
      const name = times === 1 ? purpose : `${purpose}#${times}`;
      if (lanes !== n) return new Stream(seed, name, lanes);
      const stream = new Stream(seed, name, lanes, perNode());
      counted.push(stream);
      return stream;
    },
    leave() {
      if (core === undefined) return;
      const copies = new Map<Int32Array, Int32Array>();
      for (const stream of counted) stream.moveTo((used) => copyIn(copies, used));
      core.close();
    },
  };
}

function copyIn(copies: Map<Int32Array, Int32Array>, used: Int32Array): Int32Array {
  const copy = copies.get(used) ?? Int32Array.from(used);
  copies.set(used, copy);
  return copy;
}
