/**
 * Whom each member knows: status, incarnation, and the list that it probes along, itself included.
 * Source: memberlist, state.go and util.go. Seven bytes a pair, and the time of death of those that are dead.
 */
import type { Micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import type { Version } from './presets.ts';

export const UNKNOWN = 0;
export const ALIVE = 1;
export const SUSPECT = 2;
export const DEAD = 3;
export const LEFT = 4;
export type Status = number;

export class Members {
  readonly #env: Env<unknown>;
  readonly #n: number;
  readonly #version: Version;
  readonly #status: Uint8Array; // [node * n + subject]
  readonly #incarnation: Int32Array; // [node * n + subject]
  readonly #list: Uint16Array | Uint32Array; // [node * n + place] subject; places 0 .. count-1
  readonly #since: Map<NodeId, Micros>[]; // [node] subject -> since when it has been dead or has left
  /** [node] how many it knows, dead ones included until they are forgotten. */
  readonly count: Int32Array;
  readonly #chosen: Int32Array; // what `choose` found
  readonly #places: Int32Array; // of a short list, in a random order

  /** @param most members that are chosen at once */
  constructor(env: Env<unknown>, version: Version, most: number) {
    const { n } = env;
    this.#env = env;
    this.#n = n;
    this.#version = version;
    this.#status = new Uint8Array(n * n);
    this.#incarnation = new Int32Array(n * n);
    this.#list = n <= 2 ** 16 ? new Uint16Array(n * n) : new Uint32Array(n * n);
    this.#since = Array.from({ length: n }, () => new Map());
    this.count = new Int32Array(n);
    this.#chosen = new Int32Array(most);
    this.#places = new Int32Array(3 * most);
  }

  status(node: NodeId, subject: NodeId): Status {
    return this.#status[node * this.#n + subject];
  }

  incarnation(node: NodeId, subject: NodeId): number {
    return this.#incarnation[node * this.#n + subject];
  }

  /** The member at a place of the node's list. */
  at(node: NodeId, place: number): NodeId {
    return this.#list[node * this.#n + place];
  }

  set(node: NodeId, subject: NodeId, status: Status, incarnation: number): void {
    const pair = node * this.#n + subject;
    const gone = this.#status[pair] >= DEAD;
    if (status >= DEAD) this.#since[node].set(subject, this.#env.now());
    else if (gone) this.#since[node].delete(subject);
    this.#status[pair] = status;
    this.#incarnation[pair] = incarnation;
  }

  /** A new member is put at the end of the list and changes places with a random one. */
  add(node: NodeId, subject: NodeId): void {
    const first = node * this.#n;
    const last = first + this.count[node]++;
    const place = first + Math.floor(this.#env.draw(node) * (last - first));
    this.#list[last] = this.#list[place];
    this.#list[place] = subject;
  }

  /** All of 0 .. members-1 are alive, in no order: the list must be shuffled. */
  fill(node: NodeId, members: number, incarnation: number): void {
    const first = node * this.#n;
    for (let subject = 0; subject < members; subject++) this.#list[first + subject] = subject;
    this.#status.fill(ALIVE, first, first + members);
    this.#incarnation.fill(incarnation, first, first + members);
    this.count[node] = members;
  }

  /** A new life knows nobody. */
  clear(node: NodeId): void {
    const first = node * this.#n;
    this.#status.fill(UNKNOWN, first, first + this.#n);
    this.#incarnation.fill(0, first, first + this.#n);
    this.#since[node].clear();
    this.count[node] = 0;
  }

  /** Drops whom it has known to be dead for longer than `after`; each is handed to `forgotten`. */
  forget(node: NodeId, after: Micros, forgotten: (node: NodeId, subject: NodeId) => void): void {
    const first = node * this.#n;
    const now = this.#env.now();
    for (const [subject, since] of this.#since[node]) {
      const pair = first + subject;
      if (now - since <= after) continue;
      if (this.#status[pair] === LEFT && !this.#version.forgetsLeft) continue;
      const had = this.#status[pair];
      this.#status[pair] = UNKNOWN;
      this.#incarnation[pair] = 0;
      this.#since[node].delete(subject);
      if (had === DEAD) forgotten(node, subject);
    }
    let kept = first;
    for (let place = first; place < first + this.count[node]; place++) {
      if (this.#status[first + this.#list[place]] === UNKNOWN) continue;
      this.#list[kept++] = this.#list[place];
    }
    this.count[node] = kept - first;
  }

  /** Fisher and Yates. */
  shuffle(node: NodeId): void {
    const first = node * this.#n;
    for (let left = this.count[node]; left > 1; left--) {
      const other = first + Math.floor(this.#env.draw(node) * left);
      const last = first + left - 1;
      const subject = this.#list[last];
      this.#list[last] = this.#list[other];
      this.#list[other] = subject;
    }
  }

  /**
   * Up to k different members but the node itself and `not`: alive ones, or, if `deadFor` is given, also suspects and those
   * dead for no longer than that. The array is valid until the next call; how many there are is in `found`.
   */
  choose(node: NodeId, k: number, not: NodeId, deadFor?: Micros): Int32Array {
    const count = this.count[node];
    const exact = this.#version.choosesExactly && count < 3 * k;
    const tries = exact ? count : 3 * count;
    this.found = 0;
    for (let i = 0; i < tries && this.found < k; i++) {
      const place = exact ? this.#place(node, i) : Math.floor(this.#env.draw(node) * count);
      const subject = this.#list[node * this.#n + place];
      if (subject === node || subject === not) continue;
      if (!this.#isEligible(node, subject, deadFor) || this.#isChosen(subject)) continue;
      this.#chosen[this.found++] = subject;
    }
    return this.#chosen;
  }

  /** How many `choose` found. */
  found = 0;

  /** The i-th place of the list in a random order that is drawn on the way. */
  #place(node: NodeId, i: number): number {
    const places = this.#places;
    if (i === 0) for (let p = 0; p < this.count[node]; p++) places[p] = p;
    const other = i + Math.floor(this.#env.draw(node) * (this.count[node] - i));
    const place = places[other];
    places[other] = places[i];
    places[i] = place;
    return place;
  }

  #isEligible(node: NodeId, subject: NodeId, deadFor: Micros | undefined): boolean {
    const status = this.#status[node * this.#n + subject];
    if (status === ALIVE) return true;
    if (deadFor === undefined || status === LEFT) return false;
    if (status === SUSPECT) return true;
    return this.#env.now() - this.#since[node].get(subject)! <= deadFor;
  }

  #isChosen(subject: NodeId): boolean {
    for (let i = 0; i < this.found; i++) if (this.#chosen[i] === subject) return true;
    return false;
  }
}
