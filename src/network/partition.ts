/**
 * Partitions: between its start and its end a cut loses whatever would cross it. It is decided when a message sets out:
 * what is sent before the start arrives even if later than it, and what is sent before the healing is lost. The inner
 * link is asked all the same, so that streams do not slide and an uplink is used.
 */
import { numberIn, wholeNumber } from '../base/errors.ts';
import { type Micros, micros } from '../base/time.ts';
import { type Link, LOST, type NodeId } from '../engine/model.ts';
import { wrap } from './wrap.ts';

/** A list of nodes, or a predicate that is asked once per node when the run is built. */
export type NodeSet = readonly NodeId[] | ((node: NodeId) => boolean);

/** What goes from one set to the other is lost if sent at a time t, startMs <= t < endMs. */
export interface Cut {
  readonly from: NodeSet;
  readonly to: NodeSet;
  readonly startMs: number;
  /** When it heals; default never. */
  readonly endMs?: number;
  /** Only what goes from `from` to `to` is lost, not the other way; default false. */
  readonly oneWay?: boolean;
}

interface BuiltCut {
  readonly start: Micros;
  readonly end: Micros;
  readonly sends: Uint8Array; // [node] the sides it may not send across: bit 0 from `from`, bit 1 from `to`
  readonly hears: Uint8Array; // [node] bit 0: cut off from `from`, bit 1: cut off from `to`
}

/** The number of the first cut that a message crosses if sent at `now`, or -1. */
export type Crossing = (from: NodeId, to: NodeId, now: Micros) => number;

/** Cuts may overlap: a message is lost if it crosses any of them. */
export function partitioned(cuts: readonly Cut[], link: Link): Link {
  cuts.forEach(({ startMs, endMs = Infinity }, i) => {
    numberIn(`partitioned: cut ${i}`, 'startMs', startMs, 0);
    if (endMs !== Infinity) numberIn(`partitioned: cut ${i}`, 'endMs', endMs, startMs);
  });
  return (streams) => {
    const inner = link(streams);
    const crossed = crossing(cuts, streams.n);
    return wrap(inner, (from, to, now, bytes, channel) => {
      const delay = inner.delay(from, to, now, bytes, channel);
      return crossed(from, to, now) < 0 ? delay : LOST;
    });
  };
}

/** Which cut loses what, among n nodes. */
export function crossing(cuts: readonly Cut[], n: number): Crossing {
  const built = cuts.map((cut, i) => build(cut, i, n));
  return (from, to, now) => {
    for (let i = 0; i < built.length; i++) {
      const { start, end, sends, hears } = built[i];
      if (now >= start && now < end && (sends[from] & hears[to]) !== 0) return i;
    }
    return -1;
  };
}

function build({ from, to, startMs, endMs = Infinity, oneWay = false }: Cut, i: number, n: number) {
  const cut: BuiltCut = {
    start: micros(startMs),
    end: micros(endMs),
    sends: new Uint8Array(n),
    hears: new Uint8Array(n),
  };
  mark(from, cut.sends, 1, `partitioned: cut ${i}: from`);
  mark(to, cut.hears, 1, `partitioned: cut ${i}: to`);
  if (!oneWay) {
    mark(to, cut.sends, 2, `partitioned: cut ${i}: to`);
    mark(from, cut.hears, 2, `partitioned: cut ${i}: from`);
  }
  return cut;
}

function mark(set: NodeSet, column: Uint8Array, bit: number, where: string): void {
  const n = column.length;
  if (typeof set === 'function') {
    for (let node = 0; node < n; node++) if (set(node)) column[node] |= bit;
  } else {
    for (const node of set) column[wholeNumber(where, 'node', node, 0, n - 1)] |= bit;
  }
}
