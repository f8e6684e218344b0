/** The parts of the heartbeat protocol: lists, partners by level, broadcasts, sets of pairs, options. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NodeId } from '../../../src/engine/model.ts';
import { streamsOf } from '../../../src/engine/streams.ts';
import { HeartbeatTable } from '../../../src/kernel/index.ts';
import { Bits } from '../../../src/protocols/heartbeat/bits.ts';
import { exponentFor, meanSilence } from '../../../src/protocols/heartbeat/broadcast.ts';
import { Levels } from '../../../src/protocols/heartbeat/levels.ts';
import { Lists } from '../../../src/protocols/heartbeat/lists.ts';
import { kindOf, listOf, message } from '../../../src/protocols/heartbeat/messages.ts';
import { type HeartbeatOptions, settingsOf } from '../../../src/protocols/heartbeat/options.ts';
import { partnersOf } from '../../../src/protocols/heartbeat/partners.ts';
import { RecordingEnv } from '../../support/recording-env.ts';
import { HeartbeatStage } from './stage.ts';

/** An environment with luck of its own. */
class LuckyEnv extends RecordingEnv<number> {
  readonly #luck = streamsOf('parts', 10).stream('luck');
  override draw(): number {
    return this.#luck.draw(0);
  }
}

/** Hypothesis: it happens with probability p. Two-sided at alpha 1e-5 (z = 4.42); 4096 trials tell 1/12 from 1/8. */
function expectShare(happened: number, trials: number, p: number): void {
  expect(Math.abs(happened / trials - p)).toBeLessThan(4.42 * Math.sqrt((p * (1 - p)) / trials));
}

it('a message is its kind and its list', () => {
  for (const kind of [0, 1, 2, 3]) {
    expect([kindOf(message(kind, 12345)), listOf(message(kind, 12345))]).toEqual([kind, 12345]);
  }
});

it('bits are a set of subjects per node', () => {
  const subjects = fc.array(fc.integer({ min: 0, max: 69 }), { maxLength: 60 });
  fc.assert(
    fc.property(subjects, subjects, (added, removed) => {
      const bits = new Bits(70);
      const model = new Set<number>();
      for (const s of added) expect(bits.add(1, s)).toBe(!model.has(s) && !!model.add(s));
      for (const s of removed) expect(bits.remove(1, s)).toBe(model.delete(s));
      const found: number[] = [];
      for (let s = bits.next(1, 0); s < 70; s = bits.next(1, s + 1)) found.push(s);
      expect(found).toEqual([...model].sort((a, b) => a - b));
      expect([bits.count(1), bits.count(0), bits.next(0, 0)]).toEqual([model.size, 0, 70]);
    }),
    { seed: 3 },
  );
});

it.each([1, 31, 32, 33, 70])('all of %d but the node itself are added at once', (n) => {
  const bits = new Bits(n);
  bits.addOthers(n - 1);
  const found: number[] = [];
  for (let s = bits.next(n - 1, 0); s < n; s = bits.next(n - 1, s + 1)) found.push(s);
  expect(found).toEqual(Array.from({ length: n - 1 }, (_, s) => s));
  expect(bits.count(n - 1)).toBe(n - 1);
});

describe('parts of lists', () => {
  const FAIL = 1000;

  /** The lists that node 2 of 6 sends: who is in each. */
  function sent(entries: 'round-robin' | 'random', maxEntries: number, messages: number) {
    const table = new HeartbeatTable(6);
    table.start(2, 0);
    table.meet(2, 4, 0);
    for (const s of [0, 1, 3, 5]) table.meet(2, s, 500);
    table.beat(2, 1000);
    const lists = new Lists(new LuckyEnv({ n: 6 }), table, { maxEntries, entries, fail: FAIL });
    return Array.from({ length: messages }, () => {
      const list = lists.make(2, 1000);
      table.start(5, 1000);
      table.mergeListing(5, list, 1000);
      const inside = [0, 1, 2, 3, 4].filter((s) => table.knows(5, s));
      table.release(list);
      return inside;
    });
  }

  it('round robin: the own entry, and the others in turn, without those that have failed', () => {
    // 5 is in turn as well, but not seen here: it is the reader.
    expect(sent('round-robin', 3, 4)).toEqual([
      [0, 1, 2],
      [2, 3],
      [0, 1, 2],
      [2, 3],
    ]);
  });

  it('one entry is the own entry', () => {
    expect(sent('round-robin', 1, 2)).toEqual([[2], [2]]);
    expect(sent('random', 1, 2)).toEqual([[2], [2]]);
  });

  it('at random: the own entry, and each other with the same probability', () => {
    const lists = sent('random', 3, 4096);
    expect(lists.every((inside) => inside.includes(2) && !inside.includes(4))).toBe(true);
    for (const s of [0, 1, 3]) {
      expectShare(lists.filter((inside) => inside.includes(s)).length, 4096, 1 / 2); // 2 of the 4 others
    }
  });

  it('a budget of bytes is a number of entries', () => {
    const settings = (options: Partial<HeartbeatOptions>) =>
      settingsOf({ failMs: 1, ...options }, 10).maxEntries;
    expect(settings({ messageBytes: 100 })).toBe(8);
    expect(settings({ messageBytes: 100, entryBytes: 8 })).toBe(12);
    expect(settings({})).toBe(Infinity);
  });
});

describe('partners', () => {
  it('are members that the node trusts, different ones, each as often', () => {
    const trusted = [1, 3, 4];
    const env = new LuckyEnv({ n: 6 });
    const partners = partnersOf(env, (_, other) => trusted.includes(other), 'members', 2);
    const count = new Map<NodeId, number>();
    for (let i = 0; i < 3000; i++) {
      const [one, other] = [...(partners(0) as Int32Array)];
      expect(one).not.toBe(other);
      for (const node of [one, other]) count.set(node, (count.get(node) ?? 0) + 1);
    }
    expect([...count.keys()].sort()).toEqual(trusted);
    for (const times of count.values()) expectShare(times, 3000, 2 / 3);
  });

  it('are nobody where too few are trusted', () => {
    const partners = partnersOf(new LuckyEnv({ n: 6 }), (_, other) => other === 5, 'members', 2);
    expect([...(partners(0) as Int32Array)]).toEqual([5, -1]);
  });

  it('of several levels: 1/n_i of the gossip leaves the subnet, 1/(n_i m_i) the domain', () => {
    // Domain 0: subnets of 4, 2 and 2 members; domain 1: one subnet of 2.
    const subnetOf = [0, 0, 0, 0, 1, 1, 2, 2, 0, 0];
    const domainOf = (node: NodeId) => (node < 8 ? 0 : 1);
    const levels = new Levels(new LuckyEnv({ n: 10 }), (node) => ({
      subnet: subnetOf[node],
      domain: domainOf(node),
    }));
    const times = { home: 0, near: 0, far: 0 };
    const ROUNDS = 4096;
    for (let i = 0; i < ROUNDS; i++) {
      const [first] = levels.pick(0);
      if (domainOf(first) === 1) times.far++;
      else if (subnetOf[first] === 0) times.home++;
      else times.near++;
    }
    expectShare(times.near, ROUNDS, 1 / 4);
    expectShare(times.far, ROUNDS, 1 / 12);
    expectShare(times.home, ROUNDS, 1 - 1 / 4 - 1 / 12);
  });
});

describe('broadcasts', () => {
  const TIMES = { everyMs: 1000, mostMs: 20_000, expectedMs: 10_000 };

  it('have the exponents that are remembered from the paper', () => {
    expect(exponentFor(10, TIMES)).toBeCloseTo(4.764, 3);
    expect(exponentFor(1000, TIMES)).toBeCloseTo(10.43, 2);
    expect(meanSilence(50, exponentFor(50, TIMES), TIMES)).toBeCloseTo(10_000, 3);
  });

  it('come with the probability of the silence before, and each one heard makes the coin start again', () => {
    const stage = new HeartbeatStage(10, { failMs: 1e6, broadcast: true, knows: [] });
    stage.start(0, 1);
    stage.pass(10_000);
    const half = 0.5 ** exponentFor(10, TIMES);
    stage.draws.push(half * 1.0001);
    stage.timer(0, 1);
    expect(stage.post).toEqual([]);
    stage.draws.push(half * 0.9999);
    stage.timer(0, 1);
    expect(stage.post.map(({ to }) => to)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    stage.arrives(3);
    stage.pass(5000);
    for (const node of [0, 1]) {
      stage.draws.push(half);
      stage.post.length = 0;
      stage.timer(node, 1); // 5 s after the last, the probability is below that at 10 s
      expect(stage.post).toEqual([]);
    }
    expect(stage.timers.filter(([, , tag]) => tag === 1)).toHaveLength(2 + 4);
  });
});

describe('options', () => {
  it.each<[Partial<HeartbeatOptions>, string]>([
    [{ failMs: 0 }, 'heartbeat: failMs must be a number above 0; got 0'],
    [{ cleanupMs: 5 }, 'heartbeat: cleanupMs must be a number at least 10 and finite; got 5'],
    [{ fanout: 0 }, 'heartbeat: fanout must be a whole number in 1..4; got 0'],
    [{ maxEntries: 0 }, 'heartbeat: maxEntries must be a whole number at least 1; got 0'],
    [
      { messageBytes: 11 },
      'heartbeat: messageBytes must be a number at least 12 and finite; got 11',
    ],
    [{ maxEntries: 2, messageBytes: 50 }, 'heartbeat: maxEntries and messageBytes must not both'],
    [{ exchange: 'shout' as never }, 'heartbeat: exchange must be "push" or "pull" or "push-pull"'],
    [{ broadcast: { mostMs: 500 } }, 'heartbeat: broadcast.mostMs must be a number at least 1000'],
  ])('%o is refused', (options, sentence) => {
    expect(() => settingsOf({ failMs: 10, ...options }, 4)).toThrow(sentence);
  });

  it('a contact outside the population is refused', () => {
    const stage = new HeartbeatStage(3, { failMs: 10, knows: [3] });
    expect(() => stage.start(0)).toThrow(
      'heartbeat: a contact of node 0 must be a whole number in 0..2; got 3',
    );
  });
});
