import { describe, expect, it } from 'vitest';
import { micros } from '../../../src/base/time.ts';
import { PLACED, SERVED } from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { complete, constant, lossy } from '../../../src/network/index.ts';
import { leastOfAll, leastOfSome } from '../../../src/protocols/load/choice.ts';
import { groundOf, loadBalancing, loadBalancingOn } from '../../../src/protocols/load/load.ts';
import { type LoadOptions, SOURCES } from '../../../src/protocols/load/options.ts';
import { LoadViews } from '../../../src/protocols/load/views.ts';

/** Luck at hand for four servers: the middle of each drawn server's share. */
const drawing = (...servers: number[]) => ({ n: 4, draw: () => (servers.shift()! + 0.5) / 4 });

describe('the choice', () => {
  const loads = Int32Array.of(9, 9, 9, 9, 3, 1, 2, 1); // the second row counts
  it('takes the least of those drawn, of equals the first', () => {
    expect(leastOfSome(drawing(2), 0, 1, loads, 4)).toBe(2);
    expect(leastOfSome(drawing(0, 2), 0, 2, loads, 4)).toBe(2);
    expect(leastOfSome(drawing(3, 1, 0), 0, 3, loads, 4)).toBe(3);
    expect(leastOfSome(drawing(0, 0), 0, 2, loads, 4)).toBe(0);
  });

  it('takes the least of all, equals by lot', () => {
    const room = new Int32Array(4);
    expect(leastOfAll(drawing(0), 0, loads, 4, room)).toBe(1);
    expect(leastOfAll(drawing(3), 0, loads, 4, room)).toBe(3);
    expect(leastOfAll(drawing(3), 0, loads, 0, room)).toBe(3);
    expect(leastOfAll(drawing(0), 0, loads, 0, room)).toBe(0);
  });
});

describe('views', () => {
  it('take what was read later, of each server', () => {
    const views = new LoadViews(3, 2);
    views.set(0, 0, 5, 10);
    views.set(0, 1, 6, 20);
    views.set(1, 1, 7, 30);
    const handle = views.snapshot(0);
    views.set(0, 0, 8, 40); // after the snapshot
    views.merge(1, handle);
    expect([...views.loads.subarray(3)]).toEqual([5, 7, 0]);
    expect([...views.readAt.subarray(3)]).toEqual([10, 30, 0]);
  });

  it('use a snapshot again once nobody refers to it', () => {
    const views = new LoadViews(2, 2);
    const first = views.snapshot(0);
    views.retain(first);
    views.release(first);
    expect(views.snapshot(1)).not.toBe(first);
    views.release(first);
    expect(views.snapshot(1)).toBe(first);
    expect(views.inUse).toBe(2);
  });
});

const N = 20;
const HORIZON_MS = 80_000;
const EVERY = { board: 2000, individual: 2000, polls: 2000 };

function play(options: Partial<LoadOptions>, loss = 0) {
  const { source = 'gossip' } = options;
  const everyMs = EVERY[source as keyof typeof EVERY];
  const all = { load: 0.7, ...options, ...(everyMs && { everyMs }) };
  const ground = groundOf(N, all);
  const link = constant({ ms: 1 });
  const outcome = simulate({
    seed: 'load',
    n: N,
    protocol: loadBalancingOn(ground, all),
    link: loss > 0 ? lossy(loss, link) : link,
    overlay: complete,
    rounds: { periodMs: 500, phase: 'random' },
    horizonMs: HORIZON_MS,
    checked: true,
  });
  return { ground, outcome };
}

describe.each(SOURCES)('with loads known by %s', (source) => {
  it('each job that came is served or in a queue, and as many come as should', () => {
    const { ground, outcome } = play({ source });
    const [placed, served] = [PLACED, SERVED].map((fact) => outcome.facts[fact]);
    const waiting = ground.loads.reduce((a, b) => a + b, 0);
    expect(placed).toBe(served + waiting);
    const expected = (0.7 * N * HORIZON_MS) / 1000;
    expect(Math.abs(placed - expected)).toBeLessThan(4 * Math.sqrt(expected));
    expect(ground.loads.every((load) => load >= 0)).toBe(true);
  });

  it('nobody knows what is to come, and a run is the same again', () => {
    const { ground, outcome } = play({ source, choices: Infinity });
    for (let server = 0; server < N; server++) {
      const age = ground.ageOf(1, server, outcome.end);
      expect(age).toBeGreaterThanOrEqual(0);
      expect(age).toBeLessThan(micros(60_000));
    }
    expect(play({ source, choices: Infinity }).outcome.hash).toBe(outcome.hash);
  });
});

describe('gossip', () => {
  it('frees its messages, also those that are lost', () => {
    const { ground, outcome } = play({}, 0.3);
    expect(outcome.traffic.lost).toBeGreaterThan(500);
    expect(ground.views.inUse).toBe(outcome.traffic.inFlight);
  });

  it('is push-pull: a caller and the called know the same of the others afterwards', () => {
    const options = { load: 0.5 };
    const ground = groundOf(2, options);
    simulate({
      seed: 'pair',
      n: 2,
      protocol: loadBalancingOn(ground, options),
      link: constant({ ms: 0 }),
      overlay: complete,
      rounds: { periodMs: 1000, phase: 'synchronised' },
      horizonMs: 5000,
      checked: true,
    });
    const { readAt } = ground.views;
    expect([readAt[1], readAt[2]]).toEqual([micros(5000), micros(5000)]);
  });
});

it('forgets the jobs of a server that crashed', () => {
  const options = { load: 0.9, source: 'fresh' as const };
  const ground = groundOf(4, options);
  const outcome = simulate({
    seed: 'crash',
    n: 4,
    protocol: loadBalancingOn(ground, options),
    link: constant({ ms: 1 }),
    overlay: complete,
    horizonMs: 100_000,
    faults: [
      { kind: 'crash', node: 1, atMs: 40_000 },
      { kind: 'restart', node: 1, atMs: 60_000 },
    ],
    checked: true,
  });
  expect(outcome.facts[SERVED]).toBeGreaterThan(200);
  expect(ground.loads[1]).toBeLessThan(30);
});

it('is refused in sentences', () => {
  const make = (options: object) => () =>
    loadBalancing({ load: 0.5, ...options } as LoadOptions)({ n: 4 } as never);
  expect(make({ load: 1 })).toThrow('load balancing: load must be a number in [0.000001, 0.999]');
  expect(make({ choices: 1.5 })).toThrow('choices must be a whole number');
  expect(make({ source: 'rumour' })).toThrow('source must be "gossip" or "board"');
  expect(make({ source: 'board' })).toThrow('everyMs goes with the sources board');
  expect(make({ everyMs: 5 })).toThrow('source is gossip, everyMs 5');
  expect(make({ source: 'board', everyMs: 0 })).toThrow('everyMs must be a number above 0');
  expect(make({ serviceMs: 1e300 })).toThrow('serviceMs must be a number in [0, ');
  expect(make({ source: 'polls', everyMs: 1e300 })).toThrow('everyMs must be a number in [0, ');
  expect(make({ serviceMs: 0 })).toThrow('serviceMs must be a number above 0');
});
