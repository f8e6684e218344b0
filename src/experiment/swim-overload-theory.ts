/**
 * How large may a SWIM group be under loss, before suspicions outrun their refutations? Derived here; the paper has
 * nothing on it. Times are in periods.
 *
 * A member is suspected wrongly with each probe of it, with probability p, unless it is suspected already. To be cleared it
 * must hear of it, and the others of its answer: each takes about ln n / r, if news of one grows as exp(r t). So there are
 * two pieces of news per member in 1 / p + 2 ln n / r periods, and all members are to pass on each. A member sends M
 * messages a period with U updates each at most: it passes on each piece of news
 *   c = U M / (2 n) (1 / p + 2 ln n / r)
 * times in the mean, of which a share q arrives. What is passed on that often at random is heard by everybody with
 * probability exp(-exp(-x)), c q = ln n + x (Kermarrec, Massoulie, Ganesh 2003). Who does not hear of an answer
 * declares the member dead. So the group tips over at about c q = ln n, whatever the limit lambda ceil(ln(n + 1)).
 */
import { numberIn, positive, wholeNumber } from '../base/errors.ts';
import { evenWay, exchangeGrowth } from './exchange-growth.ts';
import { messagesPerPeriod, mistakeOfProbe } from './swim-loss-theory.ts';
import { bisect } from './theory.ts';

/** How a group probes and suspects, and how many messages arrive. */
export interface SwimOverload {
  readonly delivered: number;
  readonly indirect: number;
  readonly updatesPerMessage: number;
}

const WHERE = 'swim overload theory';

/** c: how often a member of n can pass on each piece of news. */
export function transmissions(overload: SwimOverload, n: number): number {
  const { delivered: q, indirect, updatesPerMessage } = overload;
  wholeNumber(WHERE, 'updatesPerMessage', updatesPerMessage, 1);
  const size = Math.max(3, indirect + 2, Math.round(n)); // without dead, p is the same at any size
  const p = positive(WHERE, 'p', mistakeOfProbe({ n: size, indirect, delivered: q }));
  const cleared = (2 * Math.log(n)) / growth();
  return ((updatesPerMessage * messagesPerPeriod(q, indirect)) / (2 * n)) * (1 / p + cleared);
}

/** r, found once: bisection asks for it hundreds of times. */
const growth = (): number => (found ??= exchangeGrowth({ ways: evenWay(0), delivered: 1 }));
let found: number | undefined;

/** The size at which everybody hears each piece of news with probability exp(-exp(-x)). */
export function sizeHearing(overload: SwimOverload, x: number): number {
  numberIn(WHERE, 'x', x, -10, 10);
  const spare = (n: number) => transmissions(overload, n) * overload.delivered - Math.log(n) - x;
  return bisect(spare, 1.5, 1e6);
}
