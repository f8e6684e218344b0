/** Who told whom: the graph is that of the run, and what readers of GEXF and GraphML (graphology) make of it. */
import { DirectedGraph } from 'graphology';
import gexf from 'graphology-gexf';
import graphml from 'graphology-graphml';
import { describe, expect, it } from 'vitest';
import { DELIVERED } from '../../../src/engine/model.ts';
import { FACT, SENT } from '../../../src/metrics/chronicle/index.ts';
import { graphEdges, graphNodes } from '../../../src/report/trace/graph.ts';
import { traceOf } from '../../../src/report/trace/model.ts';
import { marked } from '../../../src/report/trace/xml.ts';
import { chronicleFrom, SMALL, SWIM, textOf } from './runs.ts';

const small = chronicleFrom(SMALL);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('the graph', () => {
  it.each([
    ['push', small],
    ['swim', chronicleFrom(SWIM)],
  ])('of %s has all messages, and who told whom first', (_name, chronicle) => {
    const { what, word, arrives, bytes, cause } = chronicle;
    const edges = [...graphEdges(traceOf(chronicle))];
    const sent = Array.from(what.keys()).filter((i) => what[i] === SENT);
    expect(sum(edges.map(({ messages }) => messages))).toBe(sent.length);
    expect(sum(edges.map((edge) => edge.bytes))).toBe(sum(sent.map((i) => bytes[i])));
    const lost = sent.filter((i) => arrives[i] === Infinity);
    expect(sum(edges.map((edge) => edge.lost))).toBe(lost.length);
    expect(new Set(edges.map(({ from, to }) => `${from} ${to}`)).size).toBe(edges.length);
    const told = Array.from(what.keys()).filter(
      (i) => what[i] === FACT && word[i] === DELIVERED && cause[cause[i]] >= 0,
    );
    expect(sum(edges.map((edge) => edge.told))).toBe(told.length);
    for (const { underWay } of edges) {
      expect(
        underWay.every(([from, to], k) => from <= to && (k === 0 || underWay[k - 1][1] < from)),
      ).toBe(true);
    }
  });

  it('says when a node was up, and what befell it first', () => {
    const nodes = graphNodes(traceOf(small));
    expect(nodes.map(({ up }) => up)).toEqual([
      [[0, small.end]],
      [[0, small.end]],
      [
        [0, 1_200_000],
        [2_200_000, small.end],
      ],
      [[0, small.end]],
    ]);
    expect(nodes.map(({ crashed }) => crashed)).toEqual([
      undefined,
      undefined,
      1_200_000,
      undefined,
    ]);
    expect(nodes[0].informed).toBe(0);
  });

  it('of some nodes has these, and whom they hear from and send to', () => {
    const trace = traceOf(small, { nodes: new Set([2]) });
    const edges = [...graphEdges(trace)];
    expect(edges.every(({ from, to }) => from === 2 || to === 2)).toBe(true);
    const ends = new Set([2, ...edges.flatMap(({ from, to }) => [from, to])]);
    expect(graphNodes(trace).map(({ node }) => node)).toEqual([...ends].sort());
  });
});

describe.each(['gexf', 'graphml'] as const)('read as %s', (format) => {
  const read = (text: string): DirectedGraph =>
    format === 'gexf'
      ? gexf.parse(DirectedGraph, text, { allowUndeclaredAttributes: true })
      : graphml.parse(DirectedGraph, text);

  it('it has the nodes, edges and attributes of the run', async () => {
    const graph = read(await textOf(small, format, { title: 'a <b> & "c"\u0000' }));
    const trace = traceOf(small);
    const edges = [...graphEdges(trace)];
    expect([graph.order, graph.size]).toEqual([small.n, edges.length]);
    for (const { from, to, messages, lost, bytes, told } of edges) {
      const attributes = graph.getEdgeAttributes(`n${from}`, `n${to}`);
      expect(attributes).toMatchObject({ messages, lost, bytes, told });
    }
    for (const { node, informed, crashed } of graphNodes(trace)) {
      const attributes = graph.getNodeAttributes(`n${node}`);
      expect(attributes.informed_ms).toBe(informed === undefined ? undefined : informed / 1000);
      expect(attributes.crashed_ms).toBe(crashed === undefined ? undefined : crashed / 1000);
    }
  });
});

it('text is escaped, and what XML cannot hold is left out', () => {
  expect(marked('a<b>&"\'\u0000\ud800\ufffe é 🙂')).toBe('a&#60;b&#62;&#38;&#34;&#39; é 🙂');
});
