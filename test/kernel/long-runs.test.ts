/** What short programmes do not reach: numbers that no longer fit into a lane. */
import { describe, expect, test } from 'vitest';
import { bytesOf, HeartbeatTable } from '../../src/kernel/index.ts';
import { allocated, type Beside, checkedSize, layoutOf } from '../../src/kernel/layout.ts';
import { Versions } from '../../src/kernel/versions.ts';
import { Pair } from './programme.ts';

const KERNELS = ['wasm', 'ts'] as const;

/** Push gossip on a ring with long jumps, for so many rounds; nodes in `silent` neither beat nor hear. */
function gossip(pair: Pair, n: number, rounds: number, silent: readonly number[] = []): void {
  for (let round = 0; round < rounds; round++) {
    for (let node = 0; node < n; node++) {
      if (silent.includes(node)) continue;
      pair.step({ kind: 'beat', node, other: 0, elapsed: 100 });
      pair.step({ kind: round % 7 ? 'send' : 'sendSome', node, other: 341, elapsed: 1 });
      const to = (node + 1 + ((round * round) % (n - 1))) % n;
      const kind = round % 2 ? 'arrive' : 'arriveListing';
      pair.step({ kind: silent.includes(to) ? 'lose' : kind, node: to, other: 0, elapsed: 10 });
    }
  }
}

describe.each(KERNELS)('with kernel %s', (kernel) => {
  test('lanes of one byte serve any number of beats while all keep up', () => {
    const pair = new Pair(6, { kernel });
    const early = pair.table.snapshot(0);
    pair.step({ kind: 'beat', node: 0, other: 0, elapsed: 1 }); // now the message has a copy
    const lists = [0, 1].map(() => pair.table.snapshotOf(0, [0], 1));
    for (const message of [early, ...lists]) pair.table.release(message);
    gossip(pair, 6, 999);
    pair.step({ kind: 'beat', node: 3, other: 0, elapsed: 1 });
    expect(pair.table.width).toBe(1);
    expect(pair.table.heartbeat(3, 3)).toBe(1000);
    pair.expectSame();
  });

  test('lanes widen when someone holds what is 250 beats old', () => {
    const pair = new Pair(6, { kernel });
    gossip(pair, 6, 20);
    gossip(pair, 6, 300, [5]);
    expect(pair.table.width).toBe(2);
    expect(pair.table.heartbeat(5, 0)).toBeLessThan(21);
    pair.expectSame();
  });

  test('messages in flight survive the widening, whatever they are', () => {
    const pair = new Pair(6, { kernel });
    gossip(pair, 6, 20);
    for (const kind of ['send', 'sendSome', 'sendFresh']) {
      pair.step({ kind, node: 0, other: 1023, elapsed: 1 });
    }
    for (let i = 0; i < 5; i++) pair.step({ kind: 'beats', node: 0, other: 0, elapsed: 1 });
    expect(pair.table.width).toBe(2);
    for (const node of [1, 2, 3]) pair.step({ kind: 'arrive', node, other: 0, elapsed: 1 });
    pair.expectSame();
  });

  test('a list of old versions in flight holds back the lowering', () => {
    const pair = new Pair(3, { kernel });
    pair.step({ kind: 'sendSome', node: 0, other: 1023, elapsed: 1 });
    // Node 0 is ahead of its own message only: no row holds an old version.
    for (let i = 0; i < 3; i++) pair.step({ kind: 'beats', node: 0, other: 0, elapsed: 1 });
    pair.step({ kind: 'arrive', node: 1, other: 0, elapsed: 1 });
    expect(pair.table.heartbeat(1, 0)).toBe(0);
    pair.expectSame();
  });

  test('names without news survive the lowering', () => {
    const pair = new Pair(4, { kernel });
    pair.both((it) => it.meet(1, 0, 1));
    for (let i = 0; i < 9; i++) pair.step({ kind: 'beats', node: 0, other: 0, elapsed: 1 });
    expect(pair.table.width).toBe(1);
    expect(pair.table.knows(1, 0)).toBe(true);
    pair.expectSame();
  });

  test('a node that starts when others have beaten for long starts with heartbeat 0', () => {
    const table = new HeartbeatTable(2, { kernel });
    table.start(0, 0);
    for (let i = 1; i <= 600; i++) table.beat(0, i);
    table.start(1, 700);
    table.beat(1, 800);
    expect(table.width).toBe(1);
    expect([table.generation(1, 1), table.heartbeat(1, 1)]).toEqual([1, 1]);
    expect([table.generation(0, 0), table.heartbeat(0, 0)]).toEqual([1, 600]);
  });

  test('a node that nobody knows, and one that restarts after long, start with room', () => {
    const pair = new Pair(3, { kernel });
    for (let life = 0; life < 600; life++) {
      pair.step({ kind: 'restart', node: life % 2, other: 0, elapsed: 1 });
    }
    expect(pair.table.width).toBe(1);
    expect(pair.table.generation(0, 0)).toBe(301);
    pair.expectSame();
  });

  test('lanes widen again beyond 65,000 beats', () => {
    const table = new HeartbeatTable(2, { kernel });
    table.start(0, 0);
    table.start(1, 0);
    const old = table.snapshot(0);
    for (let i = 1; i <= 70_000; i++) table.beat(0, i);
    expect(table.width).toBe(4);
    table.merge(1, old, 1);
    expect([table.heartbeat(0, 0), table.heartbeat(1, 0)]).toEqual([70_000, 0]);
  });

  test('news times stay exact when each entry has one of its own', () => {
    const n = 700; // more than a lane of one byte can number, more than a row has room for at first
    const table = new HeartbeatTable(n, { kernel });
    for (let node = 0; node < n; node++) table.start(node, 0);
    const heard = new Map<number, number>(); // subject -> us
    const age = 1000 * (n - 5);
    for (let round = 0; round < 3; round++) {
      for (let node = 1; node < n; node++) {
        const now = 1000 * (round * n + node) + (node % 7);
        table.beat(node, now);
        const message = table.snapshot(node);
        table.merge(0, message, now);
        table.release(message);
        heard.set(node, now);
        if (node % 50 > 0) continue;
        const old = [...heard].filter(([, news]) => now - news > age);
        expect(table.scan(0, now, age)).toBe(old.length);
      }
    }
    expect(table.width).toBe(2);
    expect(table.scan(0, 1000 * 3 * n, age)).toBeGreaterThan(1);
    for (const [subject, news] of heard) expect(table.news(0, subject)).toBe(news);
  });

  test('room for copied messages grows with them', () => {
    const table = new HeartbeatTable(3, { kernel });
    for (let node = 0; node < 3; node++) table.start(node, 0);
    const sent = [];
    for (let i = 1; i <= 100; i++) {
      table.beat(0, i);
      sent.push(table.snapshot(0));
    }
    expect(table.inFlight).toEqual({ messages: 100, copied: 99 });
    table.merge(1, sent[0], 200);
    expect(table.heartbeat(1, 0)).toBe(1);
    table.merge(2, sent[98], 200);
    expect(table.heartbeat(2, 0)).toBe(99);
    for (const message of sent) table.release(message);
    expect(table.inFlight).toEqual({ messages: 0, copied: 0 });
  });
});

describe('limits', () => {
  test('a version beyond 32 bits is refused, not wrapped', () => {
    const versions = new Versions(1);
    versions.latest[0] = 2 ** 32 - 2;
    expect(versions.next(0)).toBe(2 ** 32 - 1);
    expect(() => versions.next(0)).toThrow('node 0 has beaten 2^32 times');
  });

  test('a table above 4 GiB is refused with what to lower', () => {
    expect(() => new HeartbeatTable(50_000)).toThrow(
      /^heartbeat table: it must fit in 4 GiB; got \d\.\d GiB for n = 50000 with 1-byte entries\. Lower n$/,
    );
  });

  test('what does not fit beside the rows is named, with what to lower', () => {
    const layout = layoutOf(40_000, 1);
    const refusal = (beside: Beside) => () => checkedSize(2 ** 32, layout, 40_000, beside);
    const head = 'it must fit in 4 GiB; got 4.0 GiB for n = 40000 with 1-byte entries and';
    expect(refusal('messages in flight')).toThrow(`${head} messages in flight. Lower n or the lat`);
    expect(refusal('what is put off')).toThrow(`${head} what is put off. Lower n or the horizon`);
    expect(checkedSize(2 ** 31, layout, 40_000, 'what is put off')).toBe(2 ** 31);
  });

  test('a record for which the machine has no memory is refused, not thrown about', () => {
    const full = () => {
      throw new RangeError('Array buffer allocation failed');
    };
    expect(() => allocated(3 * 2 ** 30, 1000, full)).toThrow(
      'heartbeat table: this machine must have 3072 MiB for it; got fewer (n = 1000). Lower n',
    );
    const broken = () => allocated(1, 1, () => JSON.parse('{'));
    expect(broken).toThrow(SyntaxError);
  });

  test('a table of no nodes is refused', () => {
    expect(() => new HeartbeatTable(0)).toThrow('heartbeat table: n must be a whole number');
  });

  test('the bytes are declared: two a pair with lanes of one byte', () => {
    expect(bytesOf(10_000) / 1e8).toBeGreaterThan(2);
    expect(bytesOf(10_000) / 1e8).toBeLessThan(2.7);
    expect(bytesOf(10_000, 2) / 1e8).toBeLessThan(4.8);
    const table = new HeartbeatTable(500);
    expect(table.bytes).toBeLessThanOrEqual(bytesOf(500));
  });

  test('and with them what is put off', () => {
    const n = 300;
    const table = new HeartbeatTable(n, { later: () => {} });
    for (let node = 0; node < n; node++) table.start(node, 0);
    expect(table.heartbeat(1, 0)).toBe(0);
    for (let round = 1; round < 40; round++) {
      for (let node = 0; node < n; node++) {
        const message = table.snapshot(node);
        table.mergeLater((node + round) % n, message, round);
        table.release(message);
        table.beat(node, round);
      }
    }
    expect(table.bytes).toBeGreaterThan(2 * n ** 2 + 16 * 40 * n);
    expect(table.bytes).toBeLessThanOrEqual(bytesOf(n));
  });
});
