/** What the page was given, unpacked. */
import type { Mark, Region, ReplayData, RunColumns, Topic } from '../../report/replay/model.ts';
import { unpackColumns } from '../../report/replay/pack-columns.ts';
import { unpacked, unpackedRising } from '../../report/replay/packed.ts';

/** While it lasts nothing goes from its side to the others, nor (unless oneWay) back. */
export interface Cut {
  readonly start: number;
  readonly end: number; // Infinity: it is not healed
  readonly oneWay: boolean;
  readonly isSide: Uint8Array; // [node]
}

export interface Replay extends RunColumns {
  readonly x: Float64Array; // [node] from -1 to 1
  readonly y: Float64Array;
  readonly regions: readonly Region[];
  readonly edges: Float64Array; // both ends of each
  readonly cuts: readonly Cut[];
  readonly words: readonly string[];
  readonly topics: readonly Topic[];
  readonly marks: readonly Mark[];
  readonly slice: number; // of the traffic, microseconds
  readonly sent: Float64Array; // [slice] messages
  readonly lost: Float64Array;
}

export function replayOf(data: ReplayData): Replay {
  const place = (text: string) => unpacked(text).map((whole) => whole / 10_000 - 1);
  return {
    ...unpackColumns(data),
    x: place(data.layout.x),
    y: place(data.layout.y),
    regions: data.layout.regions,
    edges: unpacked(data.layout.edges),
    cuts: data.cuts.map(({ start, end, oneWay, side }) => {
      const isSide = new Uint8Array(data.n);
      for (const node of unpackedRising(side)) isSide[node] = 1;
      return { start, end: end ?? Infinity, oneWay, isSide };
    }),
    ...{ words: data.words, topics: data.topics, marks: data.marks },
    slice: data.traffic.slice,
    ...{ sent: unpacked(data.traffic.sent), lost: unpacked(data.traffic.lost) },
  };
}
