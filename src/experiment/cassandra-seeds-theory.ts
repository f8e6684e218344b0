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
