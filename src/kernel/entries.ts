/** One entry of a table at a time: its version and its stamp, as the lanes of `Cells` hold them. */
import type { Micros } from '../base/time.ts';
import type { Cells } from './cells.ts';
import type { Handles } from './handles.ts';
import { RowTimes } from './row-times.ts';
import { ABSENT, NAME_ONLY, Versions } from './versions.ts';

/** Lanes still fuller than this after they were lowered become wider: lowering costs a pass over the table. */
const FULL_SHARE = 3 / 4;

export class Entries {
  readonly versions: Versions;
  readonly times: RowTimes;
  readonly #cells: Cells;
  readonly #handles: Handles;
  readonly #base: Uint32Array; // [subject] a lane above NAME_ONLY holds a version less this
  readonly #full: Uint8Array; // [observer] 1: no entry is absent, and none will be before `remove` or `clear`
  readonly #oldest: Float64Array; // [observer] us; no entry's news is older; Infinity: no entry

  constructor(cells: Cells, handles: Handles) {
    this.versions = new Versions(cells.n);
    this.times = new RowTimes(cells);
    this.#cells = cells;
    this.#handles = handles;
    this.#base = new Uint32Array(cells.n);
    this.#full = new Uint8Array(cells.n);
    this.#oldest = new Float64Array(cells.n).fill(Infinity);
  }

  version(node: number, subject: number): number {
    this.#cells.settle();
    if (!this.#cells.there) return ABSENT;
    const { lanes } = this.#cells;
    const lane = lanes[this.#cells.at(this.#cells.versions(node), subject)];
    return lane > NAME_ONLY ? lane + this.#base[subject] : lane;
  }

  /** In a row, which may be that of a message. */
  versionIn(row: number, subject: number): number {
    this.#cells.settle();
    if (!this.#cells.there) return ABSENT;
    const lane = this.#cells.lanes[this.#cells.at(row, subject)];
    return lane > NAME_ONLY ? lane + this.#base[subject] : lane;
  }

  stampOf(node: number, subject: number): number {
    this.#cells.settle();
    if (!this.#cells.there) return 0;
    const { lanes } = this.#cells;
    return lanes[this.#cells.at(this.#cells.stamps(node), subject)];
  }

  /** The stamp for what the node learns at `now`. Lanes may become wider by it. */
  stamp(node: number, now: Micros): number {
    if (this.#oldest[node] > now) this.#oldest[node] = now;
    return this.times.stamp(node, now);
  }

  /** The heartbeat that a lane stands for; 0: no entry. */
  heartbeat(subject: number, lane: number): number {
    if (lane === ABSENT) return 0;
    const version = lane > NAME_ONLY ? lane + this.#base[subject] : lane;
    return this.versions.heartbeat(subject, version);
  }

  put(node: number, subject: number, version: number, stamp: number): void {
    this.#cells.settle();
    this.#cells.appear();
    this.#cells.set(node, subject, this.#laneOf(subject, version), stamp);
  }

  remove(node: number, subject: number): void {
    this.put(node, subject, ABSENT, 0);
    this.#full[node] = 0;
  }

  /** All entries of the node become absent. */
  clear(node: number): void {
    if (this.times.any(node)) this.#cells.clear(node);
    this.#full[node] = 0;
  }

  /** How many entries the node has. */
  count(node: number): number {
    if (this.#full[node] === 1) return this.#cells.n;
    this.#cells.settle();
    this.#cells.appear();
    const { n, kernel, stride } = this.#cells;
    const count = kernel.count(this.#cells.versions(node), stride);
    if (count === n) this.#full[node] = 1;
    return count;
  }

  /** Whoever is absent is known by name only, with this stamp. */
  putAbsent(node: number, stamp: number): void {
    this.#cells.fill(node, stamp);
    this.#full[node] = 1;
  }

  isFull(node: number): boolean {
    return this.#full[node] === 1;
  }

  /** The oldest stamp of the node's row is known. */
  noteOldest(node: number, stamp: number): void {
    this.#oldest[node] = this.times.time(node, stamp);
  }

  /** The node's own entry rises to its next version. */
  advance(node: number, now: Micros): void {
    const stamp = this.stamp(node, now);
    const version = this.versions.next(node);
    if (this.#laneOf(node, version) > this.#cells.largest) this.#lowerVersions(node);
    this.#cells.setOwn(node, this.#laneOf(node, version), stamp);
  }

  /** The latest stamp of the node's that is more than `age` ago; 0 if no entry is so old. */
  lastStale(node: number, now: Micros, age: Micros): number {
    if (now - this.#oldest[node] <= age) return 0;
    this.#cells.settle();
    if (now - this.#oldest[node] <= age) return 0;
    this.#cells.appear();
    const { kernel, stride } = this.#cells;
    const oldest = kernel.oldest(this.#cells.stamps(node), stride);
    this.#oldest[node] = oldest === 0 ? Infinity : this.times.time(node, oldest);
    if (now - this.#oldest[node] <= age) return 0;
    return this.times.lastOlder(node, now, age);
  }

  /** Lists the other subjects whose news is more than `age` old, ascending; returns how many. */
  listStale(node: number, now: Micros, age: Micros): number {
    const lastOlder = this.lastStale(node, now, age);
    if (lastOlder === 0) return 0;
    const { kernel, list, stride } = this.#cells;
    const count = kernel.stale(this.#cells.stamps(node), stride, lastOlder, 0);
    const self = list.subarray(0, count).indexOf(node);
    if (self < 0) return count;
    list.copyWithin(self, self + 1, count);
    return count - 1;
  }

  /** Lists up to `most` subjects whose news is not more than `age` old, from `from` on and around. */
  listFresh(node: number, from: number, most: number, now: Micros, age: Micros): number {
    this.#cells.settle();
    this.#cells.appear();
    const { lanes, list, n } = this.#cells;
    const stamps = this.#cells.at(this.#cells.stamps(node), 0);
    const lastOlder = this.times.lastOlder(node, now, age);
    let count = 0;
    for (let i = 0, subject = from; i < n && count < most; i++, subject++) {
      if (subject === n) subject = 0;
      if (lanes[stamps + subject] > lastOlder) list[count++] = subject;
    }
    return count;
  }

  #laneOf(subject: number, version: number): number {
    return version > NAME_ONLY ? version - this.#base[subject] : version;
  }

  /** Makes room above all versions, below the latest one of `node` at least. */
  #lowerVersions(node: number): void {
    const listed = this.#leastListed();
    const base = this.#base;
    this.#cells.lowerVersions((subject, least) => {
      // Where nobody has an entry, the next version is the smallest.
      const latest = this.versions.latest[subject] - base[subject];
      const smallest = Math.max(2, Math.min(least, latest, listed.get(subject) ?? least));
      base[subject] += smallest - 2;
      return smallest;
    });
    const lane = this.#laneOf(node, this.versions.latest[node]);
    if (lane > this.#cells.largest * FULL_SHARE) this.#cells.widen();
  }

  /** subject -> the least lane that its version in a list in flight would have. */
  #leastListed(): Map<number, number> {
    const least = new Map<number, number>();
    for (const handle of this.#handles.lists()) {
      const subjects = this.#handles.subjects(handle);
      const versions = this.#handles.versions(handle);
      for (let i = 0; i < this.#handles.count(handle); i++) {
        if (versions[i] <= NAME_ONLY) continue;
        const lane = this.#laneOf(subjects[i], versions[i]);
        least.set(subjects[i], Math.min(lane, least.get(subjects[i]) ?? lane));
      }
    }
    return least;
  }
}
