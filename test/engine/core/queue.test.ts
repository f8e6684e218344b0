/**
 * The event queue against two oracles that share nothing with it: a sorted array, and the heap. Whatever is pushed and
 * popped, all three give the same slots at the same times. Times grow by laws that are known to be awkward for queues
 * which size themselves.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Stream } from '../../../src/base/stream.ts';
import { Core } from '../../../src/engine/core/core.ts';
import { EventQueue } from '../../../src/engine/core/queue.ts';
import { HeapQueue } from '../../../src/engine/heap.ts';

interface Queue {
  readonly size: number;
  readonly time: number;
  readonly from: number;
  readonly word: number;
  push(time: number, slot: number, from?: number, word?: number): void;
  pop(): number;
}

const HOUR = 3_600_000_000; // in microseconds
const LAST = 2 ** 53 - 1; // the last time there is

/** How far ahead of the present an event is pushed, in microseconds; `u` is uniform in (0, 1). */
const LAWS: Record<string, (u: number) => number> = {
  now: () => 0,
  'constant second': () => 1_000_000,
  'one tick of four': (u) => Math.floor(4 * u),
  'below a thousand': (u) => Math.floor(1000 * u),
  uniform: (u) => Math.floor(1_000_000 * u),
  exponential: (u) => Math.round(-1_000_000 * Math.log(u)),
  gossip: (u) => (u < 1 / 3 ? 1_000_000 : Math.floor(300_000 * u)),
  'two clusters, an hour apart': (u) => Math.floor(u < 0.5 ? 200 * u : HOUR + 2000 * u),
  'heavy tail': (u) => Math.floor(u ** -4),
  'every scale': (u) => Math.floor(2 ** (40 * u)),
  'ticks, hours apart': (u) => Math.floor(5 * u) * HOUR,
  'nearly all at one tick': (u) => (u < 0.99 ? 5_000_000 : Math.floor(6_000_000 * u)),
  'the whole range of time': (u) => Math.floor(2 ** 53 * u),
};
const NAMES = Object.keys(LAWS);

/** First in, first out among equal times because an event goes behind all that are not later. */
class SortedArray implements Queue {
  readonly events: [time: number, slot: number, from: number, word: number][] = [];
  time = 0;
  from = 0;
  word = 0;

  get size() {
    return this.events.length;
  }

  push(time: number, slot: number, from = 0, word = 0) {
    const later = this.events.findIndex(([other]) => other > time);
    this.events.splice(later === -1 ? this.events.length : later, 0, [time, slot, from, word]);
  }

  pop() {
    const [time, slot, from, word] = this.events.shift()!;
    this.time = time;
    this.from = from;
    this.word = word;
    return slot;
  }
}

/** The same pushes and pops to two queues; the slots number the pushes, and the other words go with them. */
class Pair {
  readonly ours = new EventQueue();
  readonly #oracle: Queue;
  readonly #draws: Stream;
  #pushed = 0;

  constructor(oracle: Queue, seed: string) {
    this.#oracle = oracle;
    this.#draws = new Stream(seed, 'queue', 1);
  }

  push(law: (u: number, now: number) => number) {
    const now = this.#oracle.time;
    const time = Math.min(LAST, now + law(this.#draws.draw(0), now));
    const slot = this.#pushed++;
    const from = Math.imul(slot, 0x9e3779b1); // all 32 bits
    this.#oracle.push(time, slot, from, ~from);
    this.ours.push(time, slot, from, ~from);
  }

  pop() {
    const ours = this.ours;
    const oracle = this.#oracle;
    const slot = oracle.pop();
    const got = ours.pop();
    const isSame =
      got === slot &&
      ours.time === oracle.time &&
      ours.from === oracle.from &&
      ours.word === oracle.word &&
      oracle.word === ~oracle.from;
    if (isSame) return; // `expect` is slow, and there are millions
    expect(event(got, ours)).toEqual(event(slot, oracle));
  }

  times(count: number, act: () => void) {
    for (let i = 0; i < count; i++) act();
    expect(this.ours.size).toBe(this.#oracle.size);
  }

  drain() {
    this.times(this.ours.size, () => this.pop());
  }
}

const event = (slot: number, { time, from, word }: Queue) => ({ slot, time, from, word });

describe('EventQueue', () => {
  test('gives what a sorted array gives, for any bursts of pushes and pops of any laws', () => {
    const burst = fc.record({
      law: fc.constantFrom(...NAMES),
      pushes: fc.nat(250),
      pops: fc.nat(250),
    });
    const property = fc.property(
      fc.array(burst, { maxLength: 12 }),
      fc.string({ minLength: 1 }),
      (bursts, seed) => {
        const pair = new Pair(new SortedArray(), seed);
        for (const { law, pushes, pops } of bursts) {
          pair.times(pushes, () => pair.push(LAWS[law]));
          pair.times(Math.min(pops, pair.ours.size), () => pair.pop());
        }
        pair.drain();
      },
    );
    fc.assert(property, { seed: 2024, numRuns: 150 });
  });

  test.each(NAMES)('gives what the heap gives while the population is held: %s', (name) => {
    for (const population of [1, 10, 50, 200, 3000, 20_000]) {
      const pair = new Pair(new HeapQueue(), `${name} ${population}`);
      pair.times(population, () => pair.push(LAWS[name]));
      pair.times(30_000, () => {
        pair.pop();
        pair.push(LAWS[name]);
      });
      pair.drain();
    }
  });

  test('gives what the heap gives while laws change and the population swells and shrinks', () => {
    const pair = new Pair(new HeapQueue(), 'tides');
    const draws = new Stream('tides', 'laws', 1);
    for (let tide = 0; tide < 60; tide++) {
      const swells = tide % 2 === 0;
      const first = LAWS[NAMES[draws.below(0, NAMES.length)]];
      const second = LAWS[NAMES[draws.below(0, NAMES.length)]];
      pair.times(draws.below(0, 12_000), () => {
        if (draws.draw(0) < (swells ? 0.8 : 0.2)) pair.push(draws.draw(0) < 0.5 ? first : second);
        else if (pair.ours.size > 0) pair.pop();
      });
    }
    pair.drain();
  });

  test('serves again after it was drained', () => {
    const pair = new Pair(new HeapQueue(), 'refill');
    for (const population of [5000, 1, 70, 5000]) {
      for (const law of [LAWS.gossip, LAWS['constant second'], LAWS['every scale']]) {
        pair.times(population, () => pair.push(law));
        pair.drain();
      }
    }
  });

  test('keeps first in, first out among 300,000 events of one time, pushed before and while it lasts', () => {
    const queue = new EventQueue();
    const n = 300_000;
    for (let slot = 0; slot < n; slot++) queue.push(7, slot);
    for (let slot = 0; slot < n; slot++) {
      if (queue.pop() !== slot) expect.fail(`slot ${slot} did not leave in its turn`);
      queue.push(7, n + slot);
    }
    for (let slot = n; slot < 2 * n; slot++) {
      if (queue.pop() !== slot) expect.fail(`slot ${slot} did not leave in its turn`);
    }
    expect(queue.size).toBe(0);
    expect(queue.time).toBe(7);
  });

  test('finds a lone event years away, behind a crowd', () => {
    const queue = new EventQueue();
    queue.push(0, 0);
    queue.push(2 ** 52, 1);
    queue.pop();
    // A queue that inserted these one by one in front of the lone event would take minutes.
    const crowd = 1_000_000;
    for (let i = 0; i < crowd; i++) queue.push((i * 7919) % crowd, 2);
    let time = 0;
    for (; time < crowd; time++) if (queue.pop() !== 2 || queue.time !== time) break;
    expect(time).toBe(crowd);
    expect(queue.pop()).toBe(1);
    expect(queue.time).toBe(2 ** 52);
    queue.push(2 ** 52, 3);
    expect(queue.pop()).toBe(3);
  });

  test('puts in its place what is pushed in falling order, in two groups hours apart, and then between them', () => {
    // Whichever push of a group it is at which the queue loses patience with insertions.
    for (let upper = 10; upper < 50; upper++) {
      for (let lower = 10; lower < 50; lower++) {
        const pair = new Pair(new HeapQueue(), 'groups');
        const far = 2 ** 40;
        pair.push(() => 0);
        pair.push(() => far);
        pair.pop();
        for (let i = 1; i <= upper; i++) pair.push(() => far - i);
        for (let i = 1; i <= lower; i++) pair.push(() => 100 - i);
        for (let i = 1; i < 20; i++) pair.push(() => far - i * HOUR);
        pair.drain();
      }
    }
  });

  test('keeps the order while what is planned for a far time grows downwards from event to event', () => {
    // A queue with a rung for every step of this would need a thousand.
    for (const batch of [12, 20, 40]) {
      const pair = new Pair(new HeapQueue(), 'countdown');
      let far = 2 ** 40;
      const fall = () => pair.push((_, now) => far-- - now);
      pair.push(() => 0);
      for (let step = 0; step < 1000; step++) {
        pair.pop();
        pair.times(batch, fall);
        pair.push(() => 1);
        pair.times(20, fall);
        far -= 100;
      }
      pair.drain();
    }
  });

  test('finds places behind a crowd that was pushed in falling order', () => {
    const queue = new EventQueue();
    queue.push(0, 0);
    queue.push(HOUR, 0);
    queue.pop();
    // A queue that went through a rung for every few of the crowd would take minutes.
    const crowd = 500_000;
    for (let time = crowd - 1; time >= 0; time--) queue.push(time, time);
    for (let i = 1; i <= crowd; i++) queue.push(HOUR + i, crowd + i);
    let gone = 0;
    for (; gone <= 2 * crowd; gone++) {
      const isHour = gone === crowd;
      if (queue.pop() !== (isHour ? 0 : gone)) break;
      if (queue.time !== (gone < crowd ? gone : HOUR + gone - crowd)) break;
    }
    expect(gone).toBe(2 * crowd + 1);
    expect(queue.size).toBe(0);
  });

  test('takes no more memory for the events that have left', () => {
    for (const delay of [0, 1, 1_000_000]) {
      const queue = new EventQueue();
      for (const far of [1, 2, 3]) queue.push(far * HOUR, 0);
      queue.push(0, 1);
      const before = queue.bytes;
      for (let i = 0; i < 1_000_000; i++) {
        const slot = queue.pop();
        queue.push(queue.time + delay, slot);
      }
      expect(queue.bytes - before).toBeLessThan(2_000_000);
    }
  });

  test('ends with a sentence where there is no room for more', () => {
    const queue = new EventQueue(new Core(4)); // pages of 64 KiB, and an event takes 24 bytes
    const most = (4 * 65536) / 24;
    const fill = () => {
      while (queue.size < most) queue.push(queue.size, 0);
    };
    expect(fill).toThrow(
      /^simulate: [\d,]{5} events are pending, and there is no room for 1 MiB more \(.+\)\. Lower the nodes, the messages of a round, or the latency$/,
    );
    expect(queue.size).toBeGreaterThan(most / 4);
  });

  test('has all the room there is after one that had little', () => {
    new EventQueue(new Core(4)).close();
    const queue = new EventQueue();
    const many = (16 * 65536) / 24;
    while (queue.size < many) queue.push(queue.size, 0);
    expect(queue.bytes).toBeGreaterThan(16 * 65536);
    queue.close();
  });

  test('refuses to pop when it is empty', () => {
    const queue = new EventQueue();
    expect(() => queue.pop()).toThrow('BUG: pop from an empty queue');
    queue.push(3, 1);
    queue.pop();
    expect(() => queue.pop()).toThrow('BUG: pop from an empty queue');
  });
});

describe('HeapQueue', () => {
  test('gives what a sorted array gives', () => {
    const heap = new HeapQueue();
    const model = new SortedArray();
    const draws = new Stream('heap', 'queue', 1);
    for (let i = 0; i < 20_000; i++) {
      if (draws.draw(0) < 0.51) {
        const time = model.time + draws.below(0, 50);
        heap.push(time, i, -i, i ^ -1);
        model.push(time, i, -i, i ^ -1);
      } else if (model.size > 0) {
        const slot = model.pop();
        expect(event(heap.pop(), heap)).toEqual(event(slot, model));
      }
    }
    expect(heap.size).toBe(model.size);
  });

  test('lets simultaneous events leave in an order of chance, but never before an earlier one', () => {
    const draws = new Stream('ties', 'queue', 1);
    const heap = new HeapQueue(() => draws.draw(0));
    for (let slot = 0; slot < 200; slot++) heap.push(Math.floor(slot / 100), slot);
    const left = Array.from({ length: 200 }, () => heap.pop());
    expect(left.map((slot) => Math.floor(slot / 100))).toEqual(
      Array.from({ length: 200 }, (_, i) => Math.floor(i / 100)),
    );
    const inOrder = left.slice(0, 100).filter((slot, i) => slot === i).length;
    expect(inOrder).toBeLessThan(20); // Poisson with mean 1: P(20 or more) is below 1e-18
    expect(new Set(left).size).toBe(200);
  });
});
