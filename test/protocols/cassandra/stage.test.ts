/** The gossip stage: a single server against Lindley's recursion, and what it does to a cluster. */
import { describe, expect, it } from 'vitest';
import { Stream } from '../../../src/base/stream.ts';
import type { Env } from '../../../src/engine/model.ts';
import { type CassandraMessage, ECHO } from '../../../src/protocols/cassandra/messages.ts';
import {
  GossipStage,
  MESSAGE,
  StageLog,
  type Task,
} from '../../../src/protocols/cassandra/stage.ts';
import { stageCostsOf } from '../../../src/protocols/cassandra/stage-costs.ts';
import { play } from './cluster.ts';

interface Arrival {
  readonly at: number;
  readonly own: number;
  readonly listeners: number;
}

/** When tasks take effect and when they are done, by the stage. */
function served(arrivals: readonly Arrival[]) {
  const timers: number[] = [];
  const effect: number[] = [];
  const done: number[] = [];
  let now = 0;
  const env = { n: 1, now: () => now, at: (_: number, time: number) => timers.push(time) };
  const stage = new GossipStage(
    env as unknown as Env<CassandraMessage>,
    {
      cost: (_node, task) => arrivals[task.other].own,
      apply(_node, task) {
        effect[task.other] = now;
        stage.owe(0, arrivals[task.other].listeners);
        return true;
      },
      answer: (_node, task) => {
        done[task.other] = now;
      },
      done: () => {},
    },
    new StageLog(1),
    0,
  );
  const until = (time: number) => {
    while (timers.length > 0 && timers[0] <= time) {
      now = timers.shift()!;
      stage.served(0);
    }
    now = time;
  };
  arrivals.forEach(({ at }, other) => {
    until(at);
    const task: Task = { kind: MESSAGE, other, arrived: at };
    stage.submit(0, task);
  });
  until(Infinity);
  return { effect, done };
}

/** The same by Lindley: a task begins when it has arrived and the one before is done. */
function byLindley(arrivals: readonly Arrival[]) {
  const effect: number[] = [];
  const done: number[] = [];
  arrivals.forEach(({ at, own, listeners }, i) => {
    effect[i] = Math.max(at, done[i - 1] ?? 0) + own;
    done[i] = effect[i] + listeners;
  });
  return { effect, done };
}

describe('one server, first come, first served', () => {
  const seed = 'stage';
  const stream = new Stream(seed, 'arrivals', 1);
  const whole = (below: number) => Math.floor(stream.draw(0) * below);

  it(`serves as Lindley says, seed ${seed}`, () => {
    for (let round = 0; round < 200; round++) {
      let at = 0;
      const arrivals = Array.from({ length: 1 + whole(30) }, () => {
        at += whole(6);
        return { at, own: whole(5), listeners: whole(2) * whole(8) };
      });
      expect(served(arrivals)).toEqual(byLindley(arrivals));
    }
  });
});

const base = { version: '4.1', seeds: [0], samples: 100 } as const;
const deaths = (heard: ReturnType<typeof play>['heard']) =>
  heard.filter(({ event }) => event === 'onDead').map(({ node, subject }) => [node, subject]);

describe('a stage that takes time', () => {
  it('that is never busy changes nothing but by its time', () => {
    const { heard, ground } = play({
      n: 4,
      options: { ...base, stage: {} },
      change: { horizonMs: 60_000 },
    });
    expect(deaths(heard)).toEqual([]);
    const [busy] = ground.stageLog.busy;
    // Some 6 messages a round, of 20 us and little more.
    expect(busy / 60).toBeGreaterThan(60);
    expect(busy / 60).toBeLessThan(600);
  });

  it('that is blocked looks dead, and convicts nobody', () => {
    const { heard } = play({
      n: 4,
      // Node 3, from 30 s on; its heartbeat leaves with the answer to every second message or so.
      options: {
        ...base,
        stage: { extraUs: (node, now) => (node === 3 && now > 30_000_000 ? 25_000_000 : 0) },
      },
      change: { horizonMs: 90_000 },
    });
    const verdicts = deaths(heard);
    expect(verdicts.filter(([, subject]) => subject === 3).map(([node]) => node)).toEqual(
      expect.arrayContaining([0, 1, 2]),
    );
    expect(verdicts.filter(([, subject]) => subject !== 3)).toEqual([]);
  });

  it('holds the round for each verdict: the heartbeat is that much later', () => {
    const rounds = (convictUs: number) => {
      const synced: number[] = [];
      const n = 12;
      play({
        n,
        options: { ...base, stage: { convictUs } },
        change: {
          faults: Array.from({ length: 6 }, (_, i) => ({
            atMs: 20_000,
            node: 6 + i,
            kind: 'crash' as const,
          })),
          horizonMs: 60_000,
          observers: [
            {
              onTimer(now, node, tag) {
                if (node === 1 && tag === 0) synced.push(now);
              },
            },
          ],
        },
      });
      return synced.slice(1).map((at, i) => (at - synced[i] - 1_000_000) / 1000);
    };
    const late = (convictUs: number) => rounds(convictUs).reduce((sum, ms) => sum + ms, 0);
    // Six verdicts of 200 ms, one after another; what comes on the stage meanwhile takes a few ms at most.
    expect(late(0)).toBeLessThan(10);
    expect(late(200_000)).toBeGreaterThanOrEqual(1200);
    expect(late(200_000)).toBeLessThan(1250);
  });

  it('costs k N^3 at each STATUS, with pending ranges', () => {
    const run = (pendingRangesNs: number) => {
      const n = 8;
      const { ground } = play({
        n,
        options: { ...base, members: n - 1, stage: { pendingRangesNs, listenerUs: 0, vnodeUs: 0 } },
        change: {
          faults: [
            { atMs: 0, node: n - 1, kind: 'absent' },
            { atMs: 10_000, node: n - 1, kind: 'restart' },
          ],
          horizonMs: 30_000,
        },
      });
      return ground.stageLog.busy[0];
    };
    // The joiner is heard of once, as BOOT, when 8 are known: 8^3 times 1 ms.
    expect(run(1_000_000) - run(0)).toBeGreaterThan(511_000);
    expect(run(1_000_000) - run(0)).toBeLessThan(513_000);
  });

  it('asks each endpoint of a message for an echo after the listeners of those before it', () => {
    const n = 6;
    const asked: number[] = [];
    play({
      n,
      options: { ...base, members: n - 1, stage: { listenerUs: 100_000, vnodeUs: 0 } },
      change: {
        faults: [
          { atMs: 0, node: n - 1, kind: 'absent' },
          { atMs: 10_000, node: n - 1, kind: 'restart' },
        ],
        observers: [
          {
            onSend(now, from, _to, { kind }) {
              if (from === n - 1 && kind === ECHO) asked.push(now);
            },
          },
        ],
        horizonMs: 20_000,
      },
    });
    // The joiner learns the five members from the first ACK to a SYN of its own.
    const gaps = asked.slice(1, 5).map((at, i) => at - asked[i]);
    expect(gaps).toEqual([100_000, 100_000, 100_000, 100_000]);
  });

  it('has costs that can be checked', () => {
    expect(() => stageCostsOf({ synUs: -1 })).toThrow('synUs');
    expect(() => stageCostsOf({ synMs: 1 } as never)).toThrow('must be one of synUs');
  });
});
