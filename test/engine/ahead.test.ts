import { describe, expect, it } from 'vitest';
import { MANY } from '../../src/engine/ahead.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { between, everyone, fixed } from './support.ts';

describe('reading ahead', () => {
  it('changes nothing: a large run is the same with columns and without', () => {
    const outcome = (columns: ArrayBufferView[]) =>
      simulate<number>({
        seed: 'ahead',
        n: MANY,
        link: between(1, 50),
        overlay: everyone,
        horizonMs: 60,
        rounds: { periodMs: 20, phase: 'random' },
        protocol: (env) => ({
          columns,
          onRound: (node) => env.send(node, env.peer(node), 1),
          onMessage: (node) => env.at(node, env.now() + 1000, 0),
        }),
      });
    const heard = new Uint8Array(MANY);
    const times = new Float64Array(3 * MANY);
    const notPerNode = new Int32Array(5);
    const { events, hash } = outcome([]);
    expect(events).toBeGreaterThan(2 * MANY);
    expect(outcome([heard, times, notPerNode])).toMatchObject({ events, hash });
    expect(heard.every((value) => value === 0)).toBe(true);
  });

  it('takes a crowd of events at one instant, more than it tells the nodes of', () => {
    const crowd = MANY + 1;
    const { events } = simulate<number>({
      seed: 'crowd',
      n: crowd,
      link: fixed(1),
      overlay: everyone,
      horizonMs: 1,
      protocol: (env) => ({
        columns: [new Int32Array(crowd)],
        onStart: (node) => env.at(node, 500, 0),
        onTimer: (node, tag) => tag === 0 && env.at(node, 500, 1),
      }),
    });
    expect(events).toBe(2 * crowd);
  });

  it('has no need of it: small runs have none', () => {
    const { events } = simulate<number>({
      seed: 'small',
      n: 2,
      link: fixed(1),
      overlay: everyone,
      horizonMs: 10,
      workload: [{ atMs: 0, node: 0, input: 0 }],
      protocol: (env) => ({
        columns: [new Int32Array(7)],
        onInput: (node) => env.send(node, env.peer(node), 1),
      }),
    });
    expect(events).toBe(2);
  });
});
