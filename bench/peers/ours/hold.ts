/**
 * Our event queue under the hold model of bench/peers/cpp/hold.cpp: the same increments, so the same times exactly.
 * Arguments: `ladder`, or the name of an npm package, PENDING, HOLDS.
 */
import { EventQueue } from '../../../src/engine/core/queue.ts';
import { Luck } from './luck.ts';
import { flatqueue, tinyqueue } from './npm-queues.ts';
import { report, timed } from './report.ts';

const PERIOD = 1_000_000;
const INCREMENTS = 1 << 16;
const WARM_UP = 1_000_000; // holds

/** As much of a queue as the hold model needs. */
export interface Queue {
  time: number; // of the event that `pop` returned last
  push(time: number, slot: number): void;
  pop(): number;
}

const QUEUES: Readonly<Record<string, () => Queue | Promise<Queue>>> = {
  ladder: () => new EventQueue(),
  flatqueue,
  tinyqueue,
};

function hold(queue: Queue, increments: Float64Array, holds: number) {
  let times = 0; // the sum of all
  let order = 0; // over the slots, in the order in which they leave
  for (let i = 0; i < holds; i++) {
    const slot = queue.pop();
    times += queue.time;
    order = (Math.imul(order, 31) + slot) | 0;
    queue.push(queue.time + increments[i & (INCREMENTS - 1)], slot);
  }
  return { time: queue.time, times, order: order >>> 0 };
}

const [name, ...sizes] = process.argv.slice(2);
const [pending, holds] = sizes.map(Number);
const luck = new Luck();
const increments = Float64Array.from({ length: INCREMENTS }, () =>
  luck.below(3) === 0 ? PERIOD : 1_000 + luck.below(199_001),
);
const queue = await QUEUES[name]();
for (let slot = 0; slot < pending; slot++) {
  queue.push(1 + luck.below(increments[slot % INCREMENTS]), slot);
}
hold(queue, increments, WARM_UP);
const { seconds, result } = timed(() => hold(queue, increments, holds));
report(seconds, holds, result);
