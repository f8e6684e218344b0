/** When jobs came that wait in line: a first-in-first-out list of times per server, in columns that they share. */
import { assert } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';
import { widened } from '../base/widened.ts';
import type { NodeId } from '../engine/model.ts';

const NONE = -1;

export class JobTimes {
  readonly #first: Int32Array; // [server] place of its first job, or NONE
  readonly #last: Int32Array; // [server]
  #times: Float64Array<ArrayBuffer> = new Float64Array(64); // [place] us
  #next: Int32Array<ArrayBuffer> = new Int32Array(64); // [place] of the job behind it, or of the next free place
  #used = 0; // places that have ever been used
  #free = NONE; // the first free place below

  constructor(n: number) {
    this.#first = new Int32Array(n).fill(NONE);
    this.#last = new Int32Array(n).fill(NONE);
  }

  push(server: NodeId, time: Micros): void {
    const place = this.#take();
    this.#times[place] = time;
    this.#next[place] = NONE;
    if (this.#first[server] === NONE) this.#first[server] = place;
    else this.#next[this.#last[server]] = place;
    this.#last[server] = place;
  }

  /** Takes the first job of the server's off, and returns its time. */
  shift(server: NodeId): Micros {
    const place = this.#first[server];
    assert(place !== NONE, `a job left server ${server}, which had none`);
    this.#first[server] = this.#next[place];
    this.#next[place] = this.#free;
    this.#free = place;
    return this.#times[place];
  }

  #take(): number {
    const place = this.#free;
    if (place !== NONE) {
      this.#free = this.#next[place];
      return place;
    }
    if (this.#used === this.#times.length) {
      this.#times = widened(this.#times, new Float64Array(2 * this.#used));
      this.#next = widened(this.#next, new Int32Array(2 * this.#used));
    }
    return this.#used++;
  }
}
