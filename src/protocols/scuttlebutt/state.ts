/**
 * What each participant holds of each: mappings key -> (value, version), and the highest version of the participant.
 * A participant's versions count its own updates, so that (participant, version) names one update for good: which key,
 * and when. Nothing but that pair has to be sent or stored, and of what a mapping holds its version is enough.
 * Source: van Renesse, Dumitriu, Gough, Thomas, "Efficient reconciliation and flow control for anti-entropy protocols",
 * LADIS 2008, section 2.
 */
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';

/** What a participant has done: [version] from 1. */
interface History {
  readonly keys: number[];
  readonly at: Micros[];
  /** When the update was overwritten by the next one of its key; Infinity = it was not. */
  readonly until: Micros[];
}

export class State {
  readonly n: number;
  readonly keys: number;
  /** [holder * n + participant] the highest version held. */
  readonly max: Int32Array;
  readonly #versions: Int32Array; // [(holder * n + participant) * keys + key] 0 = none
  readonly #found: Int32Array; // room for `newer`
  readonly #histories: History[]; // [participant]
  readonly #firstAt: Float64Array; // [participant * keys + key] us, of the first update

  constructor(n: number, keys: number) {
    this.n = n;
    this.keys = keys;
    this.max = new Int32Array(n * n);
    this.#versions = new Int32Array(n * n * keys);
    this.#found = new Int32Array(n * keys);
    this.#histories = Array.from({ length: n }, () => ({ keys: [-1], at: [0], until: [0] }));
    this.#firstAt = new Float64Array(n * keys).fill(Infinity);
  }

  /** The participant writes a key of its own, with a version above all its versions. */
  update(participant: NodeId, key: number, now: Micros): void {
    const { keys, at, until } = this.#histories[participant];
    const before = this.version(participant, participant, key);
    if (before > 0) until[before] = now;
    else this.#firstAt[participant * this.keys + key] = now;
    this.take(participant, participant, keys.push(key) - 1);
    at.push(now);
    until.push(Infinity);
  }

  /** The holder receives an update of the participant; an older one of the same key changes nothing. */
  take(holder: NodeId, participant: NodeId, version: number): void {
    const pair = holder * this.n + participant;
    const mapping = pair * this.keys + this.keyOf(participant, version);
    if (version > this.#versions[mapping]) this.#versions[mapping] = version;
    if (version > this.max[pair]) this.max[pair] = version;
  }

  version(holder: NodeId, participant: NodeId, key: number): number {
    return this.#versions[(holder * this.n + participant) * this.keys + key];
  }

  /** All versions that the holder has, [participant * keys + key]: a copy. */
  row(holder: NodeId): Int32Array {
    const length = this.n * this.keys;
    return this.#versions.slice(holder * length, (holder + 1) * length);
  }

  /** The mappings, participant * keys + key, ascending, of which the holder has a higher version than `versions` says. */
  newer(holder: NodeId, versions: Int32Array): Int32Array {
    const length = this.n * this.keys;
    const held = this.#versions.subarray(holder * length, (holder + 1) * length);
    let count = 0;
    for (let mapping = 0; mapping < length; mapping++) {
      if (held[mapping] > versions[mapping]) this.#found[count++] = mapping;
    }
    return this.#found.slice(0, count);
  }

  keyOf(participant: NodeId, version: number): number {
    return this.#histories[participant].keys[version];
  }

  /** When the update that the holder has of the mapping, participant * keys + key, was made. */
  heldSince(holder: NodeId, mapping: number): Micros {
    const version = this.#versions[holder * this.n * this.keys + mapping];
    return this.#histories[Math.floor(mapping / this.keys)].at[version];
  }

  /** Whether the holder still has the update: it was not overwritten by a newer one of its key that it knows of. */
  holds(holder: NodeId, participant: NodeId, version: number): boolean {
    return this.version(holder, participant, this.keyOf(participant, version)) === version;
  }

  /** When the participant first overwrote what the holder has of a mapping; Infinity if it is not stale. */
  staleSince(holder: NodeId, participant: NodeId, key: number): Micros {
    const held = this.version(holder, participant, key);
    if (held > 0) return this.#histories[participant].until[held];
    return this.#firstAt[participant * this.keys + key];
  }
}
