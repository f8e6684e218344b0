/** Suspicions of a member that run out after a number of its own periods. */
import type { NodeId } from '../../engine/model.ts';

interface Suspicion {
  readonly subject: NodeId;
  readonly incarnation: number;
  readonly until: number; // the member's period
}

export class Suspicions {
  readonly #running: Suspicion[][]; // [node] in the order in which they began

  constructor(n: number) {
    this.#running = Array.from({ length: n }, () => []);
  }

  begin(node: NodeId, subject: NodeId, incarnation: number, until: number): void {
    this.#running[node].push({ subject, incarnation, until });
  }

  /** Those that have run out by this period, whether they still hold or not. */
  over(node: NodeId, period: number): readonly Suspicion[] {
    const running = this.#running[node];
    if (running.length === 0) return running;
    const over = running.filter(({ until }) => until <= period);
    if (over.length > 0) this.#running[node] = running.filter(({ until }) => until > period);
    return over;
  }

  clear(node: NodeId): void {
    this.#running[node] = [];
  }
}
