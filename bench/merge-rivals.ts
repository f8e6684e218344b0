/** Ways to merge heartbeats: what people write first, and the kernels. All do the same to the same entries. */
import type { KernelName, Width } from '../src/kernel/kernel.ts';
import { WasmKernel } from '../src/kernel/kernel-load.ts';
import { PlainKernel } from '../src/kernel/kernel-ts.ts';

/** Heartbeats to be merged. */
export interface Load {
  readonly length: number; // entries of a row
  readonly receivers: number;
  readonly messages: readonly Uint8Array[]; // [message][entry] heartbeats; rows start with 1 in each entry
}

export interface Rival {
  /** Rows as they were at first. */
  reset(): void;
  /** Returns how many entries of the receiver's row rose; those have news time `stamp` then. */
  merge(receiver: number, message: number, stamp: number): number;
  heartbeat(receiver: number, entry: number): number;
  news(receiver: number, entry: number): number;
}

interface Heard {
  heartbeat: number;
  news: number;
}
const nameOf = (entry: number) => `node-${entry}`;

export function objects({ length, receivers, messages }: Load): Rival {
  const names = Array.from({ length }, (_, i) => nameOf(i));
  const rows: Record<string, Heard>[] = Array.from({ length: receivers }, () =>
    Object.fromEntries(names.map((name) => [name, { heartbeat: 1, news: 0 }])),
  );
  const sent = messages.map(
    (message): Record<string, number> =>
      Object.fromEntries(names.map((name, i) => [name, message[i]])),
  );
  return {
    reset() {
      for (const row of rows) {
        for (const name of names) Object.assign(row[name], { heartbeat: 1, news: 0 });
      }
    },
    merge(receiver, message, stamp) {
      const row = rows[receiver];
      const received = sent[message];
      let rose = 0;
      for (const name in received) {
        const heard = row[name];
        if (received[name] <= heard.heartbeat) continue;
        heard.heartbeat = received[name];
        heard.news = stamp;
        rose++;
      }
      return rose;
    },
    heartbeat: (receiver, entry) => rows[receiver][names[entry]].heartbeat,
    news: (receiver, entry) => rows[receiver][names[entry]].news,
  };
}

export function maps({ length, receivers, messages }: Load): Rival {
  const names = Array.from({ length }, (_, i) => nameOf(i));
  const rows = Array.from(
    { length: receivers },
    () => new Map(names.map((name): [string, Heard] => [name, { heartbeat: 1, news: 0 }])),
  );
  const sent = messages.map((message) => new Map(names.map((name, i) => [name, message[i]])));
  return {
    reset() {
      for (const row of rows) {
        for (const heard of row.values()) Object.assign(heard, { heartbeat: 1, news: 0 });
      }
    },
    merge(receiver, message, stamp) {
      const row = rows[receiver];
      let rose = 0;
      for (const [name, heartbeat] of sent[message]) {
        const heard = row.get(name)!;
        if (heartbeat <= heard.heartbeat) continue;
        heard.heartbeat = heartbeat;
        heard.news = stamp;
        rose++;
      }
      return rose;
    },
    heartbeat: (receiver, entry) => rows[receiver].get(names[entry])!.heartbeat,
    news: (receiver, entry) => rows[receiver].get(names[entry])!.news,
  };
}

/** Typed arrays as one would choose them: heartbeats of 32 bits, times as they are. */
export function typedArrays({ length, receivers, messages }: Load): Rival {
  const heartbeats = Array.from({ length: receivers }, () => new Uint32Array(length));
  const times = Array.from({ length: receivers }, () => new Float64Array(length));
  const sent = messages.map((message) => Uint32Array.from(message));
  return {
    reset() {
      for (const row of heartbeats) row.fill(1);
      for (const row of times) row.fill(0);
    },
    merge(receiver, message, stamp) {
      const row = heartbeats[receiver];
      const news = times[receiver];
      const received = sent[message];
      let rose = 0;
      for (let i = 0; i < row.length; i++) {
        if (received[i] <= row[i]) continue;
        row[i] = received[i];
        news[i] = stamp;
        rose++;
      }
      return rose;
    },
    heartbeat: (receiver, entry) => heartbeats[receiver][entry],
    news: (receiver, entry) => times[receiver][entry],
  };
}

const LANES = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

/** A kernel of the product, on rows laid out as in a table. */
export const kernels =
  (name: KernelName | 'wasm scalar', width: Width) =>
  ({ length, receivers, messages }: Load): Rival => {
    const stride = Math.ceil((length * width) / 64) * 64;
    const sent = 2 * receivers * stride;
    const Kernel = name === 'ts' ? PlainKernel : WasmKernel;
    const kernel = new Kernel(sent + messages.length * stride, width);
    const merge =
      kernel instanceof WasmKernel && name === 'wasm scalar' ? kernel.mergeScalar : undefined;
    const lanes = new LANES[width](kernel.buffer); // [address / width]
    messages.forEach((message, i) => {
      lanes.set(message, (sent + i * stride) / width);
    });
    const at = (receiver: number, entry: number) => (2 * receiver * stride) / width + entry;
    return {
      reset() {
        lanes.fill(0, 0, sent / width);
        for (let i = 0; i < receivers; i++) lanes.fill(1, at(i, 0), at(i, length));
      },
      merge(receiver, message, stamp) {
        const to = 2 * receiver * stride;
        const from = sent + message * stride;
        if (merge !== undefined) return merge(to, to + stride, from, stride, stamp);
        return kernel.merge(to, to + stride, from, stride, stamp);
      },
      heartbeat: (receiver, entry) => lanes[at(receiver, entry)],
      news: (receiver, entry) => lanes[at(receiver, entry) + stride / width],
    };
  };
