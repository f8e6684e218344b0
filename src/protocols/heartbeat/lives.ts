/**
 * The lives that have begun, in order. It tells a node nothing: it only spares the node from looking, at every merge and
 * for every subject, for a new life that cannot be there because none has begun.
 */
import type { NodeId } from '../../engine/model.ts';

export class Lives {
  readonly begun: NodeId[] = []; // [life] whose; in order of time
  readonly latest: Uint32Array; // [node] its generation; 0 = it was never started
  restarts = 0;

  constructor(n: number) {
    this.latest = new Uint32Array(n);
  }

  begin(node: NodeId): void {
    this.begun.push(node);
    if (++this.latest[node] > 1) this.restarts++;
  }
}
