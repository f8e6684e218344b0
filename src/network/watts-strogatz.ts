/**
 * Small worlds: a ring of near neighbours, of which some edges are rewired to anywhere.
 * Source: Watts and Strogatz, "Collective dynamics of 'small-world' networks", Nature 393, 1998, methods of figure 1:
 * clockwise, lap by lap, nearest neighbours first; an edge keeps its node and, with probability `rewire`, gets a new
 * far end, uniform over those that make no loop and no parallel edge. Deviations: none; a node beside all is left as it
 * is. May come apart for small k; connected at rewire = 0.
 */
import { probability, UserError, wholeNumber } from '../base/errors.ts';
import type { Stream } from '../base/stream.ts';
import type { NodeId, Overlay } from '../engine/model.ts';
import { csr, Edges } from './csr.ts';

/** k = number of near neighbours of each node, both sides together; even. Mean degree k, n k / 2 edges. */
export function wattsStrogatz({ k, rewire }: { k: number; rewire: number }): Overlay {
  wholeNumber('wattsStrogatz', 'k', k, 2);
  if (k % 2 !== 0) {
    throw new UserError(
      `wattsStrogatz: k must be even, half on each side; got ${k}: change it by 1`,
    );
  }
  probability('wattsStrogatz', 'rewire', rewire);
  return (streams) => {
    const { n } = streams;
    if (n <= k) {
      throw new UserError(`wattsStrogatz: n must be above k = ${k}; got ${n}: raise n or lower k`);
    }
    const world = new SmallWorld(n, k / 2);
    const draws = streams.stream('overlay');
    for (let lap = 0; lap < k / 2; lap++) {
      for (let node = 0; node < n; node++) {
        if (draws.draw(0) < rewire) world.rewire(node, lap, draws);
      }
    }
    return csr(n, world.edges());
  };
}

/** Each node owns the edges to its near neighbours clockwise, so whether two are joined is seen in their two rows. */
class SmallWorld {
  readonly #n: number;
  readonly #half: number;
  readonly #farEnd: Int32Array; // [node * half + lap] the far end of the node's edge of that lap
  readonly #degree: Int32Array; // [node]

  constructor(n: number, half: number) {
    this.#n = n;
    this.#half = half;
    this.#degree = new Int32Array(n).fill(2 * half);
    this.#farEnd = new Int32Array(n * half);
    for (let node = 0; node < n; node++) {
      for (let lap = 0; lap < half; lap++) this.#farEnd[node * half + lap] = (node + lap + 1) % n;
    }
  }

  rewire(node: NodeId, lap: number, draws: Stream): void {
    if (this.#degree[node] === this.#n - 1) return;
    let end = draws.below(0, this.#n);
    while (end === node || this.#owns(node, end) || this.#owns(end, node)) {
      end = draws.below(0, this.#n);
    }
    const edge = node * this.#half + lap;
    this.#degree[this.#farEnd[edge]]--;
    this.#degree[end]++;
    this.#farEnd[edge] = end;
  }

  #owns(node: NodeId, end: NodeId): boolean {
    const start = node * this.#half;
    for (let i = start; i < start + this.#half; i++) if (this.#farEnd[i] === end) return true;
    return false;
  }

  edges(): Edges {
    const edges = new Edges(this.#farEnd.length);
    for (let node = 0; node < this.#n; node++) {
      for (let lap = 0; lap < this.#half; lap++) {
        edges.add(node, this.#farEnd[node * this.#half + lap]);
      }
    }
    return edges;
  }
}
