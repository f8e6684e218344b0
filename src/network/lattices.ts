/** Regular lattices: the ring and the grid. They are connected and draw nothing. */
import { UserError, wholeNumber } from '../base/errors.ts';
import type { Overlay } from '../engine/model.ts';
import { csr, Edges } from './csr.ts';

/** Nodes on a circle, each beside its k nearest on either side: degree 2k. Needs n > 2k. */
export function ring({ k = 1 } = {}): Overlay {
  wholeNumber('ring', 'k', k, 1);
  return ({ n }) => {
    if (n <= 2 * k) {
      throw new UserError(`ring: n must be above 2k (k = ${k}); got ${n}: raise n or lower k`);
    }
    const edges = new Edges(n * k);
    for (let node = 0; node < n; node++) {
      for (let step = 1; step <= k; step++) edges.add(node, (node + step) % n);
    }
    return csr(n, edges);
  };
}

/**
 * Rows of `width` nodes, node = row * width + column, each beside its up to four neighbours; n must fill the rows.
 * A torus joins the ends of every row and column, which gives all nodes four neighbours from 3 x 3 on.
 */
export function grid({ width, torus = false }: { width: number; torus?: boolean }): Overlay {
  wholeNumber('grid', 'width', width, 1);
  return ({ n }) => {
    if (n % width !== 0) {
      throw new UserError(`grid: n must be a multiple of the width ${width}; got ${n}`);
    }
    const edges = new Edges(2 * n);
    const join = (a: number, b: number) => {
      if (a !== b) edges.add(a, b); // a torus one node wide or high
    };
    for (let node = 0; node < n; node++) {
      const column = node % width;
      if (torus || column + 1 < width) join(node, node - column + ((column + 1) % width));
      if (torus || node + width < n) join(node, (node + width) % n);
    }
    return csr(n, edges);
  };
}
