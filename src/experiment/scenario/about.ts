/** What is measured of a scenario, in words, by the meter that measures it. */

const BY_METER = {
  spread: {
    reached_all: 'every rumour reached every node',
    unreached_frac: 'nodes that a rumour did not reach, mean over rumours',
    to_half_ms: 'until half of the nodes had heard it',
    to_99_ms: 'until 99 % of the nodes had heard it',
    to_all_ms: 'until all nodes had heard it',
  },
  traffic: {
    sent_per_node_s: 'messages that a node sends per second',
    bytes_per_node_s: 'bytes that a node sends per second, headers included',
    lost_frac: 'messages lost under way',
  },
  peaks: {
    bytes_busiest_node_s: 'bytes that the node which sends most sends per second',
    peak_bytes_s: 'most bytes that any one node sends within a second',
    peak_handled_s: 'most messages that any one node handles within a second',
    peak_waiting: 'most messages that wait at a node that is paused or slow',
    wait_ms: 'how long such a message waits, mean of those that do',
  },
  detection: {
    crashes: 'crashes in the run',
    detected_all: 'every crash was detected by all that could',
    detect_first_ms: 'from a crash until the first observer suspects it',
    detect_mean_ms: 'from a crash until an observer suspects it, mean over observers',
    detect_median_ms: 'from a crash until half of the observers suspect it',
    detect_p99_ms: 'from a crash until 99 % of the observers suspect it',
    detect_last_ms: 'from a crash until the last observer suspects it',
    mistakes_per_pair_h: 'live nodes suspected, per hour of a pair',
    mistake_ms: 'how long a mistake lasts, mean of those that ended',
    mistake_p99_ms: 'how long a mistake lasts, 99 % of them are shorter',
  },
  views: {
    trusted_dead_frac: 'time that a dead node is trusted, of pairs',
    doubted_live_frac: 'time that a live node is doubted, of pairs',
  },
  lives: {
    new_lives: 'nodes that joined or restarted',
    seen_mean_ms: 'from then until another node has heard of it, mean over nodes and lives',
    seen_by_all_ms: 'from then until all live nodes had, of those of which all did',
    unseen_frac: 'new lives of which not all had heard when they or the run ended',
  },
  order: {
    out_of_order_frac: 'writes that arrive before an earlier one of the same node',
    causal_violations_frac: 'writes applied before one that had happened before',
    hold_ms: 'from arrival to application, mean',
    left_frac: 'writes that arrived and still wait at the end',
    metadata_bytes: 'what a copy of a write carries for order and resolution',
    stale_reads_frac: 'reads where not every earlier write had been applied',
    siblings_per_read: 'values that a read finds beyond the first',
    lost_updates_frac: 'writes that are in no value at the end, mean over nodes',
    wrong_winners_frac: 'writes that lose to what was there before, at their own node',
    divergent_frac: 'registers that differ between nodes at the end',
    divergence_ms: 'from the last write until all nodes agree',
  },
  load: {
    job_ms: 'time of a job in the system, service included',
    job_p99_ms: 'time of a job in the system, 99 % are shorter',
    load_age_ms: 'age of the loads that a node knows of others',
    chosen_age_ms: 'age of the load by which a server is chosen',
    queue_jobs: 'jobs at a server',
    queue_sd_jobs: 'standard deviation of the jobs over the servers',
    queue_longest_jobs: 'the longest queue at a time',
  },
  staleness: {
    stale_mappings: 'mappings of others that are out of date, per node',
    stale_frac: 'mappings of others that are out of date, of all that a node holds',
    stale_longest_ms: 'for how long the one that is so for longest is, mean over nodes',
    stale_most_ms: 'for how long the one that is so for longest is, at the worst node',
  },
} as const;

/** Counts over an exposure, see `Count`. */
const RATES: readonly string[] = ['mistakes_per_pair_h'];

interface Name {
  /** What must be observed for it. */
  readonly meter: string;
  /** What it is, with its unit. */
  readonly about: string;
  readonly rate: boolean;
}

/** Measure -> what there is to know of it. */
export const NAMES: Readonly<Record<string, Name>> = Object.fromEntries(
  Object.entries(BY_METER).flatMap(([meter, abouts]) =>
    Object.entries(abouts).map(([name, about]) => [
      name,
      { meter, about, rate: RATES.includes(name) },
    ]),
  ),
);

/** Measure -> what it is, with its unit. */
export const ABOUT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(NAMES).map(([name, { about }]) => [name, about]),
);
