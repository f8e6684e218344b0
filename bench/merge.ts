/**
 * Merging heartbeats, the hot path of heartbeat gossip: the newer of two wins, and its arrival is recorded.
 * The same entries for what people write first and for the kernels; then what else a table does with a row.
 */
import { Stream } from '../src/base/stream.ts';
import { HeartbeatTable } from '../src/kernel/index.ts';
import { kernels, type Load, maps, objects, type Rival, typedArrays } from './merge-rivals.ts';
import { digest, type Result, type Size, type Suite, type Task } from './suite.ts';

/** The share of entries that rise. Heartbeat gossip in its steady state has about a third. */
const MIXES = { stale: 0.02, half: 0.5, new: 1 };
type Mix = keyof typeof MIXES;

/** `bytes` per entry: heartbeat received, heartbeat and news held. 0 of objects and Map: unknown, V8 lays them out. */
const RIVALS: readonly [name: string, build: (load: Load) => Rival, bytes: number][] = [
  ['objects', objects, 0],
  ['Map', maps, 0],
  ['typed arrays', typedArrays, 16],
  ['kernel ts, 1 byte', kernels('ts', 1), 3],
  ['kernel wasm scalar, 1 byte', kernels('wasm scalar', 1), 3],
  ['kernel wasm, 4 bytes', kernels('wasm', 4), 12],
  ['kernel wasm, 2 bytes', kernels('wasm', 2), 6],
  ['kernel wasm, 1 byte', kernels('wasm', 1), 3],
];

/** Messages and receivers of an iteration: enough to measure, few enough for the caches to hold what one row would. */
const WORK: Readonly<Record<number, readonly [messages: number, receivers: number]>> = {
  100: [128, 4],
  1000: [32, 4],
  10000: [16, 4],
  100000: [4, 2],
};

export const merge: Suite = {
  name: 'merge',
  goal: 'merging rows of heartbeats; then snapshots and scans. A merge includes a call (about 5 ns).',
  nonGoals: 'events, links and protocols around it; rows that are not in the caches.',
  unit: 'pair', // an entry of a row
  tasks(size: Size) {
    const lengths = size === 'full' ? [100, 1_000, 10_000, 100_000] : [100, 1_000];
    const mixes = Object.keys(MIXES) as Mix[];
    return [
      ...lengths.flatMap((length) => mixes.flatMap((mix) => merges(length, mix))),
      ...lengths.filter((length) => length <= 10_000).flatMap(tables),
    ];
  },
};

function merges(length: number, mix: Mix): Task[] {
  const load = loadOf(length, mix);
  return RIVALS.map(([rival, build, bytes]) => {
    let built: Rival | undefined;
    let state = ''; // what one iteration leaves, over every entry
    return {
      name: `${length.toLocaleString('en')} entries, ${mix}, ${rival}`,
      ...(bytes > 0 && { bytesPerUnit: bytes }),
      prepare() {
        if (built === undefined) {
          built = build(load);
          built.reset();
          mergeAll(built, load);
          state = stateOf(built, load);
        }
        const rows = built;
        rows.reset();
        return () => mergeAll(rows, load, state);
      },
    };
  });
}

function mergeAll(rival: Rival, { length, receivers, messages }: Load, state = ''): Result {
  let rose = 0;
  for (let message = 0; message < messages.length; message++) {
    for (let receiver = 0; receiver < receivers; receiver++) {
      rose += rival.merge(receiver, message, message + 1);
    }
  }
  return { units: messages.length * receivers * length, hash: `${digest(rose)} ${state}` };
}

function stateOf(rival: Rival, { length, receivers }: Load): string {
  let sum = 0;
  for (let receiver = 0; receiver < receivers; receiver++) {
    for (let entry = 0; entry < length; entry++) {
      sum += (1 + entry) * rival.heartbeat(receiver, entry) + rival.news(receiver, entry);
    }
  }
  return digest(sum);
}

/** Each message raises that share of the entries above the one before. */
function loadOf(length: number, mix: Mix): Load {
  const [count, receivers] = WORK[length];
  const draws = new Stream('merge', mix, 1);
  const heartbeats = new Uint8Array(length).fill(1);
  const messages = Array.from({ length: count }, () => {
    for (let i = 0; i < length; i++) if (draws.draw(0) < MIXES[mix]) heartbeats[i]++;
    return heartbeats.slice();
  });
  return { length, receivers, messages };
}

const ROUNDS = 200;
const PERIOD = 1_000_000; // us

/** What a node does with its row in a round, so many rounds; all in the row have been heard of, a tenth long ago. */
function tables(n: number): Task[] {
  type Round = (table: HeartbeatTable, now: number) => number;
  /** `bytes` per entry: what must be read and written; 0 where that is not the whole row. */
  const task = (what: string, bytes: number, round: Round): Task => {
    let table: HeartbeatTable | undefined;
    let now = 10 * PERIOD;
    return {
      name: `${n.toLocaleString('en')} entries, ${what}`,
      ...(bytes > 0 && { bytesPerUnit: bytes }),
      prepare() {
        const prepared = (table ??= heardOfAll(n));
        return () => {
          let result = 0;
          for (let i = 0; i < ROUNDS; i++, now += PERIOD) {
            result = (result * 31 + round(prepared, now)) % 2 ** 32;
          }
          return { units: ROUNDS * n, hash: digest(result) };
        };
      },
    };
  };
  return [
    task('snapshot, shared', 0, (table, now) => {
      change(table, now);
      return sizes(table, table.snapshot(0));
    }),
    task('snapshot, copied', 2, (table, now) => {
      const message = table.snapshot(0);
      change(table, now);
      return sizes(table, message);
    }),
    task('snapshot, fresh only', 3, (table, now) => {
      change(table, now);
      return sizes(table, table.snapshotFresh(0, now, now - 2.5 * PERIOD));
    }),
    task('scan, none stale', 0, (table, now) => table.scan(0, now, now)),
    task('scan, a tenth stale', 1, (table, now) => table.scan(0, now, now - 2.5 * PERIOD)),
  ];
}

/** Changes the row, and no version: nodes that beat while all others are still would have the table tidied often. */
function change(table: HeartbeatTable, now: number): void {
  table.forget(0, 5);
  table.meet(0, 5, now);
}

/** Ends the message; how many rows are copied for messages, and how many entries it has. */
function sizes(table: HeartbeatTable, message: number): number {
  const size = table.inFlight.copied * 1e6 + table.entries(message);
  table.release(message);
  return size;
}

/** Node 0 knows all; of every tenth node it has heard at 2 s, of the others at 3 s. */
function heardOfAll(n: number): HeartbeatTable {
  const table = new HeartbeatTable(n);
  table.start(0, 0);
  for (const [first, now] of [
    [1, 2 * PERIOD],
    [0, 3 * PERIOD],
  ]) {
    for (let node = 1; node < n; node++) {
      if (first === 0 || node % 10 === first) table.meet(0, node, now);
    }
  }
  return table;
}
