import { describe, expect, test } from 'vitest';
import { HeartbeatTable } from '../../src/kernel/index.ts';
import { NaiveTable } from './model.ts';

/** A table of n nodes that have started at 0. */
function started(n: number): HeartbeatTable {
  const table = new HeartbeatTable(n);
  for (let node = 0; node < n; node++) table.start(node, 0);
  return table;
}

/** `from` tells `to` all it knows, at once. */
function tell(table: HeartbeatTable, from: number, to: number, now: number): number {
  const message = table.snapshot(from);
  const rose = table.merge(to, message, now);
  table.release(message);
  return rose;
}

const entry = (table: HeartbeatTable, node: number, subject: number) => [
  table.generation(node, subject),
  table.heartbeat(node, subject),
  table.news(node, subject),
];
const listed = (table: HeartbeatTable, count: number) =>
  Array.from(table.listed.subarray(0, count));

describe('a node', () => {
  test('knows itself only when it starts', () => {
    const table = started(3);
    expect(entry(table, 1, 1)).toEqual([1, 0, 0]);
    expect(entry(table, 1, 0)).toEqual([0, 0, Number.NaN]);
    expect(table.knows(1, 0)).toBe(false);
  });

  test('has one heartbeat more after a beat, and the time of it', () => {
    const table = started(2);
    table.beat(0, 1000);
    table.beat(0, 2000);
    expect(entry(table, 0, 0)).toEqual([1, 2, 2000]);
  });

  test('that restarts knows itself only, in a new generation', () => {
    const table = started(2);
    table.beat(0, 1000);
    tell(table, 1, 0, 1000);
    table.start(0, 3000);
    expect(entry(table, 0, 0)).toEqual([2, 0, 3000]);
    expect(table.knows(0, 1)).toBe(false);
  });

  test('whose clock goes back is a bug', () => {
    const table = started(1);
    table.beat(0, 1000);
    expect(() => table.beat(0, 999)).toThrow('the clock of node 0 went from 1000 back to 999 us');
  });
});

describe('a merge', () => {
  test('records when the news came, and leaves the time where nothing rose', () => {
    const table = started(2);
    table.beat(0, 1000);
    expect(tell(table, 0, 1, 1500)).toBe(1);
    expect(entry(table, 1, 0)).toEqual([1, 1, 1500]);
    expect(tell(table, 0, 1, 1700)).toBe(0);
    expect(table.news(1, 0)).toBe(1500);
  });

  test('lists the subjects that rose', () => {
    const table = started(4);
    tell(table, 1, 0, 10);
    tell(table, 3, 0, 20);
    const message = table.snapshot(0);
    const rose = table.mergeListing(2, message, 30);
    expect(listed(table, rose)).toEqual([0, 1, 3]);
  });

  test('lets no gossip of an old generation win', () => {
    const table = started(2);
    for (let i = 1; i < 100; i++) table.beat(0, i);
    const old = table.snapshot(0);
    table.start(0, 200);
    tell(table, 0, 1, 300);
    expect(table.merge(1, old, 400)).toBe(0);
    expect(entry(table, 1, 0)).toEqual([2, 0, 300]);
  });

  test('knows the generation and heartbeat of gossip that is generations old', () => {
    const table = started(2);
    for (let i = 1; i <= 5; i++) table.beat(0, i);
    const first = table.snapshot(0); // (1, 5)
    table.start(0, 10);
    table.beat(0, 11);
    const second = table.snapshot(0); // (2, 1)
    table.start(0, 20);
    table.merge(1, first, 30);
    expect(entry(table, 1, 0)).toEqual([1, 5, 30]);
    table.merge(1, second, 40);
    expect(entry(table, 1, 0)).toEqual([2, 1, 40]);
  });

  test('with the own row changes nothing', () => {
    const table = started(2);
    table.beat(0, 5);
    expect(tell(table, 0, 0, 7)).toBe(0);
    expect(table.news(0, 0)).toBe(5);
  });

  test('tells of a name without news, which any news beats', () => {
    const table = started(3);
    table.meet(0, 2, 10);
    expect(tell(table, 0, 1, 20)).toBe(2);
    expect(entry(table, 1, 2)).toEqual([0, 0, 20]);
    expect(tell(table, 2, 1, 30)).toBe(1);
    expect(entry(table, 1, 2)).toEqual([1, 0, 30]);
  });
});

describe('a message', () => {
  test('keeps what the row held when it was made', () => {
    const table = started(3);
    const message = table.snapshot(0);
    table.beat(0, 10);
    tell(table, 1, 0, 20);
    table.forget(0, 1);
    expect(table.entries(message)).toBe(1);
    table.merge(2, message, 30);
    expect(entry(table, 2, 0)).toEqual([1, 0, 30]);
    expect(table.knows(2, 1)).toBe(false);
  });

  test('is copied only if its row changes before the last one has taken it', () => {
    const table = started(2);
    const first = table.snapshot(0);
    table.merge(1, first, 10);
    table.release(first);
    table.beat(0, 20);
    expect(table.inFlight).toEqual({ messages: 0, copied: 0 });
    const second = table.snapshot(0);
    table.beat(0, 30);
    expect(table.inFlight).toEqual({ messages: 1, copied: 1 });
    table.release(second);
    expect(table.inFlight).toEqual({ messages: 0, copied: 0 });
  });

  test('of an unchanged row is the same message', () => {
    const table = started(2);
    const first = table.snapshot(0);
    const second = table.snapshot(0);
    expect(second).toBe(first);
    table.release(first);
    table.beat(0, 10);
    table.merge(1, second, 20);
    expect(entry(table, 1, 0)).toEqual([1, 0, 20]);
  });

  test('lives until each reference is given back, and no longer', () => {
    const table = started(2);
    const message = table.snapshot(0);
    table.retain(message);
    table.release(message);
    table.merge(1, message, 10);
    table.release(message);
    const sentence = `message ${message} was released before`;
    expect(() => table.merge(1, message, 20)).toThrow(sentence);
    expect(() => table.release(message)).toThrow(sentence);
    expect(() => table.retain(message)).toThrow(sentence);
    expect(() => table.entries(message)).toThrow(sentence);
  });

  test('can leave out what is stale', () => {
    const table = started(3);
    tell(table, 1, 0, 1000);
    tell(table, 2, 0, 5000);
    table.beat(0, 6000);
    expect(table.entries(table.snapshotFresh(0, 6000, 5000))).toBe(3); // 5000 is not more than 5000
    const message = table.snapshotFresh(0, 6001, 5000);
    expect(table.entries(message)).toBe(2);
    table.merge(1, message, 7000);
    expect(table.knows(1, 2)).toBe(true);
  });

  test('that leaves out nothing is the row itself', () => {
    const table = started(2);
    tell(table, 1, 0, 1000);
    tell(table, 1, 0, 5000); // an event that brought nothing
    table.beat(0, 7000);
    expect(table.snapshotFresh(0, 7000, 6000)).toBe(table.snapshot(0));
    table.beat(1, 7000);
    tell(table, 1, 0, 7000);
    expect(table.snapshotFresh(0, 9000, 3000)).toBe(table.snapshot(0));
  });

  test('can hold the subjects that are asked for', () => {
    const table = started(4);
    tell(table, 1, 0, 10);
    tell(table, 2, 0, 20);
    const message = table.snapshotOf(0, [3, 2, 0], 3);
    expect(table.entries(message)).toBe(2);
    const rose = table.mergeListing(3, message, 30);
    expect(listed(table, rose)).toEqual([2, 0]);
  });
});

describe('a scan', () => {
  test('lists the others whose news is older than the age', () => {
    const table = started(4);
    tell(table, 1, 0, 1000);
    tell(table, 2, 0, 2000);
    expect(listed(table, table.scan(0, 3000, 2000))).toEqual([]);
    expect(listed(table, table.scan(0, 3001, 2000))).toEqual([1]);
    expect(listed(table, table.scan(0, 9000, 2000))).toEqual([1, 2]);
  });

  test('does not list what was forgotten, until it is heard of again', () => {
    const table = started(2);
    tell(table, 1, 0, 1000);
    table.forget(0, 1);
    expect(table.scan(0, 9000, 2000)).toBe(0);
    tell(table, 1, 0, 9000);
    expect(entry(table, 0, 1)).toEqual([1, 0, 9000]);
    expect(table.scan(0, 12_000, 2000)).toBe(1);
  });
});

test('a pick goes round from where it is told, past what is absent or stale', () => {
  const table = started(5);
  tell(table, 1, 0, 1000);
  tell(table, 2, 0, 5000);
  tell(table, 4, 0, 5000);
  table.beat(0, 5500);
  expect(listed(table, table.pick(0, 2, 2, 6000, 2000))).toEqual([2, 4]);
  expect(listed(table, table.pick(0, 3, 9, 6000, 2000))).toEqual([4, 0, 2]);
});

describe('the laws of merging', () => {
  const know = (table: HeartbeatTable, node: number) =>
    Array.from({ length: table.n }, (_, subject) => entry(table, node, subject).slice(0, 2));

  /** Nodes 0, 1 and 2 have heard different things of 3 .. 6. */
  function three(): HeartbeatTable {
    const table = started(12);
    for (let now = 1; now <= 12; now++) {
      table.beat(3 + (now % 4), now);
      tell(table, 3 + (now % 4), (now * 7) % 3, now);
    }
    return table;
  }

  test('a second merge of a message changes nothing', () => {
    const table = three();
    const message = table.snapshot(0);
    expect(table.merge(1, message, 100)).toBeGreaterThan(0);
    const before = know(table, 1);
    expect(table.merge(1, message, 101)).toBe(0);
    expect(know(table, 1)).toEqual(before);
  });

  test('the order of merges, and what was merged before, do not matter', () => {
    const table = three();
    const [a, b, c] = [0, 1, 2].map((node) => table.snapshot(node));
    const merged = [
      [a, b, c],
      [c, b, a],
      [b, a, c],
    ].map((order, i) => {
      for (const message of order) table.merge(7 + i, message, 100);
      table.forget(7 + i, 7 + i); // the only entry in which they differ
      return know(table, 7 + i);
    });
    expect(merged[1]).toEqual(merged[0]);
    expect(merged[2]).toEqual(merged[0]);
    // (b into c) into a row is c into (b into it)
    table.merge(2, b, 110);
    const both = table.snapshot(2);
    table.merge(10, both, 120);
    table.merge(10, a, 120);
    table.forget(10, 10);
    expect(know(table, 10)).toEqual(merged[0]);
  });

  test('nothing falls', () => {
    const table = three();
    const before = know(table, 1);
    tell(table, 0, 1, 100);
    const isLess = ([g1, h1]: number[], [g2, h2]: number[]) => g1 < g2 || (g1 === g2 && h1 < h2);
    know(table, 1).forEach((after, subject) => {
      expect(isLess(after, before[subject])).toBe(false);
    });
  });
});

test('the naive model is not the table in disguise: it compares generations first', () => {
  const model = new NaiveTable(2);
  model.start(0, 0);
  model.beat(0, 1);
  const old = model.snapshot(0);
  model.start(0, 2);
  model.merge(1, model.snapshot(0), 3);
  expect(model.merge(1, old, 4)).toEqual([]);
});
