/**
 * Scale-free graphs by preferential attachment: each new node joins m different older ones, chosen in proportion to
 * their degree. In the limit P(degree = k) = 2 m (m + 1) / (k (k + 1) (k + 2)). Always connected.
 * Source: Barabasi and Albert, "Emergence of scaling in random networks", Science 286, 1999; a uniform edge end is a
 * node in proportion to its degree: Batagelj and Brandes, Phys. Rev. E 71, 2005. Choices that the paper leaves
 * open: the seed graph is complete on m + 1 nodes; an end drawn again is drawn anew.
 */
import { UserError, wholeNumber } from '../base/errors.ts';
import type { Overlay } from '../engine/model.ts';
import { csr, Edges } from './csr.ts';

/** m = edges that each new node brings; m (m + 1) / 2 + (n - m - 1) m edges in all. Needs n > m. */
export function barabasiAlbert({ m }: { m: number }): Overlay {
  wholeNumber('barabasiAlbert', 'm', m, 1);
  return (streams) => {
    const { n } = streams;
    if (n <= m) {
      throw new UserError(`barabasiAlbert: n must be above m = ${m}; got ${n}: raise n or lower m`);
    }
    const draws = streams.stream('overlay');
    const edges = new Edges(n * m);
    for (let a = 0; a <= m; a++) for (let b = 0; b < a; b++) edges.add(a, b);
    const chosen = new Int32Array(m); // [i] the i-th older node that the new one joins
    for (let node = m + 1; node < n; node++) {
      for (let i = 0; i < m; ) {
        const end = edges.ends[draws.below(0, 2 * edges.count)];
        const at = chosen.indexOf(end);
        if (at < 0 || at >= i) chosen[i++] = end;
      }
      for (let i = 0; i < m; i++) edges.add(node, chosen[i]);
    }
    return csr(n, edges);
  };
}
