/** Runs of small clusters: life-cycle, targets, the guards of the status check. */
import { describe, expect, it } from 'vitest';
import {
  ALIVE,
  KNOWN,
  LIVE,
  RING,
  UNREACHABLE,
} from '../../../src/protocols/cassandra/endpoints.ts';
import { SYN } from '../../../src/protocols/cassandra/messages.ts';
import { seedProbability } from '../../../src/protocols/cassandra/targets.ts';
import { play } from './cluster.ts';

const base = { version: '4.1', seeds: [0], samples: 100 } as const;

describe('the shadow round', () => {
  const joins = (node: number, atMs: number) => [
    { atMs: 0, node, kind: 'absent' } as const,
    { atMs, node, kind: 'restart' } as const,
  ];

  it('of a node whose seeds are all down ends after 61 s, and the node stays away', () => {
    const { outcome, ground } = play({
      n: 2,
      options: { ...base, members: 1 },
      change: {
        faults: [{ atMs: 1, node: 0, kind: 'crash' }, ...joins(1, 2000)],
        horizonMs: 90_000,
      },
    });
    expect(outcome.traffic).toMatchObject({ sent: 13, dead: 13 }); // SYNs at 0, 5, ... 60 s
    expect(ground.endpoints.has(ground.endpoints.pair(1, 1), KNOWN)).toBe(false);
  });

  it('of a node that knows of nobody else is none at all', () => {
    const { ground } = play({
      n: 2,
      options: { ...base, members: 0, seeds: [1] },
      change: { faults: joins(1, 2000), horizonMs: 2500 },
    });
    const { endpoints } = ground;
    expect(endpoints.generation[endpoints.pair(1, 1)] % 100).toBe(2);
  });

  it.each([
    ['4.1', 6],
    ['trunk', 5],
  ] as const)('of %s is over when the node looks, or is woken: its generation', (version, sec) => {
    const { ground } = play({
      n: 2,
      options: { ...base, version },
      change: {
        faults: [
          { atMs: 100, node: 1, kind: 'crash' },
          { atMs: 5000, node: 1, kind: 'restart' },
        ],
        horizonMs: 6500,
      },
    });
    expect(ground.disk.generation[1]! % 100).toBe(sec);
  });

  it('of a seed that finds nobody ends after 31 s, and it goes on alone', () => {
    const { ground } = play({
      n: 2,
      options: { ...base, seeds: [0, 1], members: 1 },
      change: {
        faults: [{ atMs: 1, node: 0, kind: 'crash' }, ...joins(1, 2000)],
        horizonMs: 34_500,
      },
    });
    const self = ground.endpoints.pair(1, 1);
    expect(ground.endpoints.generation[self] % 100).toBe(33);
    expect(ground.endpoints.status(self)).toBe('BOOT');
  });

  it('of seeds that all start at once ends when each has said so, and they form a cluster', () => {
    const { ground, heard } = play({
      n: 2,
      options: { ...base, seeds: [0, 1], members: 0 },
      change: { horizonMs: 40_000 },
    });
    expect(
      heard
        .filter(({ event }) => event === 'onAlive')
        .map(({ node }) => node)
        .sort(),
    ).toEqual([0, 1]);
    expect(heard.every(({ atMs }) => atMs < 32_000)).toBe(true);
    for (const node of [0, 1])
      expect(ground.endpoints.status(ground.endpoints.pair(node, 1 - node))).toBe('NORMAL');
  });

  it('of trunk asks all peers on disk, and waits for a tenth of them', () => {
    const { lines } = play({
      n: 5,
      options: { ...base, version: 'trunk' },
      fromMs: 5000,
      change: {
        faults: [
          { atMs: 100, node: 4, kind: 'crash' },
          { atMs: 5000, node: 4, kind: 'restart' },
        ],
        horizonMs: 5030,
      },
    });
    const asked = lines.filter((line) => line.endsWith('<- n4 SYN '));
    expect(asked.map((line) => line.trim().split(/\s+/)[1])).toEqual(['n0', 'n1', 'n2', 'n3']);
  });
});

describe('who is forgotten', () => {
  it('a node that dies in its bootstrap, after 60 s in 4.1', () => {
    const { heard, ground } = play({
      n: 3,
      options: { ...base, members: 2, bootstrapMs: 60_000 },
      change: {
        faults: [
          { atMs: 0, node: 2, kind: 'absent' },
          { atMs: 1000, node: 2, kind: 'restart' },
          { atMs: 8000, node: 2, kind: 'crash' },
        ],
        horizonMs: 75_000,
      },
    });
    const evictions = heard.filter(({ event }) => event === 'evict');
    expect(evictions.map(({ node }) => node).sort()).toEqual([0, 1]);
    for (const { atMs } of evictions) {
      expect(atMs).toBeGreaterThan(64_000);
      expect(atMs).toBeLessThan(70_000);
    }
    expect(ground.endpoints.has(ground.endpoints.pair(0, 2), KNOWN)).toBe(false);
  });
});

describe('a restarted node', () => {
  it('takes those on its disk for dead and unreachable, and without news of any generation', () => {
    const { ground } = play({
      n: 3,
      options: base,
      change: {
        faults: [
          { atMs: 100, node: 2, kind: 'crash' },
          { atMs: 30_000, node: 2, kind: 'restart' },
        ],
        horizonMs: 31_000, // its shadow round is over at the first whole second
      },
    });
    const { endpoints } = ground;
    expect([endpoints.live[2], endpoints.unreachable[2]]).toEqual([0, 2]);
    const pair = endpoints.pair(2, 1);
    expect([endpoints.generation[pair], endpoints.heartbeatOf(pair)]).toEqual([0, -1]);
    expect(endpoints.has(pair, ALIVE) || endpoints.has(pair, LIVE)).toBe(false);
    expect(endpoints.has(pair, UNREACHABLE)).toBe(true);
    expect(ground.disk.generation[2]).toBe(endpoints.generation[endpoints.pair(2, 2)]);
  });
});

describe('an echo', () => {
  const run = (echoMs: number) => {
    const { heard, lines } = play({
      n: 2,
      options: base,
      fromMs: 3000,
      change: {
        faults: [
          { atMs: 2000, node: 1, kind: 'crash' },
          { atMs: 3000, node: 1, kind: 'restart' },
        ],
        // Echoes have no payload.
        link: () => ({ delay: (_from, _to, _now, bytes) => (bytes > 28 ? 20 : echoMs) * 1000 }),
        horizonMs: 27_000,
      },
    });
    const answers = lines.filter((line) => line.includes('n0 <- n1 ECHO_ANSWER')).length;
    return {
      answers,
      ups: heard.filter(({ event, node }) => event === 'onAlive' && node === 0).length,
    };
  };

  it('counts if its answer comes within 10 s of the question', () => {
    const { answers, ups } = run(4000);
    expect(ups).toBe(answers);
    expect(ups).toBeGreaterThan(0);
  });

  it('does not count later, and is not answered at all if the question itself takes longer', () => {
    const late = run(5500);
    expect(late.answers).toBeGreaterThan(0);
    expect(late.ups).toBe(0);
    expect(run(10_500)).toEqual({ answers: 0, ups: 0 });
  });
});

describe('a node that has said goodbye', () => {
  it('stays down although what it sent before arrives later: it does not answer the echo', () => {
    let echoes = 0;
    for (let atMs = 2000; atMs < 3000; atMs += 100) {
      const { heard, lines } = play({
        n: 2,
        options: { ...base, commands: [{ do: 'stop' }] },
        change: {
          workload: [{ atMs, node: 1, input: 0 }],
          // Messages with a payload are slow, so that some are overtaken by the goodbye.
          link: () => ({ delay: (_from, _to, _now, bytes) => (bytes > 28 ? 300_000 : 20_000) }),
          horizonMs: atMs + 1900,
        },
      });
      echoes += lines.filter((line) => line.includes('n1 <- n0 ECHO')).length;
      const about = heard.filter(({ node, subject }) => node === 0 && subject === 1);
      expect(about.map(({ event }) => event)).toEqual(['markAsShutdown', 'onDead']);
    }
    expect(echoes).toBeGreaterThan(0);
  });
});

describe('the status check', () => {
  it('is skipped while the stage is behind: who is blocked convicts nobody', () => {
    const slow = (atMs: number, serviceMs: number) =>
      ({ atMs, node: 0, kind: 'slow', serviceMs }) as const;
    const { heard } = play({
      n: 3,
      options: base,
      change: { faults: [slow(5000, 50_000), slow(6000, 0)], horizonMs: 54_000 },
    });
    const verdicts = heard.filter(({ event }) => event === 'onDead');
    expect(verdicts.map(({ node, subject }) => [node, subject]).sort()).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });
});

describe('the targets of rounds', () => {
  it('are one live node each, and a seed with S/L where that was none', () => {
    const n = 6;
    const rounds = 400;
    let [all, toSeed] = [0, 0];
    play({
      n,
      options: base,
      change: {
        horizonMs: rounds * 1000,
        checked: false,
        observers: [
          {
            onSend(_now, from, to, message) {
              if (message.kind !== SYN || from === 0) return;
              all++;
              if (to === 0) toSeed++;
            },
          },
        ],
      },
    });
    // Of the n-1 nodes that are no seed: 1/L to the seed, and else with S/L once more.
    const live = n - 1;
    const senders = (n - 1) * rounds;
    const again = (1 - 1 / live) * seedProbability(live, 0, 1, false);
    const sd = Math.sqrt(senders / 4); // at most, for counts of coins
    expect(Math.abs(all - senders * (1 + again))).toBeLessThan(4.3 * sd);
    expect(Math.abs(toSeed - senders * (1 / live + again))).toBeLessThan(4.3 * sd);
  });
});

describe('the unreachable target of a round', () => {
  it('is nobody in a dead state', () => {
    const { lines } = play({
      n: 3,
      options: { ...base, seeds: [0], commands: [{ do: 'removenode', victim: 2 }] },
      fromMs: 72_000, // by then it is removing, and still in the set of unreachable endpoints
      change: {
        workload: [{ atMs: 40_000, node: 0, input: 0 }],
        faults: [{ atMs: 1000, node: 2, kind: 'crash' }],
        horizonMs: 90_000,
      },
    });
    expect(lines.filter((line) => line.includes('n1 <- n0 SYN'))).not.toEqual([]);
    expect(lines.filter((line) => line.includes('n2 <-'))).toEqual([]);
  });
});

describe('a short run', () => {
  const run = (shortRun: boolean, horizonMs: number) =>
    play({
      n: 4,
      options: { ...base, shortRun, samples: 60 },
      change: { faults: [{ atMs: 20_000, node: 3, kind: 'crash' }], horizonMs },
    });

  it('is the same without the samples', () => {
    const { outcome, heard } = run(true, 55_000);
    expect(outcome.hash).toBe(run(false, 55_000).outcome.hash);
    expect(heard.filter(({ event }) => event === 'onDead')).toHaveLength(3);
  });

  it('must be short', () => {
    expect(() => run(true, 100_000)).toThrow('must be shorter than 60 rounds');
  });
});

describe('local load', () => {
  it('is published after 2 s and then each 60 s', () => {
    const { heard } = play({
      n: 2,
      options: { ...base, load: (node, now) => `${node}:${now}` },
      change: { horizonMs: 70_000 },
    });
    const times = heard
      .filter(({ event, node }) => event === 'onChange' && node === 0)
      .map(({ atMs }) => atMs);
    expect(times).toHaveLength(2);
    expect(times[0]).toBeGreaterThan(2000);
    expect(times[0]).toBeLessThan(4000);
    expect(times[1] - times[0]).toBeGreaterThan(58_000);
  });
});

describe('leaving', () => {
  const status = (ground: ReturnType<typeof play>['ground'], node: number, subject: number) =>
    ground.endpoints.status(ground.endpoints.pair(node, subject));
  const order = (command: object, node: number, atMs: number) => ({
    options: { ...base, commands: [command] } as never,
    workload: [{ atMs, node, input: 0 }],
  });

  it('by decommission: LEAVING, after 30 s LEFT, and nobody gossips with it any more', () => {
    const { options, workload } = order({ do: 'decommission' }, 2, 1000);
    const at = (horizonMs: number) => play({ n: 3, options, change: { workload, horizonMs } });
    expect(status(at(29_000).ground, 0, 2)).toBe('LEAVING');
    const { ground, heard } = at(75_000);
    const { endpoints } = ground;
    expect([status(ground, 0, 2), status(ground, 1, 2)]).toEqual(['LEFT', 'LEFT']);
    expect([endpoints.live[0], endpoints.live[1]]).toEqual([1, 1]);
    expect(endpoints.has(endpoints.pair(0, 2), RING)).toBe(false);
    expect(endpoints.expiry[0].get(2)).toBe(259_231_000_000);
    expect(heard.filter(({ event, node }) => event === 'onRemove' && node < 2)).toHaveLength(2);
  });

  const dies = [{ atMs: 1000, node: 2, kind: 'crash' }] as const;

  it('by removenode: two lives later, removing and then removed', () => {
    const { options, workload } = order({ do: 'removenode', victim: 2 }, 0, 40_000);
    const { ground } = play({
      n: 3,
      options,
      change: { workload, faults: dies, horizonMs: 105_000 },
    });
    const pair = ground.endpoints.pair(1, 2);
    expect(status(ground, 1, 2)).toBe('removed');
    expect(ground.endpoints.generation[pair] - ground.endpoints.generation[0]).toBe(2);
    expect(ground.endpoints.has(pair, RING)).toBe(false);
  });

  it('not by removenode of who comes back meanwhile', () => {
    const { options, workload } = order({ do: 'removenode', victim: 2 }, 0, 40_000);
    const faults = [...dies, { atMs: 50_000, node: 2, kind: 'restart' } as const];
    const { ground } = play({ n: 3, options, change: { workload, faults, horizonMs: 105_000 } });
    expect([status(ground, 0, 2), status(ground, 1, 2)]).toEqual(['NORMAL', 'NORMAL']);
  });

  it('by assassination of who is dead: LEFT, a life later', () => {
    const { options, workload } = order({ do: 'assassinate', victim: 2 }, 0, 40_000);
    const { ground } = play({
      n: 3,
      options,
      change: { workload, faults: dies, horizonMs: 75_000 },
    });
    expect([status(ground, 0, 2), status(ground, 1, 2)]).toEqual(['LEFT', 'LEFT']);
  });

  it('by assassination even of who is alive, as nothing is heard of it meanwhile; the assassin is convicted', () => {
    const { options, workload } = order({ do: 'assassinate', victim: 2 }, 0, 10_000);
    const { ground, heard } = play({ n: 3, options, change: { workload, horizonMs: 45_000 } });
    expect(status(ground, 0, 2)).toBe('LEFT');
    const convicted = heard.filter(({ event, subject }) => event === 'onDead' && subject === 0);
    expect(convicted.map(({ node }) => node).sort()).toEqual([1, 2]);
  });

  it('by assassination of who is unknown: made up, a minute ahead', () => {
    const { options, workload } = order({ do: 'assassinate', victim: 2 }, 0, 1000);
    const absent = [{ atMs: 0, node: 2, kind: 'absent' }] as const;
    const unknown = { ...(options as object), members: 2 } as never;
    const { ground } = play({
      n: 3,
      options: unknown,
      change: { workload, faults: absent, horizonMs: 8000 },
    });
    const pair = ground.endpoints.pair(1, 2);
    const { generation } = ground.endpoints;
    expect(status(ground, 1, 2)).toBe('LEFT');
    expect([generation[pair] - generation[0], ground.endpoints.heartbeatOf(pair)]).toEqual([
      61, 9999,
    ]);
  });
});
