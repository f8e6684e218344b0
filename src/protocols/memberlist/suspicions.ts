/**
 * Suspicions under way: each starts at its longest and is shortened by every confirmation from somebody else, down to the
 * shortest. Source: memberlist, suspicion.go; Dadgar, Phillips, Currey 2018, section IV.B.
 */
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import { suspicionAfter } from './scaling.ts';

export interface Suspicion {
  readonly start: Micros;
  readonly min: Micros;
  readonly max: Micros;
  /** Confirmations that are expected; more are ignored. */
  readonly k: number;
  /** The first accuser, and those who have confirmed it. */
  readonly accusers: NodeId[];
  /** When it runs out. */
  end: Micros;
}

export class Suspicions {
  readonly #running: Map<NodeId, Suspicion>[]; // [node] subject -> its suspicion

  constructor(n: number) {
    this.#running = Array.from({ length: n }, () => new Map());
  }

  of(node: NodeId, subject: NodeId): Suspicion | undefined {
    return this.#running[node].get(subject);
  }

  begin(node: NodeId, subject: NodeId, suspicion: Omit<Suspicion, 'end'>): Suspicion {
    const { start, min, max, k } = suspicion;
    const begun = { ...suspicion, end: start + (k < 1 ? min : max) };
    this.#running[node].set(subject, begun);
    return begun;
  }

  end(node: NodeId, subject: NodeId): void {
    this.#running[node].delete(subject);
  }

  clear(node: NodeId): void {
    this.#running[node].clear();
  }
}

export const confirmations = ({ accusers }: Suspicion): number => accusers.length - 1;

/** Somebody else accuses, too: whether that counts. It may end the suspicion now. */
export function confirm(suspicion: Suspicion, from: NodeId, now: Micros): boolean {
  const { start, min, max, k, accusers } = suspicion;
  if (confirmations(suspicion) >= k || accusers.includes(from)) return false;
  accusers.push(from);
  suspicion.end = Math.max(now, start + suspicionAfter(confirmations(suspicion), k, min, max));
  return true;
}
