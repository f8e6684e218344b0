/**
 * Application states: what an endpoint says about itself beyond its heartbeat, each with the version at which it was
 * said. A set of them never changes (Cassandra's are copied on write, too), so it has a number, and all observers that
 * have heard the same of an endpoint share one: [pair] columns hold 4 bytes, and a message carries the number.
 * Source: EndpointState.java, Gossiper.applyNewStates, getStateForVersionBiggerThan. Deviation: a set is kept for ever;
 * it is some hundred bytes for each change of a state that anybody published.
 */
import type { Key } from './application-state.ts';

export interface AppState {
  readonly key: Key;
  readonly version: number;
  readonly value: string;
}

/** Sorted by key. */
export type AppStates = readonly AppState[];

/** The number of the empty set. */
export const NO_STATES = 0;
/** The highest version of the empty set: below that of any state. */
export const NO_VERSION = -(2 ** 31);

export class StatesBook {
  readonly #sets: AppStates[] = [[]]; // [set]
  readonly #max: number[] = [NO_VERSION]; // [set] highest version in it

  /** Takes a new set into the book; the states in any order, keys all different. */
  add(states: Iterable<AppState>): number {
    const set = [...states].sort((a, b) => a.key - b.key);
    if (set.length === 0) return NO_STATES;
    this.#max.push(set.reduce((most, { version }) => Math.max(most, version), NO_VERSION));
    return this.#sets.push(set) - 1;
  }

  of(set: number): AppStates {
    return this.#sets[set];
  }

  /** Highest version; NO_VERSION of the empty set. */
  max(set: number): number {
    return this.#max[set];
  }

  get(set: number, key: Key): AppState | undefined {
    return this.#sets[set].find((state) => state.key === key);
  }

  /** '' where the set has no such key. */
  value(set: number, key: Key): string {
    return this.get(set, key)?.value ?? '';
  }

  /** What a delta carries: the states with a version above the floor. */
  above(set: number, floor: number): AppStates {
    const states = this.#sets[set];
    if (this.#max[set] <= floor) return this.#sets[NO_STATES];
    return states.every(({ version }) => version > floor)
      ? states
      : states.filter(({ version }) => version > floor);
  }

  /** The set with these states in place of those of the same keys, whatever their versions. */
  with(set: number, states: AppStates): number {
    const keys = new Set(states.map(({ key }) => key));
    return this.add([...this.#sets[set].filter(({ key }) => !keys.has(key)), ...states]);
  }

  without(set: number, keys: readonly Key[]): number {
    return this.add(this.#sets[set].filter(({ key }) => !keys.includes(key)));
  }

  /** Which states of a delta are news to `local`: not known, or with a higher version. */
  news(local: number, delta: number, floor: number): AppStates {
    if (local === delta) return this.#sets[NO_STATES];
    return this.above(delta, floor).filter(({ key, version }) => {
      const known = this.get(local, key);
      return known === undefined || known.version < version;
    });
  }

  /** `local` with the news of a delta: as a rule then the same as the sender's, and shared with it. */
  merged(local: number, delta: number, news: AppStates): number {
    if (news.length === 0) return local;
    const merged = this.with(local, news);
    if (!this.#same(merged, delta)) return merged;
    this.#sets.pop();
    this.#max.pop();
    return delta;
  }

  #same(a: number, b: number): boolean {
    const one = this.#sets[a];
    const other = this.#sets[b];
    return (
      one.length === other.length &&
      one.every(({ key, version, value }, i) => {
        const its = other[i];
        return key === its.key && version === its.version && value === its.value;
      })
    );
  }
}
