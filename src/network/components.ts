/** Which nodes can reach which: the connected components of an overlay. */
import type { Neighbours, NodeId } from '../engine/model.ts';

/** How many components there are, and in which each node is. */
export interface Components {
  readonly count: number;
  readonly component: Int32Array; // [node] its component, numbered 0 .. count - 1 in order of their lowest node
}

/** The components of an overlay that was built for n nodes. */
export function connectedComponents(neighbours: Neighbours, n: number): Components {
  const component = new Int32Array(n).fill(-1);
  const found = new Int32Array(n); // the nodes found so far, in order
  let count = 0;
  let reached = 0;
  for (let root: NodeId = 0; root < n && reached < n; root++) {
    if (component[root] >= 0) continue;
    let next = reached;
    component[root] = count;
    found[reached++] = root;
    // Ends as soon as all are found: on the complete graph after one node's neighbours, not after n^2.
    for (; next < reached && reached < n; next++) {
      const node = found[next];
      for (let i = neighbours.degree(node) - 1; i >= 0; i--) {
        const other = neighbours.neighbour(node, i);
        if (component[other] >= 0) continue;
        component[other] = count;
        found[reached++] = other;
      }
    }
    count++;
  }
  return { count, component };
}

/** Whether everybody can reach everybody. */
export const isConnected = (neighbours: Neighbours, n: number): boolean =>
  connectedComponents(neighbours, n).count <= 1;
