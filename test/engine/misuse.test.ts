/** Mistakes of a protocol or a link are caught where they are made, with a sentence that starts with BUG. */
import { describe, expect, it } from 'vitest';
import type { Env, Link, ProtocolFactory } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { everyone, fixed } from './support.ts';

/** Runs two nodes, the first of which does `mistake` when it starts. */
const run = <M>(mistake: (env: Env<M>) => void, link: Link = fixed(10), checked = false) => {
  const protocol: ProtocolFactory<M> = (env) => ({
    onStart: (node) => (node === 0 ? mistake(env) : undefined),
    onTimer: () => {},
  });
  return simulate({ seed: 's', n: 2, protocol, link, overlay: everyone, horizonMs: 100, checked });
};

const answering =
  (delay: number): Link =>
  () => ({ delay: () => delay });

describe('the engine catches', () => {
  it('a message to oneself', () => {
    expect(() => run((env) => env.send(0, 0, 1))).toThrow('BUG: node 0 sent a message to node 0');
  });

  it.each([2, -2, Number.NaN])('a message to node %s of two', (to) => {
    expect(() => run((env) => env.send(0, to, 1))).toThrow('BUG');
  });

  it.each([-1, 2, 2 ** 27, Number.NaN])('what node %s of two does', (node) => {
    const mistakes = [
      (env: Env<number>) => env.send(node, 1, 1),
      (env: Env<number>) => env.at(node, 5, 1),
      (env: Env<number>) => void env.peer(node),
    ];
    for (const mistake of mistakes) {
      expect(() => run(mistake)).toThrow(`BUG: there is no node ${node}`);
    }
  });

  it('a timer in the past', () => {
    expect(() => run((env) => env.at(0, -1, 0))).toThrow(
      'BUG: event of kind 3 scheduled at -1, now is 0',
    );
  });

  it.each([0.5, Number.NaN])('a timer at %s microseconds', (time) => {
    expect(() => run((env) => env.at(0, time, 0))).toThrow('BUG');
  });

  it.each([Number.NaN, -1, 0.5, -Infinity])('a delay of %s microseconds', (delay) => {
    expect(() => run((env) => env.send(0, 1, 1), answering(delay))).toThrow('BUG');
  });

  it('nothing where a message goes to nobody: it is not even counted', () => {
    expect(run((env) => env.send(0, -1, 1)).traffic.sent).toBe(0);
  });
});

describe('checked mode catches', () => {
  const liveRow = (env: Env<Int32Array>) => {
    const row = Int32Array.of(1, 2, 3);
    env.send(0, 1, row);
    row[1] = 9;
  };

  it('a typed array that its sender changes while it is under way', () => {
    expect(() => run(liveRow, fixed(10), true)).toThrow('BUG: a message changed');
  });

  it('an array nested in an object', () => {
    const nested = (env: Env<{ table: Int32Array }>) => {
      const table = Int32Array.of(1, 2, 3);
      env.send(0, 1, { table });
      table[2] = 0;
    };
    expect(() => run(nested, fixed(10), true)).toThrow('BUG: a message changed');
  });

  it('neither a copy nor a change after the delivery', () => {
    const copies = (env: Env<Int32Array>) => {
      const row = Int32Array.of(1, 2, 3);
      env.send(0, 1, row.slice());
      row[1] = 9;
    };
    expect(run(copies, fixed(10), true).traffic.delivered).toBe(1);
  });

  it('what an unchecked run lets pass', () => {
    expect(run(liveRow).traffic.delivered).toBe(1);
  });
});
