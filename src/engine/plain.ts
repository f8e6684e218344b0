/**
 * Links and graphs that are so plain that the engine's core can do what they do (core/post.as). Who makes one says so here. It
 * is known of that very object, as long as its methods are those that it was made with: what is copied from it, inherits from
 * it or stands in front of it is another one, and is asked.
 */
import type { Stream } from '../base/stream.ts';
import type { Neighbours, Transit } from './medium.ts';

/** One copy of each message, lost by a coin of its sender's; a latency that is uniform or constant, whoever sends to whom. */
export interface PlainTransit {
  /** A coin below `p` loses the message. Tossed whether or not it matters. */
  readonly loss?: { readonly p: number; readonly coins: Stream };
  /** The latency is `leastMs` plus a draw times `rangeMs`, rounded to the microsecond; without draws it is `leastMs`. */
  readonly draws?: Stream;
  readonly leastMs: number;
  readonly rangeMs: number;
}

const transits = new WeakMap<Transit, { plain: PlainTransit; delay: Transit['delay'] }>();
const graphs = new WeakMap<Neighbours, { n: number } & Pick<Neighbours, 'degree' | 'neighbour'>>();

/** Says what the `delay` of a link does. */
export function sayPlain(transit: Transit, plain: PlainTransit): void {
  transits.set(transit, { plain, delay: transit.delay });
}

/** What a link does; undefined: it must be asked. */
export function plainOf(transit: Transit): PlainTransit | undefined {
  const known = transits.get(transit);
  const isAsMade = known?.delay === transit.delay && transit.copies === undefined;
  return isAsMade ? known?.plain : undefined;
}

/** Says that everybody is everybody's neighbour among `n` nodes, the i-th of `node` being i, or i + 1 from `node` on. */
export function sayComplete(graph: Neighbours, n: number): void {
  const { degree, neighbour } = graph;
  graphs.set(graph, { n, degree, neighbour });
}

/** Of how many nodes a graph is the complete one; undefined: it must be asked. */
export function nodesIfComplete(graph: Neighbours): number | undefined {
  const known = graphs.get(graph);
  const isAsMade =
    known?.degree === graph.degree &&
    known.neighbour === graph.neighbour &&
    graph.pick === undefined;
  return isAsMade ? known.n : undefined;
}
