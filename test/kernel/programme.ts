/** Random programmes for heartbeat tables: generated, and run on a table and on the naive model side by side. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { firstMark, secondMark } from '../../src/engine/hash.ts';
import { HeartbeatTable, type TableOptions, type Told } from '../../src/kernel/index.ts';
import { type Entry, NaiveTable } from './model.ts';

/** Numbers are taken modulo what there is to choose from. */
export interface Step {
  readonly kind: string;
  readonly node: number;
  readonly other: number;
  readonly elapsed: number; // us since the step before
}

const KINDS = [
  ['beat', 6],
  ['beats', 1], // a hundred at once, so that lanes of one byte fill
  ['send', 6],
  ['sendFresh', 2],
  ['sendSome', 2],
  ['arrive', 9],
  ['arriveListing', 3],
  ['arriveLater', 9], // as 'arrive' where the table puts nothing off
  ['lose', 1],
  ['forget', 2],
  ['meet', 1],
  ['meetAll', 1],
  ['restart', 1],
  ['scan', 2],
  ['pick', 1],
] as const;

export const steps = (maxLength: number) =>
  fc.array(
    fc.record({
      kind: fc.oneof(
        ...KINDS.map(([kind, weight]) => ({ arbitrary: fc.constant(kind as string), weight })),
      ),
      node: fc.nat(1000),
      other: fc.nat(1000),
      elapsed: fc.oneof(fc.constant(0), fc.nat(100), fc.nat(100_000)),
    }),
    { maxLength, size: 'max' },
  );

const AGE = 60_000; // us, of scans and of what is fresh

/** First news that merges brought: whose, when, of how many, and the sums of their marks. */
type News = [node: number, time: number, count: number, first: number, second: number];

export class Pair {
  readonly table: HeartbeatTable;
  readonly model: NaiveTable;
  /** As the table tells of it, and as it was. */
  readonly told: News[] = [];
  readonly news: News[] = [];
  readonly #n: number;
  /** In flight: a handle, the naive message, and the entries it had when it was made. */
  readonly #sent: { handle: number; copy: ReturnType<NaiveTable['snapshot']> }[] = [];
  #now = 0;

  /** @param defers whether the table may put merges off. */
  constructor(n: number, options: TableOptions, defers = false) {
    this.#n = n;
    const later: Told = (node, time, { count, first, second }) =>
      this.told.push([node, time, count, first, second]);
    this.table = new HeartbeatTable(n, defers ? { later, ...options } : options);
    this.model = new NaiveTable(n);
    for (let node = 0; node < n; node++) this.both((it) => it.start(node, 0));
  }

  run(programme: readonly Step[]): void {
    for (const step of programme) this.step(step);
    this.table.finish();
    expect(this.told).toEqual(this.news);
    this.expectSameRows();
    this.expectSame();
    expect(this.told).toEqual(this.news); // and not again
  }

  expectSameRows(): void {
    const nodes: number[] = [];
    this.table.eachNode((node, heartbeatOf) => {
      nodes.push(node);
      const row = this.model.rows.map((_, subject) => heartbeatOf(subject));
      const naive = row.map((_, subject) => this.model.rows[node].get(subject)?.heartbeat ?? 0);
      expect(row).toEqual(naive);
    });
    expect(nodes).toEqual(this.model.rows.map((_, node) => node));
  }

  /** Gives back all messages in flight. */
  dropAll(): void {
    for (const { handle } of this.#sent.splice(0)) this.table.release(handle);
  }

  step({ kind, node: anyNode, other, elapsed }: Step): void {
    const { table, model } = this;
    const node = anyNode % this.#n;
    const subject = other % this.#n;
    const now = (this.#now += elapsed);
    if (kind === 'beat') this.both((it) => it.beat(node, now));
    else if (kind === 'beats') for (let i = 0; i < 100; i++) this.both((it) => it.beat(node, now));
    else if (kind === 'forget') {
      if (subject !== node) this.both((it) => it.forget(node, subject));
    } else if (kind === 'meet') this.both((it) => it.meet(node, subject, now));
    else if (kind === 'meetAll') this.both((it) => it.meetAll(node, now));
    else if (kind === 'restart') this.both((it) => it.start(node, now));
    else if (kind === 'send') this.#send(table.snapshot(node), model.snapshot(node));
    else if (kind === 'sendFresh') {
      this.#send(table.snapshotFresh(node, now, AGE), model.snapshotFresh(node, now, AGE));
    } else if (kind === 'sendSome') {
      const some = Array.from({ length: this.#n }, (_, i) => i).filter(
        (i) => (other >> (i % 10)) & 1,
      );
      this.#send(table.snapshotOf(node, some, some.length), model.snapshotOf(node, some));
    } else if (kind === 'scan') {
      expect(this.#listed(table.scan(node, now, AGE))).toEqual(model.scan(node, now, AGE));
    } else if (kind === 'pick') {
      const picked = this.#listed(table.pick(node, subject, 3, now, AGE));
      expect(picked).toEqual(model.pick(node, subject, 3, now, AGE));
    } else this.#take(kind, node, other, now);
  }

  expectSame(): void {
    for (let node = 0; node < this.#n; node++) {
      const row = Array.from({ length: this.#n }, (_, subject) => this.#entry(node, subject));
      const naive = row.map((_, subject) => this.model.rows[node].get(subject));
      expect(row).toEqual(naive);
    }
    for (const { handle, copy } of this.#sent) expect(this.table.entries(handle)).toBe(copy.size);
  }

  both(act: (it: HeartbeatTable | NaiveTable) => void): void {
    act(this.table);
    act(this.model);
  }

  #entry(node: number, subject: number): Entry | undefined {
    const { table } = this;
    const generation = table.generation(node, subject);
    const heartbeat = table.heartbeat(node, subject);
    const news = table.news(node, subject);
    if (table.knows(node, subject)) return { generation, heartbeat, news };
    expect([generation, heartbeat, news]).toEqual([0, 0, Number.NaN]);
    return undefined;
  }

  #send(handle: number, copy: ReturnType<NaiveTable['snapshot']>): void {
    expect(this.table.entries(handle)).toBe(copy.size);
    this.#sent.push({ handle, copy });
  }

  #take(kind: string, node: number, which: number, now: number): void {
    if (this.#sent.length === 0) return;
    const { handle, copy } = this.#sent.splice(which % this.#sent.length, 1)[0];
    if (kind === 'arriveLater' && this.table.defers && !this.table.isList(handle)) {
      this.table.mergeLater(node, handle, now);
      this.#expectNews(node, copy, now);
    } else if (kind === 'arrive' || kind === 'arriveLater') {
      const rose = this.model.merge(node, copy, now);
      expect(this.table.merge(node, handle, now)).toBe(rose.length);
    } else if (kind === 'arriveListing') {
      const rose = this.model.merge(node, copy, now);
      expect(this.#listed(this.table.mergeListing(node, handle, now))).toEqual(rose);
    }
    this.table.release(handle);
  }

  #expectNews(node: number, copy: ReturnType<NaiveTable['snapshot']>, now: number): void {
    const generation = (subject: number) => this.model.rows[node].get(subject)?.generation ?? 0;
    const before = Array.from({ length: this.#n }, (_, subject) => generation(subject));
    this.model.merge(node, copy, now);
    const heard = before.flatMap((was, s) => (was === 0 && generation(s) > 0 ? [s] : []));
    if (heard.length === 0) return;
    const sum = (mark: (subject: number) => number) => heard.reduce((a, s) => (a + mark(s)) | 0, 0);
    this.news.push([node, now, heard.length, sum(firstMark), sum(secondMark)]);
  }

  #listed(count: number): number[] {
    return Array.from(this.table.listed.subarray(0, count));
  }
}
