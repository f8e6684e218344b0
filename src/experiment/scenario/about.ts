/** What is measured of a scenario, in words. */

interface Name {
  /** Which meter measures it. */
  readonly meter: string;
  /** What it is, with its unit. */
  readonly about: string;
  /** A count over an exposure, see `Count`. */
  readonly rate: boolean;
}

const of = (
  meter: string,
  abouts: Readonly<Record<string, string>>,
  rates: readonly string[] = [],
) =>
  Object.fromEntries(
    Object.entries(abouts).map(([name, about]) => [
      name,
      { meter, about, rate: rates.includes(name) },
    ]),
  );

/** Measure -> what there is to know of it. */
export const NAMES: Readonly<Record<string, Name>> = {
  ...of('spread', {
    reached_all: 'every rumour reached every node',
    unreached_frac: 'nodes that a rumour did not reach, mean over rumours',
    to_half_ms: 'until half of the nodes had heard it',
    to_99_ms: 'until 99 % of the nodes had heard it',
    to_all_ms: 'until all nodes had heard it',
  }),
  ...of('traffic', {
    sent_per_node_s: 'messages that a node sends per second',
    bytes_per_node_s: 'bytes that a node sends per second, headers included',
    bytes_busiest_node_s: 'bytes per second of the node that sends most',
    lost_frac: 'messages lost under way',
  }),
  ...of('peaks', {
    peak_bytes_s: 'most bytes that any one node sends within a second',
    peak_handled_s: 'most messages that any one node handles within a second',
    peak_waiting: 'most messages that wait at a node that is paused or slow',
    wait_ms: 'how long such a message waits, mean of those that do',
  }),
  ...of(
    'detection',
    {
      crashes: 'crashes in the run',
      detected_all: 'every crash was detected by all that could',
      detect_first_ms: 'from a crash to the first who suspects it',
      detect_mean_ms: 'from a crash until an observer suspects it, mean over observers',
      detect_median_ms: 'from a crash until half of the observers suspect it',
      detect_p99_ms: 'from a crash until 99 % of the observers suspect it',
      detect_last_ms: 'from a crash until the last observer suspects it',
      mistakes_per_pair_h: 'live nodes suspected, per hour of a pair',
      mistake_ms: 'how long a mistake lasts, of those that ended',
      mistake_p99_ms: 'what 99 % of the mistakes that ended last at most',
    },
    ['mistakes_per_pair_h'],
  ),
  ...of('views', {
    trusted_dead_frac: 'time that a dead node is trusted, of pairs',
    doubted_live_frac: 'time that a live node is doubted, of pairs',
  }),
  ...of('lives', {
    new_lives: 'nodes that joined or restarted',
    seen_mean_ms: 'from a new life until another node has heard of it, mean over nodes',
    seen_by_all_ms: 'from a new life until all have heard of it, of those of which all have',
    unseen_frac: 'new lives of which not all had heard when they or the run ended',
  }),
  ...of('order', {
    out_of_order_frac: 'writes that arrive before an earlier one of the same node',
    causal_violations_frac: 'writes applied before one that had happened before',
    hold_ms: 'from arrival of a write to its application, mean',
    left_frac: 'writes that arrived and still wait at the end',
    metadata_bytes: 'what a copy of a write carries for order and resolution',
    stale_reads_frac: 'reads where not every earlier write had been applied',
    siblings_per_read: 'values that a read finds beyond the first',
    lost_updates_frac: 'writes that are in no value at the end, mean over nodes',
    wrong_winners_frac: 'writes that lose to what was there before, at their own node',
    divergent_frac: 'registers that differ between nodes at the end',
    divergence_ms: 'from the last write until all nodes agree',
  }),
  ...of('load', {
    job_ms: 'time of a job in the system, service included',
    job_p99_ms: 'what 99 % of the jobs are in the system at most',
    load_age_ms: 'age of the loads that a node knows of others',
    chosen_age_ms: 'age of the load by which a server is chosen',
    queue_jobs: 'jobs at a server',
    queue_sd_jobs: 'standard deviation of the jobs at a server, over servers',
    queue_longest_jobs: 'the longest queue at a time',
  }),
  ...of('staleness', {
    stale_mappings: 'mappings of others that are out of date, per node',
    stale_frac: 'share of the mappings of others that are out of date',
    stale_longest_ms: 'for how long the oldest of them is out of date, mean over nodes',
    stale_most_ms: 'for how long it is at the worst node',
  }),
};

/** Measure -> what it is, with its unit. */
export const ABOUT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(NAMES).map(([name, { about }]) => [name, about]),
);
