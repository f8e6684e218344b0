/**
 * The event queue under the hold model: take the next event, put one back at an increment from now; the population stays.
 * Source: Jones, "An empirical comparison of priority-queue and event-set implementations", CACM 29(4), 1986.
 */
import { exponentialQuantile } from '../src/base/quantiles.ts';
import { Stream } from '../src/base/stream.ts';
import { EventQueue } from '../src/engine/core/queue.ts';
import { HeapQueue } from '../src/engine/heap.ts';
import { digest, type Result, type Size, type Suite, type Task } from './suite.ts';

const INCREMENTS = 1 << 16; // drawn beforehand and used in turn

/** Increments in microseconds; `u` is uniform in (0, 1). */
const LAWS = {
  /** A third timers of 1 s, two thirds latencies of 1 to 200 ms. */
  gossip: (u: number) => (u < 1 / 3 ? 1_000_000 : 1_000 + 199_000 * (1.5 * u - 0.5)),
  /** Mean 1 s. */
  exponential: (u: number) => exponentialQuantile(u, 1_000_000),
  /** Rounds in step: all events at one time, then all at the next. */
  synchronised: () => 1_000_000,
};
type Law = keyof typeof LAWS;

const QUEUES = { ladder: () => new EventQueue(), heap: () => new HeapQueue() };
type Kind = keyof typeof QUEUES;

export const queue: Suite = {
  name: 'queue',
  goal: 'what the event queue costs per event: one pop and one push, at a steady population.',
  nonGoals: 'filling and draining; the columns of the events; the loop around it.',
  unit: 'event',
  tasks,
};

function tasks(size: Size): Task[] {
  const laws: Law[] = ['gossip', 'exponential', 'synchronised'];
  const kinds: Kind[] = ['ladder', 'heap'];
  const populations = size === 'full' ? [1e3, 1e4, 1e5, 1e6, 1e7] : [1e3, 1e4];
  return laws.flatMap((law) =>
    populations.flatMap((population) =>
      kinds
        // The heap at 1e7 takes many seconds, and shows the same under any law.
        .filter((kind) => kind === 'ladder' || law === 'gossip' || population < 1e7)
        .map((kind) => task(kind, law, population, size)),
    ),
  );
}

function task(kind: Kind, law: Law, population: number, size: Size): Task {
  // At least once through the population, so that what the ladder puts off is paid.
  const holds = size === 'full' ? Math.max(500_000, population) : 20_000;
  return {
    name: `${kind}, ${law}, ${population.toLocaleString('en')} pending`,
    prepare() {
      const increments = incrementsOf(law);
      const pending = QUEUES[kind]();
      const draws = new Stream('queue', 'fill', 1);
      for (let slot = 0; slot < population; slot++) {
        const increment = increments[slot % INCREMENTS];
        const elapsed = law === 'synchronised' ? 0 : draws.draw(0);
        pending.push(Math.floor(increment * (1 - elapsed)), slot);
      }
      return () => hold(pending, increments, holds);
    },
  };
}

function hold(pending: EventQueue | HeapQueue, increments: Float64Array, holds: number): Result {
  let order = 0; // over the slots, in the order in which they leave
  for (let i = 0; i < holds; i++) {
    const slot = pending.pop();
    order = (Math.imul(order, 31) + slot) | 0;
    pending.push(pending.time + increments[i & (INCREMENTS - 1)], slot);
  }
  return { units: holds, hash: digest(order, pending.time) };
}

/** [i] increments in whole microseconds. */
function incrementsOf(law: Law): Float64Array {
  const draws = new Stream('queue', law, 1);
  return Float64Array.from({ length: INCREMENTS }, () => Math.round(LAWS[law](draws.draw(0))));
}
