/**
 * The order in which the endpoints of one received map are merged. Until 4.1 that of the map, which is arbitrary. Since
 * 5.0: those that are not bootstrapping first, then lower generations, then lower addresses (CASSANDRA-17676, 17908,
 * 18292). Source: Gossiper.stateOrderMap. Deviation: where it is arbitrary, we take the order of the message.
 */
import { isBootstrapping } from './application-state.ts';

export interface Applied {
  readonly generation: number;
  /** The name of its STATUS, '' if there is none. */
  readonly status: string;
}

/** Endpoints are compared as addresses are, by `<`. */
export function applyOrder<T extends Applied>(
  states: readonly T[],
  addressOf: (state: T) => number | string,
): T[] {
  const late = (state: T) => (isBootstrapping(state.status) ? 1 : 0);
  return [...states].sort(
    (a, b) =>
      late(a) - late(b) || a.generation - b.generation || (addressOf(a) < addressOf(b) ? -1 : 1),
  );
}
