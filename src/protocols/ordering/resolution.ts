/** Which of the writes to a register are its value: what a write is stamped with, and what two of them are to each other. */
import type { NodeId } from '../../engine/model.ts';

export interface Resolution {
  /** The client reads the register for this operation: what it saw is the context of what it will write. */
  read(node: NodeId, operation: number): void;
  /** The node stamps the write, an operation that may have read before. */
  issue(node: NodeId, write: number): void;
  /** Takes the write into the node's register; true if that changed the register. */
  apply(node: NodeId, write: number): boolean;
  /** The writes that are the register's value at the node: none, one, or siblings. */
  values(node: NodeId, key: number): readonly number[];
  /** What the write carries for this, in bytes. */
  bytes(write: number): number;
}

/** Of each write what every resolution needs to know. */
export interface WriteTable {
  readonly n: number;
  readonly keys: number;
  readonly writes: number;
  keyOf(write: number): number;
}
