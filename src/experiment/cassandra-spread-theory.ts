/**
 * How fast news spreads by Cassandra's exchange, while few have it. Derived here.
 *
 * Each node calls one other, uniformly, once a period (1 s), at a phase of its own, and SYN - ACK - ACK2 carry news both
 * ways. Who has the news passes it on in two ways: whoever calls it has it with the ACK, and those calls are Poisson with
 * rate 1; and whomever it calls has it with the ACK2. Its own calls are not Poisson: a node that got the news by its own
 * call (a caller) calls again after a whole period; one that was called does so after a time uniform in the period. That
 * makes a branching process with two types. Its means grow as e^(lambda t) where the matrix of the transforms of
 * "children" over time has the eigenvalue 1 (Euler-Lotka). With the one-way latency d in periods, a = P(SYN and ACK
 * arrive), b = P(all three arrive), x = e^(-lambda d):
 *
 *   (1 - a x / lambda) (1 - b x^3 / lambda) = (a x / lambda) b x / (e^lambda - 1)
 *
 * With Poisson clocks, no latency and no loss it would be lambda = 2: who has just called does not know it then. Cassandra's
 * is 1.63. Near the end the fixed delay is the faster one: who lacks the news calls within a period.
 */
import { numberIn, probability } from '../base/errors.ts';
import { callsPerRound } from './pause-theory.ts';

const WHERE = 'cassandra spread theory';

/** lambda, per period. */
export function spreadRate({ latency = 0, loss = 0 } = {}): number {
  numberIn(WHERE, 'latency', latency, 0, 0.5); // periods; an exchange ends before the caller's next one
  probability(WHERE, 'loss', loss);
  const a = (1 - loss) ** 2;
  const b = (1 - loss) ** 3;
  const excess = (lambda: number) => {
    const x = Math.exp(-lambda * latency);
    return (
      (1 - (a * x) / lambda) * (1 - (b * x ** 3) / lambda) -
      (a * x * b * x) / (lambda * Math.expm1(lambda))
    );
  };
  // The largest root: at 2 it is positive, and below the larger of the two poles of the left side it is negative.
  let low = largestZero((lambda) => lambda - a * Math.exp(-lambda * latency));
  let high = 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** Of a function that rises through 0 in (0, 2). */
function largestZero(f: (x: number) => number): number {
  let low = 0;
  let high = 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (f(middle) > 0) high = middle;
    else low = middle;
  }
  return low;
}

/** SYNs per node and round when all are live, over all nodes: a seed does not count itself among the seeds. */
export const synsPerRound = (n: number, seeds: number): number =>
  ((n - seeds) * callsPerRound(n, seeds) + seeds * callsPerRound(n, seeds - 1)) / n;
