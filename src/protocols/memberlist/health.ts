/** Local health: a score from 0, which is well, that stretches failing probes. Source: memberlist, awareness.go. */
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import type { MemberlistWatch } from './options.ts';
import type { HealthRules } from './presets.ts';

export class Health {
  readonly #score: Uint8Array; // [node]
  readonly #max: number;
  readonly #watch: MemberlistWatch;

  constructor(n: number, max: number, watch: MemberlistWatch) {
    this.#score = new Uint8Array(n);
    this.#max = max;
    this.#watch = watch;
  }

  score(node: NodeId): number {
    return this.#score[node];
  }

  change(node: NodeId, by: number, now: Micros): void {
    this.#set(node, Math.max(0, Math.min(this.#max - 1, this.#score[node] + by)), now);
  }

  clear(node: NodeId, now: Micros): void {
    this.#set(node, 0, now);
  }

  #set(node: NodeId, score: number, now: Micros): void {
    if (score === this.#score[node]) return;
    this.#score[node] = score;
    this.#watch.scored?.(node, score, now);
  }
}

/** What a probe that failed costs, of whose requests so many should have been answered by a NACK, and so many were. */
export function costOf({ eachNack }: HealthRules, expected: number, nacks: number): number {
  const missing = Math.max(0, expected - nacks);
  if (eachNack) return expected > 0 ? missing : 1;
  return missing > 0 ? 2 : 1;
}
