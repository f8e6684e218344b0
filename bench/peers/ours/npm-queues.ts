/** Queues from npm, where they are installed: they are no dependencies of ours. */
import type { Queue } from './hold.ts';

interface FlatQueue {
  push(item: number, value: number): void;
  pop(): number;
  peekValue(): number;
}

interface Item {
  readonly time: number;
  readonly slot: number;
}

interface TinyQueue {
  push(item: Item): void;
  pop(): Item;
}

/** The package's default export. Its name is a variable, so that the compiler does not look for it. */
const load = async (name: string) => (await import(name)).default;

/** A binary heap of numbers with a value each. */
export async function flatqueue(): Promise<Queue> {
  const queue: FlatQueue = new (await load('flatqueue'))();
  const adapted: Queue = {
    time: 0,
    push(time, slot) {
      queue.push(slot, time);
    },
    pop() {
      adapted.time = queue.peekValue();
      return queue.pop();
    },
  };
  return adapted;
}

/** A binary heap of objects. */
export async function tinyqueue(): Promise<Queue> {
  const queue: TinyQueue = new (await load('tinyqueue'))([], (a: Item, b: Item) => a.time - b.time);
  const adapted: Queue = {
    time: 0,
    push(time, slot) {
      queue.push({ time, slot });
    },
    pop() {
      const { time, slot } = queue.pop();
      adapted.time = time;
      return slot;
    },
  };
  return adapted;
}
