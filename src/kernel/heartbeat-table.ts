/**
 * What every node has heard of every other: a generation and a heartbeat per pair, and the observer's time at which
 * they last rose. Every call acts as if it happened at once.
 * Source: van Renesse, Minsky, Hayden, "A gossip-style failure detection service", Middleware 1998, section 2.
 * Deviations: a restarted node has a new generation, and (generation, heartbeat) is compared lexicographically, where
 * the paper has one counter that must not go back. An entry can be known by name only: generation 0, heartbeat 0.
 *
 * Messages are handles, each with one reference when it is made: retain one for each copy that sets out, release one
 * for each that has arrived or is gone, and the maker's own. Times are the observer's own and never go back.
 */
import { wholeNumber } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';
import { Cells } from './cells.ts';
import { Deferred } from './deferred.ts';
import { Entries } from './entries.ts';
import { Handles, NONE } from './handles.ts';
import type { KernelName, Width } from './kernel.ts';
import { MERGE_ROW, MERGE_SLOT } from './operations.ts';
import { Snapshots } from './snapshots.ts';
import type { TableOptions } from './table-options.ts';
import { ABSENT, NAME_ONLY } from './versions.ts';

const MOST_NODES = 2 ** 20;

/** A generation and a heartbeat per pair, and when the observer had the last news. UserError where memory would not do. */ export class HeartbeatTable {
  readonly n: number;
  readonly #cells: Cells;
  readonly #handles: Handles;
  readonly #entries: Entries;
  readonly messages: Snapshots; // what they hold

  constructor(n: number, { kernel, width = 1, later }: TableOptions = {}) {
    this.n = wholeNumber('heartbeat table', 'n', n, 1, MOST_NODES);
    this.#cells = new Cells(n, width, kernel, later === undefined);
    this.#handles = new Handles(n);
    this.#entries = new Entries(this.#cells, this.#handles);
    this.messages = new Snapshots(this.#cells, this.#handles, this.#entries);
    if (later === undefined) return;
    this.#cells.deferred = new Deferred(this.#cells, later, (...row) =>
      this.#entries.noteOldest(...row),
    );
  }

  /** Bytes of the rows and the messages that were copied, and of what a replay took. */
  get bytes(): number {
    return this.#cells.bytes;
  }

  /** Bytes per lane at present; an entry has two lanes. */
  get width(): Width {
    return this.#cells.width;
  }

  /** Which one it uses. */
  get kernel(): KernelName {
    return this.#cells.kernel.name;
  }

  /** Whether merges may be put off. */
  get defers(): boolean {
    return this.#cells.deferred !== undefined;
  }

  /** Messages that are not released; and of these, whole rows that had to be copied. */
  get inFlight(): { readonly messages: number; readonly copied: number } {
    return { messages: this.#handles.inUse, copied: this.#cells.slotsInUse };
  }

  /** [i] subjects, as the last `mergeListing`, `scan` or `pick` listed them. Valid until the next call. */
  get listed(): Int32Array {
    return this.#cells.list;
  }

  // ---- what a node does to its own row ----

  /** A life begins: the node knows itself only, with heartbeat 0 of a new generation. */
  start(node: number, now: Micros): void {
    this.#beforeChange(node);
    this.#entries.clear(node);
    this.#entries.advance(node, now);
    this.#entries.versions.begin(node);
  }

  beat(node: number, now: Micros): void {
    this.#beforeChange(node);
    this.#entries.advance(node, now);
  }

  /** Enters a subject that is absent, by name only, with news time `now`. */
  meet(node: number, subject: number, now: Micros): void {
    if (this.knows(node, subject)) return;
    const stamp = this.#entries.stamp(node, now);
    this.#beforeChange(node);
    this.#entries.put(node, subject, NAME_ONLY, stamp);
  }

  /** Enters all subjects that are absent, as `meet` does. */
  meetAll(node: number, now: Micros): void {
    const stamp = this.#entries.stamp(node, now);
    this.#beforeChange(node);
    this.#entries.putAbsent(node, stamp);
  }

  forget(node: number, subject: number): void {
    if (!this.knows(node, subject)) return;
    this.#beforeChange(node);
    this.#entries.remove(node, subject);
  }

  // ---- messages ----

  /** The row as it is now. */
  snapshot(node: number): number {
    return this.#handles.sharing(node);
  }

  /** The row without the entries whose news is more than `age` old. */
  snapshotFresh(node: number, now: Micros, age: Micros): number {
    return this.messages.fresh(node, now, age);
  }

  /** The first `count` of these subjects; those that are absent stay so. */
  snapshotOf(node: number, subjects: ArrayLike<number>, count: number): number {
    return this.messages.some(node, subjects, count);
  }

  /** Entries of a message. */
  entries(message: number): number {
    this.#handles.check(message);
    return this.messages.entries(message);
  }

  /** Whether a message is a list of some subjects, not a whole row. */
  isList(message: number): boolean {
    return this.#handles.isList(message);
  }

  retain(message: number): void {
    this.#handles.retain(message);
  }

  release(message: number): void {
    const slot = this.#handles.release(message);
    if (slot >= 0) this.#cells.freeSlot(slot);
  }

  /** For each subject the newer of the two; what rose has news time `now`. Returns how many rose. */
  merge(node: number, message: number, now: Micros): number {
    const stamp = this.#beforeMerge(node, message, now);
    if (this.#handles.isList(message)) return this.#mergeList(node, message, stamp);
    const { kernel, stride } = this.#cells;
    const [held, stamps] = [this.#cells.versions(node), this.#cells.stamps(node)];
    return kernel.merge(held, stamps, this.messages.rowOf(message), stride, stamp);
  }

  /** As `merge` of a whole row. What subjects the node hears of for the first time is told to `later`, later, as of `at`. */
  mergeLater(node: number, message: number, now: Micros, at = now): void {
    this.#handles.check(message);
    this.#beforeChange(node);
    const stamp = this.#entries.stamp(node, now);
    const observer = this.#handles.row(message);
    const deferred = this.#cells.deferred!;
    if (observer !== NONE) deferred.merge(MERGE_ROW, stamp, node, observer, at);
    else deferred.merge(MERGE_SLOT, stamp, node, this.#handles.slot(message), at);
  }

  /** Does what was put off, and tells of it; rows that nobody reads take no memory for it. */
  finish(): void {
    this.#cells.deferred?.tellAll();
  }

  /** The same, and lists the subjects that rose: of a whole row ascending, of a list in its order. */
  mergeListing(node: number, message: number, now: Micros): number {
    const stamp = this.#beforeMerge(node, message, now);
    if (this.#handles.isList(message)) return this.#mergeList(node, message, stamp);
    const { kernel, stride } = this.#cells;
    const [held, stamps] = [this.#cells.versions(node), this.#cells.stamps(node)];
    return kernel.mergeListing(held, stamps, this.messages.rowOf(message), stride, stamp, 0);
  }

  // ---- reading ----

  /** Lists the other nodes whose news is more than `age` old, ascending; returns how many. */
  scan(node: number, now: Micros, age: Micros): number {
    return this.#entries.listStale(node, now, age);
  }

  /** Lists up to `most` entries whose news is not more than `age` old, from subject `from` on and around. */
  pick(node: number, from: number, most: number, now: Micros, age: Micros): number {
    return this.#entries.listFresh(node, from, most, now, age);
  }

  knows(node: number, subject: number): boolean {
    return this.#entries.stampOf(node, subject) !== 0;
  }

  /** 0: known by name only, or absent. */
  generation(node: number, subject: number): number {
    const version = this.#entries.version(node, subject);
    return version === ABSENT ? 0 : this.#entries.versions.generation(subject, version);
  }

  heartbeat(node: number, subject: number): number {
    const version = this.#entries.version(node, subject);
    return version === ABSENT ? 0 : this.#entries.versions.heartbeat(subject, version);
  }

  /** The node's time at which its entry last rose; NaN: absent. */
  news(node: number, subject: number): Micros {
    const stamp = this.#entries.stampOf(node, subject);
    return stamp === 0 ? Number.NaN : this.#entries.times.time(node, stamp);
  }

  /** Shows the table row by row, without memory for all of it: heartbeats, or 0 where there is no entry. `visit` must not
   *  touch the table. */
  eachNode(visit: (node: number, heartbeatOf: (subject: number) => number) => void): void {
    this.#cells.eachRow((node, laneOf) =>
      visit(node, (subject) => this.#entries.heartbeat(subject, laneOf(subject))),
    );
  }

  // ---- within ----

  /** The row is about to change: messages that share it keep what it holds. */
  #beforeChange(node: number): void {
    if (!this.#handles.isShared(node)) return;
    const cells = this.#cells;
    const slot = cells.takeSlot();
    cells.copyToSlot(slot, node);
    this.#handles.moveToSlot(node, slot, this.#entries.isFull(node) ? this.n : NONE);
  }

  /** Returns the stamp of what will rise. */
  #beforeMerge(node: number, message: number, now: Micros): number {
    this.#handles.check(message);
    this.#beforeChange(node);
    const stamp = this.#entries.stamp(node, now);
    this.#cells.settle();
    this.#cells.appear();
    return stamp;
  }

  #mergeList(node: number, message: number, stamp: number): number {
    const subjects = this.#handles.subjects(message);
    const versions = this.#handles.versions(message);
    const { list } = this.#cells;
    let rose = 0;
    for (let i = 0; i < this.#handles.count(message); i++) {
      const subject = subjects[i];
      if (versions[i] <= this.#entries.version(node, subject)) continue;
      this.#entries.put(node, subject, versions[i], stamp);
      list[rose++] = subject;
    }
    return rose;
  }
}
