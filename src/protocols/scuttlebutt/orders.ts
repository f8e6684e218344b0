/**
 * Which updates a message carries, when not all fit: at most `mtu`. All but the precise orders may leave out an update only
 * if all higher versions of its participant are left out, too, as the receiver takes the highest version it is sent for
 * everything below. Source: van Renesse et al. 2008, sections 2.1 (precise), 2.2 and 2.3 (Scuttlebutt).
 */
import type { NodeId } from '../../engine/model.ts';
import { leastFirst } from './select.ts';
import type { State } from './state.ts';

export const ORDERS = ['depth', 'breadth', 'precise-newest', 'precise-oldest'] as const;
/** Which updates go first. */
export type Order = (typeof ORDERS)[number];

/** (participant, version) by two. */
export type Updates = readonly number[];
export const UPDATE_WORDS = 2;

export interface Choice {
  /** In the order of sending. */
  readonly updates: Updates;
  /** How many there were to choose from. */
  readonly available: number;
}

/** Updates of one participant that the peer lacks, versions ascending. */
interface Backlog {
  readonly participant: NodeId;
  readonly versions: readonly number[];
  /** For ties. */
  readonly luck: number;
}

/** What the holder has above the peer's highest versions, `digest[participant]`. */
export function scuttlebuttUpdates(
  state: State,
  holder: NodeId,
  digest: Int32Array,
  order: 'depth' | 'breadth',
  mtu: number,
  draw: () => number,
): Choice {
  const backlogs: Backlog[] = [];
  let available = 0;
  for (let participant = 0; participant < state.n; participant++) {
    const versions = above(state, holder, participant, digest[participant]);
    if (versions.length === 0) continue;
    available += versions.length;
    backlogs.push({ participant, versions, luck: 0 });
  }
  if (available <= mtu) return { updates: inTurn(backlogs, available), available };
  const shuffled = backlogs.map((backlog) => ({ ...backlog, luck: draw() }));
  if (order === 'breadth') {
    shuffled.sort((p, q) => p.luck - q.luck);
    return { updates: byRank(shuffled, mtu), available };
  }
  shuffled.sort((p, q) => q.versions.length - p.versions.length || p.luck - q.luck);
  return { updates: inTurn(shuffled, mtu), available };
}

const NONE: readonly number[] = [];

function above(
  state: State,
  holder: NodeId,
  participant: NodeId,
  version: number,
): readonly number[] {
  const max = state.max[holder * state.n + participant];
  if (max <= version) return NONE;
  const versions: number[] = [];
  for (let next = version + 1; next <= max; next++) {
    if (state.holds(holder, participant, next)) versions.push(next);
  }
  return versions;
}

/** Participant after participant. */
function inTurn(backlogs: readonly Backlog[], mtu: number): number[] {
  const updates: number[] = [];
  for (const { participant, versions } of backlogs) {
    for (const version of versions) {
      if (updates.length === UPDATE_WORDS * mtu) return updates;
      updates.push(participant, version);
    }
  }
  return updates;
}

/** The lowest version of each, then the second of each, and so on. */
function byRank(backlogs: readonly Backlog[], mtu: number): number[] {
  const updates: number[] = [];
  for (let rank = 0; ; rank++) {
    for (const { participant, versions } of backlogs) {
      if (updates.length === UPDATE_WORDS * mtu) return updates;
      if (rank < versions.length) updates.push(participant, versions[rank]);
    }
  }
}

/** Exactly what is newer than the peer's `versions[participant * keys + key]`, by the time of the update. */
export function preciseUpdates(
  state: State,
  holder: NodeId,
  versions: Int32Array,
  order: 'precise-newest' | 'precise-oldest',
  mtu: number,
): Choice {
  const mappings = state.newer(holder, versions);
  const available = mappings.length;
  const sign = order === 'precise-newest' ? -1 : 1;
  const rank = new Float64Array(available); // [i] of mappings[i]; of equal ones the first goes first
  for (let i = 0; i < available; i++) rank[i] = sign * state.heldSince(holder, mappings[i]);
  const first = new Int32Array(available); // i, in the order of sending
  for (let i = 0; i < available; i++) first[i] = i;
  const fitting = Math.min(mtu, available);
  if (fitting < available) leastFirst(first, rank, fitting);
  const sent = first.subarray(0, fitting).sort((i, j) => rank[i] - rank[j] || i - j);
  const updates: number[] = [];
  for (const i of sent) {
    const participant = Math.floor(mappings[i] / state.keys);
    updates.push(participant, state.version(holder, participant, mappings[i] % state.keys));
  }
  return { updates, available };
}
