/**
 * The random graph G(n, p): each of the n (n - 1) / 2 edges is there with probability p, independently. Nodes without
 * neighbours are likely below a mean degree of ln n; see `isConnected`.
 * Source: Gilbert, "Random graphs", Ann. Math. Stat. 30, 1959 (the law, mostly named after Erdos and Renyi); Batagelj
 * and Brandes, "Efficient generation of large random networks", Phys. Rev. E 71, 2005, algorithm 1: the gap to the next
 * edge is geometric, so the work is O(n + edges). Deviations: none.
 */
import { numberIn, probability } from '../base/errors.ts';
import type { Overlay } from '../engine/model.ts';
import { csr, Edges } from './csr.ts';

/** By edge probability, or by mean degree = p (n - 1). */
export function erdosRenyi(options: { p: number } | { meanDegree: number }): Overlay {
  if ('p' in options) probability('erdosRenyi', 'p', options.p);
  else numberIn('erdosRenyi', 'meanDegree', options.meanDegree, 0);
  return (streams) => {
    const { n } = streams;
    const p = 'p' in options ? options.p : edgeProbability(options.meanDegree, n);
    const draws = streams.stream('overlay');
    const edges = new Edges((1.01 * p * (n * (n - 1))) / 2);
    const logAbsent = Math.log1p(-p); // -Infinity at p = 1: every gap is 0; 0 at p = 0: every gap is infinite
    let row = 1; // the edge considered is (row, column), column < row
    let column = -1;
    while (row < n) {
      column += 1 + Math.floor(Math.log(draws.draw(0)) / logAbsent);
      if (column === Infinity) break;
      for (; column >= row && row < n; row++) column -= row;
      if (row < n) edges.add(row, column);
    }
    return csr(n, edges);
  };
}

function edgeProbability(meanDegree: number, n: number): number {
  if (n === 1) return 0;
  numberIn(`erdosRenyi (n = ${n})`, 'meanDegree', meanDegree, 0, n - 1);
  return meanDegree / (n - 1);
}
