/**
 * What a replay page gets (`ReplayData`, JSON), and what it is made of again there (`RunColumns`). Times are whole
 * microseconds. Facts and faults are all there, always; of many messages some are left out (thin.ts), and `leftOut` says so.
 */
import type { Family } from '../../protocols/registry-entry.ts';

/** Columns by fact, as they happened. */
export interface FactColumns {
  readonly at: Float64Array; // [i] microseconds
  readonly kind: Uint8Array; // [i] DELIVERED .. of engine/model.ts
  readonly node: Int32Array; // [i]
  readonly about: Int32Array; // [i] a node, a rumour, a write, ...; -1: nothing
}

/** [kind] of a fault, as drawn. */
export const FAULT_NAMES = [
  ...['absent', 'crash', 'restart', 'pause', 'resume', 'slow', 'quick', 'clock'],
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

export interface FaultColumns {
  readonly at: Float64Array;
  readonly kind: Uint8Array; // [i] place in FAULT_NAMES
  readonly node: Int32Array;
}

/** What became of a message. */
export const HEARD = 0;
export const LOST = 1; // on its way
export const MISSED = 2; // it reached a node that was down
export const UNDER_WAY = 3; // when the run ended

/** Columns by message that is kept, as they were sent. */
export interface MessageColumns {
  readonly at: Float64Array; // [i] sent
  readonly arrives: Float64Array; // [i] Infinity: LOST
  readonly done: Float64Array; // [i] heard or missed; above `arrives` where it waited; Infinity: never
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly word: Int32Array; // [i] place in `words`
  readonly fate: Uint8Array; // [i] HEARD .. UNDER_WAY
  readonly news: Uint8Array; // [i] 1: something came of it that nobody had said before it
}

export interface RunColumns {
  readonly n: number;
  readonly end: number;
  readonly family: Family;
  readonly facts: FactColumns;
  readonly faults: FaultColumns;
  readonly messages: MessageColumns;
}

/** While it lasts, nothing goes from the side to the others, nor (unless oneWay) back. */
export interface CutData {
  readonly start: number;
  readonly end: number | null; // null: it is never healed
  readonly oneWay: boolean;
  readonly side: string; // packedRising, nodes
}

export const MARK_KINDS = [
  ...(['input', 'fault', 'pause', 'life', 'cut', 'right', 'wrong', 'done'] as const),
] as const;

/** A moment to jump to. */
export interface Mark {
  readonly at: number;
  /** 'life': a node comes, or comes again; 'pause': pauses, slowness, clocks; 'wrong': a live node is suspected; 'right': a dead one is; 'done': all is as it should be. */
  readonly kind: (typeof MARK_KINDS)[number];
  readonly text: string;
}

/** A box or circle around nodes that lie together. */
export interface Region {
  readonly label: string;
  readonly x: number; // of its centre; the picture goes from -1 to 1
  readonly y: number;
  readonly w: number; // whole width
  readonly h: number;
  readonly inner: boolean; // a rack in a datacentre
}

export interface LayoutData {
  readonly name: string;
  readonly x: string; // packed, [node] (x + 1) * 10,000
  readonly y: string;
  readonly regions: readonly Region[];
  readonly edges: string; // packed, two ends of each, if they are few enough to be drawn
}

/** A rumour, or a write. */
export interface Topic {
  readonly id: number;
  readonly at: number;
  readonly node: number;
}

export interface ReplayData {
  readonly title: string;
  readonly n: number;
  readonly end: number;
  readonly family: Family;
  readonly layout: LayoutData;
  readonly facts: Readonly<Record<'at' | 'kind' | 'node' | 'about', string>>;
  readonly faults: Readonly<Record<'at' | 'kind' | 'node', string>>;
  readonly messages: Readonly<Record<'at' | 'flight' | 'wait' | 'ends' | 'word', string>>;
  readonly words: readonly string[];
  readonly cuts: readonly CutData[];
  readonly topics: readonly Topic[];
  readonly marks: readonly Mark[];
  /** Of all messages, also of those that are left out, in slices of `slice`. */
  readonly traffic: { readonly slice: number; readonly sent: string; readonly lost: string };
  /** What the page does not have, as sentences. */
  readonly leftOut: readonly string[];
  /** It is served, and told when the scenario has changed. */
  readonly live: boolean;
}
