/** Churn from a file: what is read, and what is said about a bad one. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { streamsOf } from '../../src/engine/streams.ts';
import { type ChurnTraceOptions, churnTrace } from '../../src/faults/index.ts';

const read = (text: string, options: Partial<ChurnTraceOptions> = {}) =>
  churnTrace(text, { where: 'trace.csv', ...options })(streamsOf('s', 3)).map(
    ({ atMs, node, kind }) => `${atMs} n${node} ${kind}`,
  );

describe('a churn trace', () => {
  it('is read by its headings; who joins first was absent; rows need not be in order', () => {
    const text =
      '# a comment\nevent,node,time_ms,site\njoin,2,30,x\n\ncrash,0,12.5,y\nup,0,20,y\nleave,2,40,x\n';
    expect(read(text)).toEqual([
      ...['0 n2 absent', '12.5 n0 crash', '20 n0 restart', '30 n2 restart', '40 n2 crash'],
    ]);
  });

  it('may name its nodes as it likes: they are numbered as they appear', () => {
    const text = 'time_ms,node,event\n5,host-b,down\n7,host-a,down\n9,host-b,up\n';
    expect(read(text, { names: 'any' })).toEqual(['5 n0 crash', '7 n1 crash', '9 n0 restart']);
  });

  const bad: [string, string, string][] = [
    ['no heading', '1,2,crash\n', 'trace.csv: expected the headings time_ms, node, event; found'],
    ['no row', '', 'found no row'],
    [
      'a bad time',
      'time_ms,node,event\n1,0,crash\nsoon,1,crash\n',
      'line 3: expected a time in ms, at least 0; found "soon"',
    ],
    ['no time', 'time_ms,node,event\n,0,crash\n', 'line 2: expected a time'],
    ['a time before 0', 'time_ms,node,event\n-1,0,crash\n', 'line 2: expected a time'],
    [
      'an unknown event',
      'time_ms,node,event\n1,0,explode\n',
      'line 2: expected crash, leave, down, restart, join, up; found "explode"',
    ],
    ['a row too short', 'time_ms,node,event\n1,0\n', 'line 2: expected crash'],
    ['no node', 'time_ms,node,event\n1,,crash\n', 'line 2: expected a node'],
    [
      'a node that is not there',
      'time_ms,node,event\n1,3,crash\n',
      'line 2: node must be a whole number in 0..2; found "3"',
    ],
    ['a name', 'time_ms,node,event\n1,a,crash\n', 'line 2: node must be'],
    ['an open quote', 'time_ms,node,event\n1,"0,crash\n', 'trace.csv: expected CSV'],
  ];
  it.each(bad)('with %s is refused, with its line', (_what, text, sentence) => {
    expect(() => read(text)).toThrow(UserError);
    expect(() => read(text)).toThrow(sentence);
  });

  it('with more names than nodes is refused', () => {
    const text = 'time_ms,node,event\n1,a,crash\n1,b,crash\n1,c,crash\n1,d,crash\n';
    expect(() => read(text, { names: 'any' })).toThrow(
      'line 5: the scenario has n = 3 nodes; found "d" as number 4',
    );
  });
});
