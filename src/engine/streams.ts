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
  /** The run is over, and the core another's: who still draws, or asks for a stream, counts outside of it. */
  leave(): void;
}

/** Where counts are that no core knows. */
const apart = (length: number) => ({ words: new Int32Array(length), memory: undefined });

/** @param core in which the nodes' counts are kept; absent: outside of any. */
export function streamsOf(seed: string, n: number, core?: Core): RunStreams {
  const asked = new Map<string, number>();
  let home = core;
  const counted: Stream[] = [];
  let block: ReturnType<typeof apart> | ReturnType<Core['counts']>;
  let offset = COLUMNS; // the next free one of the last block

  function perNode(): Counts {
    if (offset === COLUMNS) {
      block = home === undefined ? apart(COLUMNS * n) : home.counts(COLUMNS * n);
      offset = 0;
    }
    const { words: used, memory } = block;
    return { used, shift: SHIFT, offset: offset++, memory };
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
      const isWanted = home?.close() === true;
      home = undefined;
      offset = COLUMNS;
      if (!isWanted) return; // nobody else will write in its memory
      const copies = new Map<Int32Array, Int32Array>();
      for (const stream of counted) stream.moveTo((used) => copyIn(copies, used));
    },
  };
}

function copyIn(copies: Map<Int32Array, Int32Array>, used: Int32Array): Int32Array {
  const copy = copies.get(used) ?? used.slice();
  copies.set(used, copy);
  return copy;
}
