/**
 * What a value contains: the writes whose effect is in it or that it overwrote knowingly. An update builds on the values
 * that its client has read, so it contains what they contain; a write or delete overwrites what its node holds and has applied.
 * Sets of writes are rows of bits; writes^2 / 8 bytes.
 */
import { APPLIED, ISSUED, type NodeId, type Observer, READ } from '../engine/model.ts';

/** The writes, and which values registers hold. */
export interface ContentsOptions {
  readonly writes: number;
  readonly isUpdate: (write: number) => boolean;
  readonly keyOf: (write: number) => number;
  /** What a register holds at a node at this moment. */
  readonly values: (node: NodeId, key: number) => readonly number[];
}

/** Asked during and after the run: which writes a value contains. */
export interface Contents extends Observer {
  /** Whether the write is in one of the values, or was overwritten by them knowingly. */
  isIn(write: number, values: readonly number[]): boolean;
}

/** An observer of what values contain. */
export function contents({ writes, isUpdate, keyOf, values }: ContentsOptions): Contents {
  const words = Math.ceil(writes / 32);
  const sets = new Uint32Array(writes * words); // [write * words + word]
  const applied: number[][] = []; // [node] writes in the order of their application

  const add = (set: number, write: number) => {
    sets[set * words + (write >>> 5)] |= 1 << (write & 31);
  };

  function addAllOf(set: number, held: readonly number[]) {
    for (const value of held) {
      for (let word = 0; word < words; word++)
        sets[set * words + word] |= sets[value * words + word];
    }
  }

  function issue(node: NodeId, write: number) {
    add(write, write);
    if (isUpdate(write)) return;
    const key = keyOf(write);
    addAllOf(write, values(node, key));
    for (const before of applied[node] ?? []) if (keyOf(before) === key) add(write, before);
  }

  return {
    onFact(_now, fact, node, operation) {
      if (fact === READ) {
        // Before it is written, an update's row holds what its client has read.
        if (isUpdate(operation)) addAllOf(operation, values(node, keyOf(operation)));
      } else if (fact === ISSUED) issue(node, operation);
      else if (fact === APPLIED) (applied[node] ??= []).push(operation);
    },
    isIn: (write, held) =>
      held.some((value) => (sets[value * words + (write >>> 5)] & (1 << (write & 31))) !== 0),
  };
}
