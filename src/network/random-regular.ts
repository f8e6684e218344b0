/**
 * Random regular graphs: every node has the same degree, nothing else is fixed. Connected with high probability from
 * degree 3 on.
 * Source: Steger and Wormald, "Generating random regular graphs quickly", Combin. Probab. Comput. 8, 1999: pair up
 * free points at random, keeping to pairs that make no loop and no parallel edge; start again where none is left.
 * Law: asymptotically uniform over the simple d-regular graphs, proven for d = o(n^(1/3)) (Kim and Vu, STOC 2003).
 */
import { UserError, wholeNumber } from '../base/errors.ts';
import type { Stream } from '../base/stream.ts';
import type { NodeId, Overlay } from '../engine/model.ts';
import { csr, Edges } from './csr.ts';

/** Every node has `degree` neighbours. Needs degree < n, and n * degree even. */
export function randomRegular({ degree }: { degree: number }): Overlay {
  wholeNumber('randomRegular', 'degree', degree, 0);
  return (streams) => {
    const { n } = streams;
    wholeNumber(`randomRegular (n = ${n})`, 'degree', degree, 0, n - 1);
    if ((n * degree) % 2 !== 0) {
      throw new UserError(
        `randomRegular: n * degree must be even; got n = ${n}, degree = ${degree}: change one by 1`,
      );
    }
    const draws = streams.stream('overlay');
    // Dense pairings come to a stand too often; the complement of a regular graph is regular, and no less uniform.
    const dense = 2 * degree > n - 1;
    const edges = paired(n, dense ? n - 1 - degree : degree, draws);
    return csr(n, dense ? complement(n, edges) : edges);
  };
}

function paired(n: number, degree: number, draws: Stream): Edges {
  let pairing = new Pairing(n, degree);
  while (!pairing.complete(draws)) pairing = new Pairing(n, degree);
  return pairing.edges;
}

function complement(n: number, edges: Edges): Edges {
  const sparse = csr(n, edges);
  const others = new Edges((n * (n - 1)) / 2 - edges.count);
  for (let node = 0; node < n; node++) {
    let next = 0; // index of the node's next neighbour; they are in ascending order
    for (let other = 0; other < node; other++) {
      if (next < sparse.degree(node) && sparse.neighbour(node, next) === other) next++;
      else others.add(node, other);
    }
  }
  return others;
}

/** One attempt: the points not yet paired, and the edges so far. */
class Pairing {
  readonly edges: Edges;
  readonly #degree: number;
  readonly #free: Int32Array; // [point] the node it belongs to; those in front of #left are not paired yet
  readonly #partners: Int32Array; // [node * degree + i] its i-th neighbour so far
  readonly #paired: Int32Array; // [node] how many neighbours it has so far
  #left: number;

  constructor(n: number, degree: number) {
    this.edges = new Edges((n * degree) / 2);
    this.#degree = degree;
    this.#free = Int32Array.from({ length: n * degree }, (_, point) => Math.floor(point / degree));
    this.#partners = new Int32Array(n * degree);
    this.#paired = new Int32Array(n);
    this.#left = n * degree;
  }

  /** Pairs all points; false if it comes to a stand because no suitable pair is left. */
  complete(draws: Stream): boolean {
    let misses = 0;
    while (this.#left > 0) {
      const i = draws.below(0, this.#left);
      const j = draws.below(0, this.#left);
      if (this.#suitable(this.#free[i], this.#free[j])) {
        this.#pair(i, j);
        misses = 0;
      } else if (++misses > this.#left) {
        if (this.#stuck()) return false;
        misses = 0;
      }
    }
    return true;
  }

  #suitable(a: NodeId, b: NodeId): boolean {
    if (a === b) return false;
    const start = a * this.#degree;
    for (let i = start; i < start + this.#paired[a]; i++) if (this.#partners[i] === b) return false;
    return true;
  }

  #pair(i: number, j: number): void {
    const a = this.#free[i];
    const b = this.#free[j];
    this.edges.add(a, b);
    this.#partners[a * this.#degree + this.#paired[a]++] = b;
    this.#partners[b * this.#degree + this.#paired[b]++] = a;
    // The last free points move into the two gaps; the higher gap first, so that neither is moved away.
    this.#free[Math.max(i, j)] = this.#free[--this.#left];
    this.#free[Math.min(i, j)] = this.#free[--this.#left];
  }

  /** Whether no two free points can be paired. Asked only after a run of misses as long as the list of them. */
  #stuck(): boolean {
    for (let i = 0; i < this.#left; i++) {
      for (let j = 0; j < i; j++) if (this.#suitable(this.#free[i], this.#free[j])) return false;
    }
    return true;
  }
}
