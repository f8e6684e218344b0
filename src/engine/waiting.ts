/** What waits at each node, in the order in which it came: lists in shared columns. Nothing is allocated per event. */
import type { Micros } from '../base/time.ts';
import { widened } from '../base/widened.ts';
import { Events, OBJECT } from './events.ts';
import type { NodeId } from './model.ts';

const NONE = -1;

export class Waiting {
  readonly messages: Int32Array; // [node] how many of its events are messages
  readonly #events = new Events(64);
  #due = new Float64Array(64); // [slot] when it came due
  #next = new Int32Array(64); // [slot] the one behind it; any number in the last of its list
  readonly #first: Int32Array; // [node] slot; NONE if nothing waits
  readonly #last: Int32Array; // [node] slot; any number if nothing waits
  // The event that `take` took out last.
  kind = 0;
  from = 0;
  word = 0;
  due: Micros = 0;

  constructor(n: number) {
    this.messages = new Int32Array(n);
    this.#first = new Int32Array(n).fill(NONE);
    this.#last = new Int32Array(n);
  }

  isEmpty(node: NodeId): boolean {
    return this.#first[node] === NONE;
  }

  add(node: NodeId, kind: number, from: number, word: number, due: Micros): void {
    const slot = this.#events.add(kind, node, from, word);
    if (slot >= this.#next.length) this.#grow();
    this.#due[slot] = due;
    if (this.#first[node] === NONE) this.#first[node] = slot;
    else this.#next[this.#last[node]] = slot;
    this.#last[node] = slot;
    if (kind <= OBJECT) this.messages[node]++;
  }

  /** Takes out what came first at the node, into the fields; false if nothing waits there. */
  take(node: NodeId): boolean {
    const slot = this.#first[node];
    if (slot === NONE) return false;
    this.#first[node] = slot === this.#last[node] ? NONE : this.#next[slot];
    this.kind = this.#events.kind[slot];
    this.from = this.#events.from[slot];
    this.word = this.#events.word[slot];
    this.due = this.#due[slot];
    this.#events.remove(slot);
    if (this.kind <= OBJECT) this.messages[node]--;
    return true;
  }

  #grow(): void {
    const slots = this.#events.kind.length;
    this.#due = widened(this.#due, new Float64Array(slots));
    this.#next = widened(this.#next, new Int32Array(slots));
  }
}
