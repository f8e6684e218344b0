/**
 * Whole rows of versions compared, told and asked for: what digest.ts says of each digest where both sides know its
 * endpoint in the same generation, or neither knows it, as it nearly always is.
 */
import type { NodeId } from '../../engine/model.ts';
import type { Endpoints } from './endpoints.ts';
import { type AskedRows, RowAnswer, type ToldRows } from './row-answers.ts';
import { sameNumbers } from './shared-rows.ts';
import { deltaBytes } from './sizes.ts';
import type { Synopsis } from './synopsis.ts';
import type { Version } from './versions.ts';

/** Places of rows in the memory of the kernel. */
const THEIRS = 0;
const ASKED = 1;
const OWN = 2;
const TOPS = 3;

export class RowExchange {
  readonly #endpoints: Endpoints;
  readonly #version: Version;
  readonly #emptyDelta: number; // bytes of a delta without states
  readonly #tops: Int32Array; // [subject] highest version of the states in `#sets`
  #sets: Int32Array | undefined; // [subject]
  #topsAt = 0;

  constructor(endpoints: Endpoints, version: Version) {
    this.#endpoints = endpoints;
    this.#version = version;
    this.#emptyDelta = deltaBytes([], version);
    this.#tops = new Int32Array(endpoints.n);
  }

  /** The ACK to a SYN; undefined: there are different lives, or somebody whom one side does not know. */
  examine(node: NodeId, { generation, max: theirMax }: Synopsis): RowAnswer | undefined {
    const { n, rows, lives } = this.#endpoints;
    const { kernel } = rows;
    if (!sameNumbers(lives.of(node), generation)) return undefined;
    const mine = rows.of(node);
    const theirs = rows.place(THEIRS, theirMax);
    if (kernel.isUneven(mine, theirs, n)) return undefined;
    const count = kernel.countAbove(theirs, mine, theirs, n);
    const max = rows.copy(node);
    const told = this.#tell(node, max, theirMax, max);
    const asked: AskedRows = { count, news: theirMax, floors: max, generation };
    return new RowAnswer(told, asked, this.#bytesIn(told));
  }

  /** The ACK2 to the requests of an ACK. */
  answer(node: NodeId, { floors, news }: AskedRows): RowAnswer {
    const { rows } = this.#endpoints;
    rows.retain(news);
    const told = this.#tell(node, rows.copy(node), floors, news);
    return new RowAnswer(told, undefined, this.#bytesIn(told));
  }

  #tell(node: NodeId, max: Int32Array, floors: Int32Array, asked: Int32Array): ToldRows {
    const { n, rows, lives, sets } = this.#endpoints;
    rows.retain(floors);
    const own = rows.place(OWN, max);
    const of = asked === max ? own : rows.place(ASKED, asked);
    const count = rows.kernel.countAbove(own, rows.place(THEIRS, floors), of, n);
    const generation = lives.of(node);
    const states = sets.of(node);
    const heartbeat = this.#endpoints.heartbeats.rowOf(node, max);
    return { count, max, asked, floors, heartbeat, generation, states };
  }

  /** Of all deltas; few of them carry states. */
  #bytesIn({ count, max, asked, floors, states }: ToldRows): number {
    const { n, rows } = this.#endpoints;
    const of = rows.place(asked === max ? OWN : ASKED, asked);
    const tops = this.#topsOf(states);
    const stateful = rows.kernel.listAbove(tops, rows.place(THEIRS, floors), of, n, rows.listAt);
    let bytes = count * this.#emptyDelta;
    for (let i = 0; i < stateful; i++) {
      const subject = rows.list[i];
      bytes += this.#bytesAbove(states[subject], floors[subject]);
    }
    return bytes;
  }

  #bytesAbove(set: number, floor: number): number {
    const states = this.#endpoints.book.above(set, floor);
    return deltaBytes(states, this.#version) - this.#emptyDelta;
  }

  /** The address of a row: highest versions of these states. As a rule they are the same as the last time. */
  #topsOf(sets: Int32Array): number {
    const { book, rows } = this.#endpoints;
    if (sets !== this.#sets) {
      for (let subject = 0; subject < sets.length; subject++) {
        this.#tops[subject] = book.max(sets[subject]);
      }
      this.#sets = sets;
      this.#topsAt = rows.place(TOPS, this.#tops);
    }
    return this.#topsAt;
  }
}
