import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { connectedComponents, isConnected } from '../../src/network/components.ts';
import { edgeList, parseEdgeList } from '../../src/network/edge-list.ts';
import { complete } from '../../src/network/overlay.ts';
import { rowsOf, streamsOf } from './support.ts';

const parsed = (text: string) => parseEdgeList(text, 'net.txt');

describe('an edge list', () => {
  it('joins the nodes that it names and leaves the others alone', () => {
    const neighbours = edgeList([
      [0, 2],
      [2, 0],
      [2, 3],
    ])(streamsOf(5));
    expect(rowsOf(neighbours, 5)).toEqual([[2], [], [0, 3], [2], []]);
  });

  it.each<[[number, number][], string]>([
    [
      [
        [0, 1],
        [0, 5],
      ],
      'edgeList: edge 1: node must be a whole number in 0..4; got 5',
    ],
    [[[1, 1]], 'edgeList: edge 0 must join two nodes; got 1 twice'],
  ])('must fit the population: %j', (pairs, sentence) => {
    expect(() => edgeList(pairs)(streamsOf(5))).toThrow(new UserError(sentence));
  });
});

describe('the text of an edge list', () => {
  it('has two nodes per line, however parted, with comments', () => {
    const text = '\uFEFF# a square\n0 1\n1\t2 # here\r\n2,3\n\n3 ; 0\n';
    expect(parsed(text)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
    ]);
  });

  it.each([
    ['0 1\n\n1 x\n', 'net.txt: line 3: expected two node numbers; found "1 x"'],
    ['0 1 2\n', 'net.txt: line 1: expected two node numbers; found "0 1 2"'],
    ['0 -1\n', 'net.txt: line 1: expected two node numbers; found "0 -1"'],
    ['4 4\n', 'net.txt: line 1: expected an edge between two nodes; found 4 twice'],
    ['# nothing\n', 'net.txt: expected at least one edge; found none'],
  ])('that is bad is named: %j', (text, sentence) => {
    expect(() => parsed(text)).toThrow(new UserError(sentence));
  });
});

describe('connected components', () => {
  it('are numbered in order of their lowest node', () => {
    const neighbours = edgeList([
      [0, 3],
      [4, 1],
      [3, 5],
    ])(streamsOf(7));
    const { count, component } = connectedComponents(neighbours, 7);
    expect([...component]).toEqual([0, 1, 2, 0, 1, 0, 3]);
    expect(count).toBe(4);
  });

  it('are one in a complete graph of a million nodes, in linear time', () => {
    expect(isConnected(complete(streamsOf(1_000_000)), 1_000_000)).toBe(true);
  });

  it('of one node are one', () => {
    expect(isConnected(complete(streamsOf(1)), 1)).toBe(true);
  });
});
