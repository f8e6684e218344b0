/**
 * Whole rows of versions compared, told and asked for: what digest.ts says of each digest where both sides know its
 * endpoint in the same generation, or neither knows it, as it nearly always is.
 */
import type { NodeId } from '../../engine/model.ts';
import type { Endpoints } from './endpoints.ts';
import { type AskedRows, RowAnswer } from './row-answers.ts';
import { rowOf, sameNumbers } from './shared-rows.ts';
import { deltaBytes } from './sizes.ts';
import type { Synopsis } from './synopsis.ts';
import type { Version } from './versions.ts';

/** Places of rows in the memory of the kernel. */
const THEIRS = 0;
const ASKED = 1;
const TOPS = 2;

export class RowExchange {
  readonly #endpoints: Endpoints;
  readonly #version: Version;
  readonly #emptyDelta: number; // bytes of a delta without states
  readonly #tops: Int32Array; // [subject] highest version of the states in `#sets`
  #sets: Int32Array | undefined; // [subject]

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
    const theirs = rows.invite(THEIRS, theirMax);
    if (kernel.isUneven(mine, theirs, n)) return undefined;
    const count = kernel.countAbove(theirs, mine, theirs, n);
    const told = this.#tell(node, theirMax, undefined);
    const asked: AskedRows = { count, news: theirMax, floors: told.told.max, generation };
    return new RowAnswer(told.told, asked, told.bytes);
  }

  /** The ACK2 to the requests of an ACK. */
  answer(node: NodeId, { floors, news }: AskedRows): RowAnswer {
    const { told, bytes } = this.#tell(node, floors, news);
    return new RowAnswer(told, undefined, bytes);
  }

  /** What is above the floors, of those that are asked for, if not of all. */
  #tell(node: NodeId, floors: Int32Array, asked: Int32Array | undefined) {
    const { n, rows, lives, sets, max: column } = this.#endpoints;
    const { kernel } = rows;
    const mine = rows.of(node);
    const above = rows.invite(THEIRS, floors);
    const of = asked === undefined ? mine : rows.invite(ASKED, asked);
    const count = kernel.countAbove(mine, above, of, n);
    const states = sets.of(node);
    const stateful = kernel.listAbove(this.#topsOf(states), above, of, n, rows.listAt);
    let bytes = count * this.#emptyDelta;
    for (let i = 0; i < stateful; i++) {
      const subject = rows.list[i];
      bytes += this.#bytesAbove(states[subject], floors[subject]);
    }
    const max = rowOf(column, node, n);
    const told = {
      ...{ count, max, asked: asked ?? max, floors, states },
      heartbeat: this.#endpoints.heartbeatsIn(node, max),
      generation: lives.of(node),
    };
    return { told, bytes };
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
      this.#topsAt = rows.invite(TOPS, this.#tops);
    }
    return this.#topsAt;
  }
  #topsAt = 0;
}
