/**
 * (generation, heartbeat) as one number. A node's generation rises with every start and its heartbeat within one, so
 * the pairs that can exist are in a row, and their places in it, 1, 2, 3, ..., compare as the pairs do
 * lexicographically: gossip of an old generation cannot win. A lane of a table holds the place; this file knows the pair.
 *
 * Version 1 is (0, 0): known by name only, before the node's first start or without news of it.
 */
import { assert } from '../base/errors.ts';

export const ABSENT = 0;
export const NAME_ONLY = 1;
const MOST = 2 ** 32 - 1;

export class Versions {
  readonly latest: Uint32Array; // [node] its own version now
  readonly #begin: Uint32Array; // [node] the version with heartbeat 0 of its latest generation
  readonly #generation: Uint32Array; // [node] the latest
  readonly #earlier: Map<number, number[]> = new Map(); // node -> [generation] its `#begin`, of those before the latest

  constructor(n: number) {
    this.latest = new Uint32Array(n).fill(NAME_ONLY);
    this.#begin = new Uint32Array(n).fill(NAME_ONLY);
    this.#generation = new Uint32Array(n);
  }

  /** The version after the latest. */
  next(node: number): number {
    assert(this.latest[node] < MOST, `node ${node} has beaten 2^32 times`);
    return ++this.latest[node];
  }

  /** A new generation begins with the latest version. */
  begin(node: number): void {
    const generation = this.#generation[node]++;
    if (generation === 0) this.#earlier.set(node, [NAME_ONLY]);
    else this.#earlier.get(node)!.push(this.#begin[node]);
    this.#begin[node] = this.latest[node];
  }

  generation(node: number, version: number): number {
    if (version >= this.#begin[node]) return this.#generation[node];
    return this.#earlier.get(node)!.findLastIndex((begin) => begin <= version);
  }

  heartbeat(node: number, version: number): number {
    const begin = this.#begin[node];
    if (version >= begin) return version - begin;
    return version - this.#earlier.get(node)![this.generation(node, version)];
  }
}
