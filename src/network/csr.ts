/**
 * Graphs as compressed sparse rows: two typed arrays, whatever the graph. A graph is undirected and simple: edges
 * given twice are one, and a loop is an error. Neighbours are in ascending order, so that the same graph is the same
 * overlay in whatever order its edges came.
 */
import { assert, UserError } from '../base/errors.ts';
import type { Neighbours, NodeId } from '../engine/model.ts';

const MOST_EDGES = 2 ** 28; // 6 GiB while the rows are built

/** A growing list of undirected edges. */
export class Edges {
  /** [2 * edge], [2 * edge + 1] its two ends; valid up to 2 * count. */
  ends: Int32Array;
  count = 0;

  /** @param expected how many there will be, about. */
  constructor(expected = 16) {
    if (expected > MOST_EDGES) {
      const found = `this one has about ${Math.round(expected)}`;
      throw new UserError(
        `overlay: a graph must have at most ${MOST_EDGES} edges; ${found}: lower n or the degree`,
      );
    }
    this.ends = new Int32Array(2 * Math.max(Math.ceil(expected), 1));
  }

  add(a: NodeId, b: NodeId): void {
    if (2 * this.count === this.ends.length) {
      const grown = new Int32Array(2 * this.ends.length);
      grown.set(this.ends);
      this.ends = grown;
    }
    this.ends[2 * this.count] = a;
    this.ends[2 * this.count + 1] = b;
    this.count++;
  }
}

interface Rows {
  readonly offsets: Uint32Array; // [node] where its neighbours start; one entry more for the end
  readonly neighbours: Int32Array; // [offsets[node] .. offsets[node + 1]) the node's neighbours
}

/** The overlay of an edge list: linear time, no comparison sort. */
export function csr(n: number, { ends, count }: Pick<Edges, 'ends' | 'count'>): Neighbours {
  const { offsets, neighbours } = withoutRepeats(transposed(unsorted(n, ends, 2 * count)));
  return {
    degree: (node) => offsets[node + 1] - offsets[node],
    neighbour: (node, i) => neighbours[offsets[node] + i],
  };
}

/** Rows in the order in which the edges came. */
function unsorted(n: number, ends: Int32Array, length: number): Rows {
  const offsets = new Uint32Array(n + 1);
  for (let i = 0; i < length; i++) {
    assert(ends[i] >= 0 && ends[i] < n && ends[i] !== ends[i ^ 1], `edge end ${ends[i]}, n ${n}`);
    offsets[ends[i] + 1]++;
  }
  for (let node = 0; node < n; node++) offsets[node + 1] += offsets[node];
  const next = offsets.slice(); // [node] where its next neighbour goes
  const neighbours = new Int32Array(length);
  for (let i = 0; i < length; i++) neighbours[next[ends[i]]++] = ends[i ^ 1];
  return { offsets, neighbours };
}

/** The same graph, since it is undirected, with every row ascending: a node enters its neighbours' rows in turn. */
function transposed({ offsets, neighbours }: Rows): Rows {
  const next = offsets.slice(); // [node] where its next neighbour goes
  const sorted = new Int32Array(neighbours.length);
  for (let node = 0; node + 1 < offsets.length; node++) {
    for (let i = offsets[node]; i < offsets[node + 1]; i++) sorted[next[neighbours[i]]++] = node;
  }
  return { offsets, neighbours: sorted };
}

/** Drops equal neighbours from ascending rows, in place. */
function withoutRepeats({ offsets, neighbours }: Rows): Rows {
  let kept = 0;
  let start = 0; // of the row, before the rows in front of it shrank
  for (let node = 0; node + 1 < offsets.length; node++) {
    const end = offsets[node + 1];
    const first = kept;
    for (let i = start; i < end; i++) {
      if (kept === first || neighbours[kept - 1] !== neighbours[i])
        neighbours[kept++] = neighbours[i];
    }
    start = end;
    offsets[node + 1] = kept;
  }
  return { offsets, neighbours: kept < neighbours.length ? neighbours.slice(0, kept) : neighbours };
}
