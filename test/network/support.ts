/** What tests of links and overlays share: streams as a run has them, and ways to ask many times. */
import { Stream } from '../../src/base/stream.ts';
import { millis } from '../../src/base/time.ts';
import {
  type Link,
  LOST,
  type Neighbours,
  type Streams,
  type Transit,
} from '../../src/engine/model.ts';

/** Streams as `Run` makes them: the k-th of a purpose has a number behind its name. */
export function streamsOf(n: number, seed = 'network'): Streams {
  const asked = new Map<string, number>();
  return {
    n,
    stream(purpose) {
      const times = (asked.get(purpose) ?? 0) + 1;
      asked.set(purpose, times);
      return new Stream(seed, times === 1 ? purpose : `${purpose}#${times}`, n);
    },
  };
}

export const built = (link: Link, n = 10, seed?: string): Transit => link(streamsOf(n, seed));

/** Delays in microseconds, or LOST, of `count` messages; senders and receivers take turns; one message per ms. */
export function delays(link: Link, count: number, { n = 10, seed = 'network' } = {}): number[] {
  const transit = built(link, n, seed);
  return Array.from({ length: count }, (_, i) =>
    transit.delay(i % n, (i + 1 + (Math.floor(i / n) % (n - 1))) % n, i * 1000, 100),
  );
}

export const delaysMs = (link: Link, count: number) => delays(link, count).map(millis);

export const lossOf = (fates: readonly number[]) =>
  fates.filter((delay) => delay === LOST).length / fates.length;

/** [node] its neighbours, in the overlay's order. */
export const rowsOf = (neighbours: Neighbours, n: number): number[][] =>
  Array.from({ length: n }, (_, node) =>
    Array.from({ length: neighbours.degree(node) }, (_, i) => neighbours.neighbour(node, i)),
  );

export const degreesOf = (neighbours: Neighbours, n: number): number[] =>
  Array.from({ length: n }, (_, node) => neighbours.degree(node));

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
