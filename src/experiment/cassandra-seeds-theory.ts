/** What seeds do in a Cassandra cluster, in closed form: the SYNs that they get, and how long a cluster takes to form. */

interface Seeds {
  readonly n: number;
  /** In the list of every node, itself left out. */
  readonly seeds: number;
}

/** SYNs that arrive per node and round, all nodes live. */
export interface SynLoad {
  readonly seed: number;
  /** NaN where all are seeds. */
  readonly other: number;
  readonly all: number;
}

/**
 * One from a live endpoint in the mean, whoever it is; and, of those whose live target was no seed, one to a random seed
 * with probability S/L. A seed has S - 1 others on its list.
 */
export function synLoad({ n, seeds }: Seeds): SynLoad {
  const live = n - 1;
  const extra = (list: number) => (1 - list / live) * Math.min(1, list / live);
  const sent = (n - seeds) * extra(seeds) + seeds * extra(seeds - 1);
  return { seed: 1 + sent / seeds, other: seeds === n ? Number.NaN : 1, all: 1 + sent / n };
}

/**
 * From nothing until all know all, in the mean, s; all start within a second. Whoever knows nobody calls a seed, and learns
 * nothing from it: a SYN that names nobody else is answered with nothing about others. So the seeds know all after the
 * first rounds, a second after the start and half a round, and push from there on: k that know become k + 1 at rate
 * k (n - k) / (n - 1). The first of them is told by the first call of a seed.
 */
export function formation({ n, seeds }: Seeds): number {
  let time = 1.5;
  for (let k = seeds + 1; k < n; k++) time += (n - 1) / (k * (n - k));
  return time;
}
