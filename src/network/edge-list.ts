/** Overlays from a list of edges, given in code or read from a file's text. */
import { shown, UserError, wholeNumber } from '../base/errors.ts';
import type { NodeId, Overlay } from '../engine/model.ts';
import { csr, Edges } from './csr.ts';

/** An undirected edge: two different nodes. Given twice, or both ways round, it is still one edge. */
export type Edge = readonly [NodeId, NodeId];

/** The overlay with these edges; a node that none of them names has no neighbour. */
export function edgeList(pairs: readonly Edge[]): Overlay {
  return ({ n }) => {
    const edges = new Edges(pairs.length);
    pairs.forEach(([a, b], i) => {
      wholeNumber(`edgeList: edge ${i}`, 'node', a, 0, n - 1);
      wholeNumber(`edgeList: edge ${i}`, 'node', b, 0, n - 1);
      if (a === b) throw new UserError(`edgeList: edge ${i} must join two nodes; got ${a} twice`);
      edges.add(a, b);
    });
    return csr(n, edges);
  };
}

/**
 * The edges of a text with one edge per line: two node numbers from 0 on, parted by blanks, tabs, a comma or a
 * semicolon. Empty lines and what stands behind a # are passed over.
 * @param where what the text is, for messages: a file's name.
 */
export function parseEdgeList(text: string, where: string): Edge[] {
  const edges: Edge[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    const content = line.replace(/#.*/, '').replace('\uFEFF', '').trim();
    if (content === '') return;
    const fields = content.split(/\s*[,;]\s*|\s+/);
    if (fields.length !== 2 || !fields.every((field) => /^\d{1,9}$/.test(field))) {
      throw new UserError(
        `${where}: line ${i + 1}: expected two node numbers; found ${shown(content)}`,
      );
    }
    const [a, b] = fields.map(Number);
    if (a === b) {
      throw new UserError(
        `${where}: line ${i + 1}: expected an edge between two nodes; found ${a} twice`,
      );
    }
    edges.push([a, b]);
  });
  if (edges.length === 0) throw new UserError(`${where}: expected at least one edge; found none`);
  return edges;
}
