/** The restart of a node: what settles when, and the closed forms. */
import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { cassandraCluster } from '../../src/experiment/cassandra-cluster.ts';
import { restartOne } from '../../src/experiment/cassandra-restart.ts';
import {
  firstContact,
  newsSpread,
  synsPerRound,
} from '../../src/experiment/cassandra-restart-theory.ts';
import { settleReader } from '../../src/experiment/cassandra-settle.ts';
import { idealSpread } from '../../src/experiment/cassandra-spread-ideal.ts';
import { absent } from '../../src/faults/crash.ts';
import { constant } from '../../src/network/latency.ts';
import { cassandraOn } from '../../src/protocols/cassandra/cassandra.ts';
import { groundOf } from '../../src/protocols/cassandra/ground.ts';
import { settingsOf } from '../../src/protocols/cassandra/options.ts';

const link = constant({ ms: 10 });
const base = {
  n: 10,
  options: { version: '4.1' },
  link,
  watchMs: 60_000,
  seed: 'restart',
} as const;

describe('a restart', () => {
  it('that is fast is noticed by the new life alone, for one echo', () => {
    const found = restartOne({ ...base, going: 'killed', uptimeMs: 20_000, downMs: 5000 });
    expect(found.convicted).toBe(0);
    expect(found.gossip_s).toBeCloseTo(0.02);
    expect(found.down_s).toBeCloseTo(0.02);
    expect(found.echo_s).toBeCloseTo(0.02);
    expect(found).toMatchObject({ at_once: 1, settle_s: 8, up_at_settle: 1 });
    expect(found.unnoticed_s).toBeGreaterThan(5);
  });

  it('that takes long comes back from DOWN at all', () => {
    const found = restartOne({ ...base, going: 'killed', uptimeMs: 60_000, downMs: 60_000 });
    expect(found.convicted).toBe(1);
    expect(found.down_s).toBeGreaterThan(25);
    expect(found.seenAt).toHaveLength(9);
    expect(found.seesAt).toHaveLength(9);
  });

  it('after a goodbye comes back from DOWN, which was seen for as long as it was away', () => {
    const found = restartOne({ ...base, going: 'stopped', uptimeMs: 20_000, downMs: 5000 });
    expect(found.convicted).toBe(1);
    expect(found.unnoticed_s).toBeCloseTo(-1.99);
  });
});

describe('gossip settled', () => {
  it('starts again where a new endpoint is heard of, but not for one that is saved', () => {
    const n = 4;
    const options = { version: '4.1', members: 2, seeds: [0] } as const;
    const ground = groundOf(n, settingsOf(options, n));
    const reader = settleReader(ground.endpoints, 2);
    simulate({
      ...cassandraCluster(n, 60_000, options, link),
      protocol: cassandraOn(ground, options),
      seed: 'settle',
      // Node 3 comes in the time of the looks of node 2.
      faults: (streams) => [
        ...(absent({ nodes: [2], joinMs: 10_000 })(streams) ?? []),
        ...(absent({ nodes: [3], joinMs: 15_500 })(streams) ?? []),
      ],
      observers: [reader],
    });
    const settled = reader.settled();
    expect(settled?.gossipMs).toBeCloseTo(10_020);
    const took = (settled?.endMs ?? 0) - (settled?.gossipMs ?? 0);
    expect(took).toBeGreaterThan(8000);
    expect(took % 1000).toBeCloseTo(0);
  });
});

describe('theory', () => {
  it('of the first contact: a lone peer calls within the second for certain, many with 1 - 1/e', () => {
    expect(firstContact({ n: 2 })).toBeCloseTo(0.5);
    expect(firstContact({ n: 100_000 })).toBeCloseTo(1 - 1 / Math.E, 4);
  });

  it('of the spread grows by ln 10 / (2 calls a round) per factor of ten', () => {
    const last = (n: number) => newsSpread({ n, seeds: 3 }).last;
    expect(last(100_000) - last(10_000)).toBeCloseTo(Math.log(10), 2);
    expect(newsSpread({ n: 100, seeds: 3 }).median).toBeLessThan(last(100));
    expect(synsPerRound({ n: 10, seeds: 9 })).toBe(1);
  });
});

describe('the prototype of the spread', () => {
  const spreads = (n: number, change = {}) => {
    const draws = new Stream('spread', 'draws', 1);
    const draw = () => draws.draw(0);
    const options = { n, seeds: 1, latency: 0, arrival: 1, draw, ...change };
    return Array.from({ length: 2000 }, () => idealSpread(options));
  };
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('begins with the first contact of the closed form', () => {
    expect(mean(spreads(10).map(({ states }) => states))).toBeCloseTo(firstContact({ n: 10 }), 1);
  });

  it('of two nodes is over with the first call of either, and later with losses', () => {
    const late = spreads(2, { latency: 0.1 }).map(({ news }) => news[0]);
    expect(mean(late)).toBeCloseTo(0.5 + 0.1, 1); // the SYN comes at random, the news is in the ACK
    expect(mean(spreads(2, { arrival: 0.5 }).map(({ news }) => news[0]))).toBeGreaterThan(1);
  });
});
