/**
 * Who told whom, as GraphML (Brandes et al., GD 2001) for igraph, NetworkX and yEd: a graph without time, in which nodes say
 * when they first heard a rumour, crashed, were suspected and held to be dead, in ms; what never happened is left out.
 */
import { millis } from '../../base/time.ts';
import { EDGE_COUNTS, graphEdges, graphNodes, NODE_TIMES } from './graph.ts';
import type { Trace } from './model.ts';
import { marked } from './xml.ts';

export function* graphmlLines(trace: Trace): Iterable<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  yield `<desc>${marked(trace.title)}</desc>\n`;
  for (const name of NODE_TIMES) yield key(`${name}_ms`, 'node', 'double');
  for (const name of EDGE_COUNTS) yield key(name, 'edge', 'long');
  yield key('first_ms', 'edge', 'double');
  yield '<graph id="run" edgedefault="directed">\n';
  for (const of of graphNodes(trace)) {
    const times = NODE_TIMES.map((name) => data(`${name}_ms`, inMs(of[name])));
    yield `<node id="n${of.node}">${times.join('')}</node>\n`;
  }
  for (const of of graphEdges(trace)) {
    const counts = EDGE_COUNTS.map((name) => data(name, of[name]));
    const first = data('first_ms', inMs(of.underWay[0][0]));
    yield `<edge source="n${of.from}" target="n${of.to}">${counts.join('')}${first}</edge>\n`;
  }
  yield '</graph>\n</graphml>\n';
}

const key = (name: string, of: string, type: string) =>
  `<key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>\n`;

const inMs = (time: number | undefined) => (time === undefined ? undefined : millis(time));

const data = (name: string, value: number | undefined) =>
  value === undefined ? '' : `<data key="${name}">${value}</data>`;
