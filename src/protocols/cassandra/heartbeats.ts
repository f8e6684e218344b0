/**
 * What nearly all news in a healthy cluster are: a newer heartbeat of who is alive, and nothing else. The rules
 * (Gossiper.notifyFailureDetector and apply) would do the same with it, one by one; this is their short way, in one
 * walk over the row of the receiver.
 */
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import { DELTA_WORDS, type Deltas } from './deltas.ts';
import { ALIVE, type Endpoints, KNOWN, QUARANTINED } from './endpoints.ts';
import type { FailureDetector } from './failure-detector.ts';
import type { Row } from './row.ts';
import type { ToldRows } from './row-answers.ts';
import { sameNumbers } from './shared-rows.ts';

/** Flags of who is alive, and may be believed. */
const PLAIN_MASK = KNOWN | ALIVE | QUARANTINED;
const PLAIN = KNOWN | ALIVE;

export class Heartbeats {
  readonly #endpoints: Endpoints;
  readonly #detector: FailureDetector;
  #instant = 0; // of the message being taken
  #lives: Int32Array | undefined; // a row of generations
  #latest = 0; // of them

  constructor(endpoints: Endpoints, detector: FailureDetector) {
    this.#endpoints = endpoints;
    this.#detector = detector;
  }

  /** A message has come: the bit of its reports, 0 where each is told to somebody. */
  #begin(node: NodeId, now: Micros): number {
    const { windows } = this.#detector;
    this.#endpoints.reported(node);
    this.#instant = windows.heard === undefined ? windows.open(node, now) : 0;
    return this.#instant;
  }

  /** Its report tells when the endpoint was updated, too. */
  #hear(pair: number, version: number, now: Micros): void {
    const { windows } = this.#detector;
    this.#endpoints.heartbeats.set(pair, version, version);
    if (this.#instant === 0) windows.report(pair, now);
    else windows.logged[pair] |= this.#instant;
  }

  /**
   * Reports and merges the deltas that are no more than that; the others go to `rest`, in order.
   * @param latest generation that is plausible.
   */
  take(node: NodeId, deltas: Deltas, now: Micros, latest: number, rest: Row): void {
    const { n, flags, generation, states, max, book } = this.#endpoints;
    this.#begin(node, now);
    for (let i = 0; i < deltas.length; i += DELTA_WORDS) {
      const subject = deltas[i];
      const pair = node * n + subject;
      const version = deltas[i + 2];
      const told = deltas[i + 3];
      if (
        (flags[pair] & PLAIN_MASK) === PLAIN &&
        deltas[i + 1] === generation[pair] &&
        deltas[i + 1] <= latest &&
        version > max[pair] &&
        (told === states[pair] || book.max(told) <= deltas[i + 4]) &&
        subject !== node
      ) {
        this.#hear(pair, version, now);
      } else rest.add5(subject, deltas[i + 1], version, told, deltas[i + 4]);
    }
  }

  /** Whether they are about lives that the node knows, too, in the same generations. */
  knows(node: NodeId, { generation }: ToldRows): boolean {
    return sameNumbers(this.#endpoints.lives.of(node), generation);
  }

  /** The same by rows, if the node knows those lives. */
  takeRows(node: NodeId, told: ToldRows, now: Micros, latest: number, rest: Row): void {
    const { sets, heartbeats, rows } = this.#endpoints;
    const { heartbeat, generation, states, floors } = told;
    const instant = this.#begin(node, now);
    const isWhole =
      instant !== 0 &&
      heartbeats.areHighest(node) &&
      heartbeat === told.max &&
      states === sets.of(node) &&
      this.#latestIn(generation) <= latest &&
      !isAbove(told, node) &&
      rows.logged === this.#detector.windows.logged;
    if (!isWhole) this.#takeEach(node, told, now, latest, rest);
    const left = isWhole ? this.#takeAll(node, told, instant) : 0;
    for (let i = 0; i < left; i++) {
      const subject = rows.list[i];
      rest.add5(subject, generation[subject], heartbeat[subject], states[subject], floors[subject]);
    }
  }

  /**
   * At once, where the states are the same, too: how many are left in the list, of those who are not alive. [!] What is not
   * new about who is alive is nothing.
   */
  #takeAll(node: NodeId, { max, floors, asked }: ToldRows, instant: number): number {
    const { n, rows } = this.#endpoints;
    const versions = rows.place(0, max);
    const taking = {
      to: rows.of(node),
      log: rows.loggedOf(node),
      flags: rows.flagsOf(node),
      versions,
      floors: rows.place(2, floors),
      asked: asked === max ? versions : rows.place(1, asked),
    };
    return rows.kernel.takeAbove(taking, n, instant, PLAIN_MASK, PLAIN, rows.listAt);
  }

  #takeEach(node: NodeId, told: ToldRows, now: Micros, latest: number, rest: Row): void {
    const { n, flags, sets, max, book, rows } = this.#endpoints;
    const { heartbeat, generation, states, floors } = told;
    const mine = sets.of(node);
    const listed = this.#list(told);
    for (let i = 0; i < listed; i++) {
      const subject = rows.list[i];
      const pair = node * n + subject;
      const version = heartbeat[subject];
      const set = states[subject];
      if (
        (flags[pair] & PLAIN_MASK) === PLAIN &&
        generation[subject] <= latest &&
        version > max[pair] &&
        (set === mine[subject] || book.max(set) <= floors[subject]) &&
        subject !== node
      ) {
        this.#hear(pair, version, now);
      } else rest.add5(subject, generation[subject], version, set, floors[subject]);
    }
  }

  #list({ max, floors, asked }: ToldRows): number {
    const { n, rows } = this.#endpoints;
    const versions = rows.place(0, max);
    const of = asked === max ? versions : rows.place(1, asked);
    return rows.kernel.listAbove(versions, rows.place(2, floors), of, n, rows.listAt);
  }

  /** As a rule the row is the same as the last time. */
  #latestIn(generation: Int32Array): number {
    if (generation !== this.#lives) {
      this.#lives = generation;
      this.#latest = generation.reduce((most, one) => Math.max(most, one), 0);
    }
    return this.#latest;
  }
}

/** Whether there is a delta about the subject. */
const isAbove = ({ max, floors, asked }: ToldRows, subject: NodeId): boolean =>
  max[subject] > floors[subject] && asked[subject] > floors[subject];
