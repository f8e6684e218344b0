/** A heartbeat table as one would write it first: maps of objects, messages copied when they are made. */
export interface Entry {
  readonly generation: number;
  readonly heartbeat: number;
  readonly news: number;
}
type Row = Map<number, Entry>;

const isNewer = (a: Entry, b: Entry | undefined) =>
  b === undefined ||
  a.generation > b.generation ||
  (a.generation === b.generation && a.heartbeat > b.heartbeat);

export class NaiveTable {
  readonly rows: Row[];
  readonly #generation: number[];
  readonly #n: number;

  constructor(n: number) {
    this.#n = n;
    this.rows = Array.from({ length: n }, () => new Map());
    this.#generation = Array.from({ length: n }, () => 0);
  }

  start(node: number, now: number): void {
    const generation = ++this.#generation[node];
    this.rows[node] = new Map([[node, { generation, heartbeat: 0, news: now }]]);
  }

  beat(node: number, now: number): void {
    const { generation, heartbeat } = this.rows[node].get(node)!;
    this.rows[node].set(node, { generation, heartbeat: heartbeat + 1, news: now });
  }

  meet(node: number, subject: number, now: number): void {
    if (this.rows[node].has(subject)) return;
    this.rows[node].set(subject, { generation: 0, heartbeat: 0, news: now });
  }

  meetAll(node: number, now: number): void {
    for (let subject = 0; subject < this.#n; subject++) this.meet(node, subject, now);
  }

  forget(node: number, subject: number): void {
    this.rows[node].delete(subject);
  }

  snapshot(node: number): Row {
    return new Map(this.rows[node]);
  }

  snapshotFresh(node: number, now: number, age: number): Row {
    return new Map([...this.rows[node]].filter(([, { news }]) => now - news <= age));
  }

  snapshotOf(node: number, subjects: readonly number[]): Row {
    return new Map([...this.rows[node]].filter(([subject]) => subjects.includes(subject)));
  }

  /** Returns the subjects that rose, ascending. */
  merge(node: number, message: Row, now: number): number[] {
    const row = this.rows[node];
    const rose = [...message.keys()].filter((subject) =>
      isNewer(message.get(subject)!, row.get(subject)),
    );
    for (const subject of rose) row.set(subject, { ...message.get(subject)!, news: now });
    return rose.sort((a, b) => a - b);
  }

  scan(node: number, now: number, age: number): number[] {
    return [...this.rows[node]]
      .filter(([subject, { news }]) => subject !== node && now - news > age)
      .map(([subject]) => subject)
      .sort((a, b) => a - b);
  }

  pick(node: number, from: number, most: number, now: number, age: number): number[] {
    return Array.from({ length: this.#n }, (_, i) => (from + i) % this.#n)
      .filter((subject) => now - (this.rows[node].get(subject)?.news ?? -Infinity) <= age)
      .slice(0, most);
  }
}
