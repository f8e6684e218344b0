/**
 * The restart of a Cassandra node in closed form. Derived here from the rules of Gossiper; rounds last 1 s, their phases
 * are uniform. Times in s. `arrival` is the probability that a message arrives.
 */

export interface RestartGroup {
  /** The restarted node included. */
  readonly n: number;
  /** In the list of each node. */
  readonly seeds: number;
  readonly arrival?: number;
}

/**
 * From the end of the shadow round until the first exchange begins that reaches the node or is its own, in the mean, where
 * nothing is lost: its first round is 1 s later, and each of the n - 1 others calls it with probability 1/(n - 1) a
 * round, whether it takes the node for live or for unreachable. The integral of (1 - t/(n - 1))^(n - 1) over 1 s.
 */
export function firstContact({ n }: Pick<RestartGroup, 'n'>): number {
  const others = n - 1;
  return (others / n) * (1 - (1 - 1 / others) ** n);
}

/** SYNs per round at full health: one to a live endpoint, and one to a seed unless that was one. */
export const synsPerRound = ({ n, seeds }: RestartGroup): number =>
  1 + (1 - seeds / (n - 1)) * (seeds / (n - 1));

/**
 * From k nodes with the news until k + 1: a pure birth chain. An exchange is between two nodes as good as random; of one
 * that has the news and called, the other hears by the third message; of one that was called, by the second.
 */
function step(group: RestartGroup, k: number): number {
  const { n, arrival = 1 } = group;
  const tells = arrival ** 3 + arrival ** 2;
  return (n - 1) / (k * (n - k) * tells * synsPerRound(group));
}

/**
 * From the moment at which the first of the others has the news until the median and the last have it, in the mean. Where
 * nobody calls the node before its first round, it tells two at once: an endpoint and a seed, seldom the same.
 */
export function newsSpread(group: RestartGroup): {
  readonly median: number;
  readonly last: number;
} {
  const { n } = group;
  let time = 0;
  let median = 0;
  const half = Math.ceil(n / 2); // of the n - 1 others, with the node itself
  for (let k = 2; k < n; k++) {
    if (k <= half) median += step(group, k);
    time += step(group, k);
  }
  const others = n - 1;
  const twoAtOnce = (1 - 1 / others) ** (others + 1) * step(group, 2);
  return { median: median - twoAtOnce, last: time - twoAtOnce };
}

/**
 * Share of the peers whose first echo is answered: all states come with one answer, and all are asked whether they are
 * there. Where nobody calls the node before its first round, two answers come at once, and who is not UP is asked twice:
 * an ACK that tells nothing new of an endpoint asks it again, too.
 */
export function upAtOnce({ n, arrival = 1 }: Pick<RestartGroup, 'n' | 'arrival'>): number {
  const others = n - 1;
  const answered = arrival ** 2;
  const twoAtOnce = (1 - arrival ** 3 / others) ** others * arrival ** 4 * (1 - 1 / others);
  return answered * (1 + twoAtOnce * (1 - answered));
}
