/**
 * What each member holds of each: status and incarnation, and which news overrides it.
 * Source: Das, Gupta, Motivala, "SWIM: scalable weakly-consistent infection-style process group membership protocol",
 * DSN 2002, section 4.2:
 *   Alive(l, i)    overrides Alive(l, j) and Suspect(l, j) if i > j
 *   Suspect(l, i)  overrides Suspect(l, j) if i > j, and Alive(l, j) if i >= j
 *   Confirm(l)     overrides all, and nothing overrides it
 * Deviations: a process that crashes and starts again is a new member to the paper; here it is the same node with
 * incarnations above all of its lives before, and those override a Confirm of an earlier life.
 */
import type { NodeId } from '../../engine/model.ts';

export const UNKNOWN = 0;
export const ALIVE = 1;
export const SUSPECT = 2;
export const FAILED = 3;
export type Status = number;

/** An incarnation is life * LIFE + how often the member has refuted in it. */
const LIFE = 2 ** 16;
const MOST_LIVES = 2 ** 15 - 1;
export const firstOf = (life: number): number => life * LIFE;
const lifeOf = (incarnation: number): number => Math.floor(incarnation / LIFE);
export const canRestart = (life: number): boolean => life <= MOST_LIVES;
/** The incarnation in which a member refutes news of it in `incarnation`; stays in its life. */
export const refuting = (incarnation: number): number =>
  lifeOf(incarnation + 1) === lifeOf(incarnation) ? incarnation + 1 : incarnation;

export class Members {
  readonly #n: number;
  readonly #status: Uint8Array; // [node * n + subject]
  readonly #incarnation: Int32Array; // [node * n + subject]
  /** [node] how many it holds to be alive or suspect, itself included. */
  readonly count: Int32Array;

  constructor(n: number) {
    this.#n = n;
    this.#status = new Uint8Array(n * n);
    this.#incarnation = new Int32Array(n * n);
    this.count = new Int32Array(n);
  }

  status(node: NodeId, subject: NodeId): Status {
    return this.#status[node * this.#n + subject];
  }

  incarnation(node: NodeId, subject: NodeId): number {
    return this.#incarnation[node * this.#n + subject];
  }

  /** Alive or suspect: in the node's membership list. */
  has(node: NodeId, subject: NodeId): boolean {
    const status = this.#status[node * this.#n + subject];
    return status === ALIVE || status === SUSPECT;
  }

  /** Whether the news says more than the node holds. */
  isNews(node: NodeId, subject: NodeId, status: Status, incarnation: number): boolean {
    const pair = node * this.#n + subject;
    return overrides(status, incarnation, this.#status[pair], this.#incarnation[pair]);
  }

  /** Whether this is the first that the node hears of the subject, or of that life of it. */
  isNewLife(node: NodeId, subject: NodeId, incarnation: number): boolean {
    const pair = node * this.#n + subject;
    return this.#status[pair] === UNKNOWN || lifeOf(incarnation) > lifeOf(this.#incarnation[pair]);
  }

  set(node: NodeId, subject: NodeId, status: Status, incarnation: number): void {
    const before = Number(this.has(node, subject));
    this.#status[node * this.#n + subject] = status;
    this.#incarnation[node * this.#n + subject] = incarnation;
    this.count[node] += Number(this.has(node, subject)) - before;
  }

  /** A new life of the node knows nobody. */
  clear(node: NodeId): void {
    this.#status.fill(UNKNOWN, node * this.#n, (node + 1) * this.#n);
    this.#incarnation.fill(0, node * this.#n, (node + 1) * this.#n);
    this.count[node] = 0;
  }
}

/** Whether news (status, incarnation) overrides what is held, (status, incarnation). */
export function overrides(status: Status, i: number, held: Status, j: number): boolean {
  if (held === UNKNOWN) return status !== FAILED;
  if (held === FAILED) return status !== FAILED && lifeOf(i) > lifeOf(j);
  if (status === FAILED) return lifeOf(i) >= lifeOf(j);
  if (status === SUSPECT && held === ALIVE) return i >= j;
  return i > j;
}
