/**
 * Two habits of links that wrap links. The inner link is built first, so that a wrapper that draws from a stream of
 * the same purpose takes the next one and the inner link's draws stay what they were without the wrapper. And the
 * inner link's copies are forwarded.
 */
import type { Transit } from '../engine/model.ts';

/** A transit with its own delay and the copies of the transit that it wraps. */
export const wrap = (inner: Transit, delay: Transit['delay']): Transit => ({
  delay,
  copies: copiesOf(inner),
});

/** The copies of a transit, for one that wraps it. */
export const copiesOf = (inner: Transit): Transit['copies'] =>
  inner.copies && ((from, to, now, channel) => inner.copies!(from, to, now, channel));
