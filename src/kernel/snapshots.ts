/** What messages of a heartbeat table hold: whole rows, rows without what is old, and lists of some subjects. */
import type { Micros } from '../base/time.ts';
import type { Cells } from './cells.ts';
import type { Entries } from './entries.ts';
import { type Handles, NONE } from './handles.ts';
import { ABSENT } from './versions.ts';

export class Snapshots {
  readonly #cells: Cells;
  readonly #handles: Handles;
  readonly #entries: Entries;

  constructor(cells: Cells, handles: Handles, entries: Entries) {
    this.#cells = cells;
    this.#handles = handles;
    this.#entries = entries;
  }

  /** The row without the entries whose news is more than `age` old. */
  fresh(node: number, now: Micros, age: Micros): number {
    const lastOlder = this.#entries.lastStale(node, now, age);
    if (lastOlder === 0) return this.#handles.sharing(node);
    const cells = this.#cells;
    cells.settle();
    const slot = cells.takeSlot();
    const { kernel, stride } = cells;
    kernel.copyFresh(cells.slot(slot), cells.versions(node), cells.stamps(node), stride, lastOlder);
    return this.#handles.ofSlot(slot);
  }

  /** The first `count` of these subjects; those that are absent stay so. */
  some(node: number, subjects: ArrayLike<number>, count: number): number {
    const handle = this.#handles.ofList(count);
    const of = this.#handles.subjects(handle);
    const versions = this.#handles.versions(handle);
    for (let i = 0; i < count; i++) {
      of[i] = subjects[i];
      versions[i] = this.#entries.version(node, subjects[i]);
    }
    return handle;
  }

  /** Entries of a message. */
  entries(message: number): number {
    if (this.#handles.isList(message)) return this.#entriesOfList(message);
    const observer = this.#handles.row(message);
    if (observer !== NONE) return this.#entries.count(observer);
    const known = this.#handles.entries(message);
    if (known !== NONE) return known;
    this.#cells.settle();
    return this.#cells.kernel.count(this.rowOf(message), this.#cells.stride);
  }

  /** The version of a subject in a message; ABSENT: there is no entry of it. */
  version(message: number, subject: number): number {
    this.#handles.check(message);
    if (!this.#handles.isList(message)) {
      return this.#entries.versionIn(this.rowOf(message), subject);
    }
    const subjects = this.#handles.subjects(message).subarray(0, this.#handles.count(message));
    const place = subjects.indexOf(subject);
    return place < 0 ? ABSENT : this.#handles.versions(message)[place];
  }

  /** The address of a message that is a whole row. */
  rowOf(message: number): number {
    const observer = this.#handles.row(message);
    if (observer !== NONE) return this.#cells.versions(observer);
    return this.#cells.slot(this.#handles.slot(message));
  }

  #entriesOfList(message: number): number {
    const versions = this.#handles.versions(message);
    let entries = 0;
    for (let i = this.#handles.count(message); i-- > 0; ) if (versions[i] !== ABSENT) entries++;
    return entries;
  }
}
