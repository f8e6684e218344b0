/**
 * Who told whom, over time, as GEXF 1.3 for Gephi. Nodes are there while they are up, edges while a message is under way;
 * the attribute `knows` of a node turns true when it first hears a rumour. Times are in ms since the start of the run.
 */
import { millis } from '../../base/time.ts';
import {
  EDGE_COUNTS,
  type GraphEdge,
  type GraphNode,
  graphEdges,
  graphNodes,
  type Interval,
  NODE_TIMES,
} from './graph.ts';
import type { Trace } from './model.ts';
import { marked } from './xml.ts';

export function* gexfLines(trace: Trace): Iterable<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n';
  yield `<meta><creator>hearsay</creator><description>${marked(trace.title)}</description></meta>\n`;
  yield '<graph mode="dynamic" defaultedgetype="directed" timeformat="double" timerepresentation="interval">\n';
  yield attributes('node', 'dynamic', [['knows', 'boolean']]);
  yield attributes(
    'node',
    'static',
    NODE_TIMES.map((name) => [`${name}_ms`, 'double']),
  );
  yield attributes(
    'edge',
    'static',
    EDGE_COUNTS.map((name) => [name, 'long']),
  );
  yield '<nodes>\n';
  for (const node of graphNodes(trace)) yield nodeText(node, trace.chronicle.end);
  yield '</nodes>\n<edges>\n';
  let id = 0;
  for (const edge of graphEdges(trace)) yield edgeText(edge, id++);
  yield '</edges>\n</graph>\n</gexf>\n';
}

function attributes(of: string, mode: string, all: readonly (readonly [string, string])[]): string {
  const each = all.map(
    ([name, type]) => `<attribute id="${name}" title="${name}" type="${type}"/>`,
  );
  return `<attributes class="${of}" mode="${mode}">${each.join('')}</attributes>\n`;
}

const value = (name: string, of: number | boolean, when = '') =>
  `<attvalue for="${name}" value="${of}"${when}/>`;

const during = ([from, to]: Interval) => ` start="${millis(from)}" end="${millis(to)}"`;

const spells = (intervals: readonly Interval[]): string =>
  intervals.length === 0
    ? ''
    : `<spells>${intervals.map((each) => `<spell${during(each)}/>`).join('')}</spells>`;

function nodeText(of: GraphNode, end: number): string {
  const values = NODE_TIMES.flatMap((name) => {
    const time = of[name];
    return time === undefined ? [] : [value(`${name}_ms`, millis(time))];
  });
  if (of.informed !== undefined) values.push(value('knows', true, during([of.informed, end])));
  const known = values.length === 0 ? '' : `<attvalues>${values.join('')}</attvalues>`;
  return `<node id="n${of.node}" label="n${of.node}">${known}${spells(of.up)}</node>\n`;
}

function edgeText(of: GraphEdge, id: number): string {
  const values = EDGE_COUNTS.map((name) => value(name, of[name])).join('');
  return `<edge id="${id}" source="n${of.from}" target="n${of.to}" weight="${of.messages}"><attvalues>${values}</attvalues>${spells(of.underWay)}</edge>\n`;
}
