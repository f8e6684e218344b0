/** What was measured of memberlist, configuration by configuration: where each stands in a grid, and how to set it up. */

import type { MemberlistCluster } from './memberlist-setup.ts';
import type { ReferenceRow } from './reference-table.ts';

/** What was done to the measured cluster. */
export type MemberlistKind = 'update' | 'join' | 'leave' | 'crash' | 'loss' | 'slow';

/** Where a configuration stands in the grid. */
export interface MemberlistPlace {
  readonly kind: MemberlistKind;
  readonly n: number;
  /** The variant, and what else is not as usual, in words. */
  readonly setup: string;
  readonly loss_frac: number;
  readonly blocked: number;
  readonly blocked_s: number;
}

/** [pct] in % -> ms; of how many observers. */
export interface MeasuredQuantiles {
  samples: number;
  readonly ms: Map<number, number>;
}

/** [time in s] -> over the trials that were still running then. */
export type MeasuredHealth = Map<
  number,
  { readonly running: number; readonly unwell: number; readonly sum: number; readonly max: number }
>;

/** One configuration that was measured: its place, its cluster, and its numbers. */
export interface MemberlistConfiguration {
  readonly place: MemberlistPlace;
  readonly cluster: Omit<MemberlistCluster, 'seed' | 'n'>;
  /** loss, slow: whether a ping on a connection is the last resort. */
  readonly streamPing: boolean;
  readonly openS: number;
  /** slow: how long a run lasts. */
  readonly lengthS: number;
  /** [column] one value per trial or run. */
  readonly columns: Map<string, number[]>;
  /** After the event; crash: also after the first declaration. */
  readonly observers: MeasuredQuantiles;
  readonly afterFirst: MeasuredQuantiles;
  readonly health: MeasuredHealth;
}

/** What the readers of the files fill. */
export interface Collected {
  readonly folder: string;
  readonly configurations: Map<string, MemberlistConfiguration>;
  /** What is left out -> of how many rows. */
  readonly leftOut: Map<string, number>;
}

/** A text that is the same for the same place. */
export const placeKey = (place: MemberlistPlace): string =>
  [place.kind, place.n, place.setup, place.loss_frac, place.blocked, place.blocked_s].join('|');

/** The configuration at a place, made if it is new. */
export function configurationAt(
  into: Collected,
  place: MemberlistPlace,
  how: Pick<MemberlistConfiguration, 'cluster' | 'streamPing' | 'openS' | 'lengthS'>,
): MemberlistConfiguration {
  const key = placeKey(place);
  const found = into.configurations.get(key);
  if (found !== undefined) return found;
  const made: MemberlistConfiguration = {
    ...how,
    place,
    columns: new Map(),
    observers: { samples: 0, ms: new Map() },
    afterFirst: { samples: 0, ms: new Map() },
    health: new Map(),
  };
  into.configurations.set(key, made);
  return made;
}

export function addTo(columns: Map<string, number[]>, name: string, value: number): void {
  if (Number.isNaN(value)) return;
  const values = columns.get(name);
  if (values === undefined) columns.set(name, [value]);
  else values.push(value);
}

/** Adds the values of a row under our names of its columns. */
export function addAll(
  { columns }: MemberlistConfiguration,
  row: ReferenceRow,
  names: Readonly<Record<string, string>>,
): void {
  for (const [theirs, ours] of Object.entries(names)) addTo(columns, ours, row.number(theirs));
}

export function leaveOut(into: Collected, what: string): void {
  into.leftOut.set(what, (into.leftOut.get(what) ?? 0) + 1);
}
