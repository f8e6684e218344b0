/** A run whose clock stands still. */
import { UserError } from '../base/errors.ts';
import { type Micros, millis } from '../base/time.ts';

/** Events per node at one instant, beside the first million: more is an answer to an answer, without delay, for ever. */
const MOST_PER_NODE = 1000;

export const mostAtOnce = (n: number): number => 1e6 + MOST_PER_NODE * n;

export function endless(now: Micros): never {
  throw new UserError(
    `simulate: more than ${MOST_PER_NODE} events per node at ${millis(now)} ms; messages that cause messages need a latency above 0`,
  );
}
