/**
 * What is done to the rows of a table: at once, or put off; and what happens when numbers do not fit into lanes. Two
 * things need numbers that do not fit for ever, versions and stamps, and both are handled without loss: they are lowered
 * together while what is in use fits, and all lanes become wider when it does not.
 */
import type { Deferred } from './deferred.ts';
import type { LaneOf } from './inheritance.ts';
import type { Width } from './kernel.ts';
import { type Layout, layoutOf } from './layout.ts';
import { type Lanes, Memory } from './memory.ts';
import { CLEAR, COPY, FILL, OWN } from './operations.ts';
import { NAME_ONLY } from './versions.ts';

export class Cells extends Memory {
  /** Puts off what is done to rows; undefined: it is done at once. */
  deferred: Deferred | undefined;
  #slots = 0; // slots that were ever in use
  readonly #free: number[] = []; // slots that are free again

  // ---- slots ----

  get slotsInUse(): number {
    return this.#slots - this.#free.length;
  }

  takeSlot(): number {
    const slot = this.#free.pop() ?? this.#slots++;
    if (slot >= this.room) this.makeRoom(Math.ceil(this.room * 1.5) + 1);
    return slot;
  }

  freeSlot(slot: number): void {
    this.#free.push(slot);
  }

  /** Slots that were ever in use. */
  get slotsEver(): number {
    return this.#slots;
  }

  // ---- what is done to rows: at once, or put off ----

  /** Before anything is read: does what was put off. */
  settle(): void {
    this.deferred?.settle();
  }

  copyToSlot(slot: number, observer: number): void {
    if (this.deferred !== undefined) {
      this.deferred.add(COPY, 0, observer, slot);
      return;
    }
    const from = this.at(this.versions(observer), 0);
    this.lanes.copyWithin(this.at(this.slot(slot), 0), from, from + this.stride / this.width);
  }

  /** The observer's own entry. */
  setOwn(observer: number, lane: number, stamp: number): void {
    if (this.deferred !== undefined) {
      this.deferred.add(OWN, stamp, observer, lane);
      return;
    }
    this.set(observer, observer, lane, stamp);
  }

  /** At once. */
  set(observer: number, subject: number, lane: number, stamp: number): void {
    this.lanes[this.at(this.versions(observer), subject)] = lane;
    this.lanes[this.at(this.stamps(observer), subject)] = stamp;
  }

  /** Whoever is absent is known by name only. */
  fill(observer: number, stamp: number): void {
    if (this.deferred !== undefined) {
      this.deferred.add(FILL, stamp, observer, 0);
      return;
    }
    const { lanes, n } = this;
    const versions = this.at(this.versions(observer), 0);
    const stamps = this.at(this.stamps(observer), 0);
    for (let subject = 0; subject < n; subject++) {
      if (lanes[stamps + subject] !== 0) continue;
      lanes[versions + subject] = NAME_ONLY;
      lanes[stamps + subject] = stamp;
    }
  }

  /** Makes all entries of the observer absent. */
  clear(observer: number): void {
    if (this.deferred !== undefined) {
      this.deferred.add(CLEAR, 0, observer, 0);
      return;
    }
    const from = this.at(this.versions(observer), 0);
    this.lanes.fill(0, from, from + (2 * this.stride) / this.width);
  }

  /** Shows the versions' lanes of each row, as they are when all is done that was put off. */
  eachRow(visit: (observer: number, laneOf: LaneOf) => void): void {
    if (!this.there) {
      this.deferred!.eachRow(visit);
      return;
    }
    this.settle();
    for (let observer = 0; observer < this.n; observer++) {
      const row = this.at(this.versions(observer), 0);
      visit(observer, (subject) => this.lanes[row + subject]);
    }
  }

  // ---- when numbers do not fit any more ----

  /** Doubles the width of all lanes. */
  widen(): void {
    this.settle();
    const old = this.lanes;
    const from = this.layout;
    if (from.width === 4) throw new Error('BUG: a heartbeat table needs lanes above 32 bits');
    this.begin(layoutOf(this.n, (2 * from.width) as Width));
    if (!this.there) return;
    for (let row = 0; row < 2 * this.n; row++) {
      this.#copyWider(
        old,
        from,
        from.rows + row * from.stride,
        this.versions(0) + row * this.stride,
      );
    }
    for (let slot = 0; slot < this.#slots; slot++) {
      this.#copyWider(old, from, from.slots + slot * from.stride, this.slot(slot));
    }
  }

  /**
   * Lowers each subject's versions above 1, in all rows and slots, so that the smallest becomes 2. `atLeast(subject,
   * least)` sees the smallest (`largest` if there is none) and answers the smallest to be counted with; the versions
   * are lowered by two less than that.
   */
  lowerVersions(atLeast: (subject: number, least: number) => number): void {
    this.settle();
    this.appear();
    const { shifts, stride } = this.layout;
    const row = this.lanes.subarray(this.at(shifts, 0), this.at(shifts, this.n)); // [subject]
    this.lanes.fill(this.largest, this.at(shifts, 0), this.at(shifts + stride, 0));
    this.#eachRow((address) => this.kernel.least(address, stride, shifts));
    for (let subject = 0; subject < this.n; subject++) {
      row[subject] = atLeast(subject, row[subject]) - 2;
    }
    this.#eachRow((address) => this.kernel.lower(address, stride, shifts));
  }

  /** Rows of versions and slots in use: what a free slot last held must not hold the others back. */
  #eachRow(visit: (address: number) => void): void {
    const free = new Set(this.#free);
    for (let observer = 0; observer < this.n; observer++) visit(this.versions(observer));
    for (let slot = 0; slot < this.#slots; slot++) if (!free.has(slot)) visit(this.slot(slot));
  }

  #copyWider(old: Lanes, from: Layout, source: number, target: number): void {
    const begin = source / from.width;
    this.lanes.set(old.subarray(begin, begin + this.n), this.at(target, 0));
  }
}
