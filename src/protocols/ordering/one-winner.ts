/** Registers that keep one write, the one that wins against all others by some rule; the rest are forgotten. */
import type { NodeId } from '../../engine/model.ts';
import type { Resolution, WriteTable } from './resolution.ts';

/** How writes are stamped, and which of two wins. Must be a total order where replicas are to agree. */
export interface Rule {
  stamp(node: NodeId, write: number): void;
  /** The node has applied the write: clocks that learn from stamps do so here. */
  learn?(node: NodeId, write: number): void;
  /** Whether `write` wins against `held`, another write to the same register. */
  wins(write: number, held: number): boolean;
  bytes(write: number): number;
}

const NONE = -1;

export function oneWinner({ n, keys, keyOf }: WriteTable, rule: Rule): Resolution {
  const winner = new Int32Array(n * keys).fill(NONE); // [node * keys + key]

  return {
    read() {},
    issue: rule.stamp,
    apply(node, write) {
      rule.learn?.(node, write);
      const register = node * keys + keyOf(write);
      const held = winner[register];
      if (held !== NONE && !rule.wins(write, held)) return false;
      winner[register] = write;
      return true;
    },
    values(node, key) {
      const held = winner[node * keys + key];
      return held === NONE ? [] : [held];
    },
    bytes: rule.bytes,
  };
}
