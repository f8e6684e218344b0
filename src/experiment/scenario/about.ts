/** What is measured of a scenario, in words: a title for an axis, with its unit, and what it is in full. */

/** '0 mistakes in 300 pair-hours'. */
export interface Counted {
  readonly what: string;
  readonly per: string; // one of what it is counted over
}

interface Name {
  /** Which meter measures it. */
  readonly meter: string;
  readonly title: string;
  readonly about: string;
  /** Of a count over an exposure, see `Count`: the words for it. */
  readonly counted?: Counted;
}

/** [meter][measure] title and what it is; the order of columns. */
const BY_METER: Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>> = {
  spread: {
    reached_all: ['share of runs in which all are reached', 'every rumour reached every node'],
    unreached_frac: [
      'share of nodes not reached',
      'nodes that a rumour did not reach, mean over rumours',
    ],
    to_half_ms: ['time to half of the nodes (ms)', 'until half of the nodes had heard it'],
    to_99_ms: ['time to 99 % of the nodes (ms)', 'until 99 % of the nodes had heard it'],
    to_all_ms: ['time to all nodes (ms)', 'until all nodes had heard it'],
  },
  detection: {
    crashes: ['crashes per run', 'crashes in the run'],
    detected_all: [
      'share of runs in which all is detected',
      'every crash was detected by all that could',
    ],
    detect_first_ms: [
      'time to the first detection (ms)',
      'from a crash until the first observer suspects it',
    ],
    detect_mean_ms: [
      'time to detection (ms)',
      'from a crash until an observer suspects it, mean over observers',
    ],
    detect_median_ms: [
      'median time to detection (ms)',
      'from a crash until half of the observers suspect it',
    ],
    detect_p99_ms: [
      '99 % quantile of the time to detection (ms)',
      'from a crash until 99 % of the observers suspect it',
    ],
    detect_last_ms: [
      'time to the last detection (ms)',
      'from a crash until the last observer suspects it',
    ],
    mistakes_per_pair_h: ['mistakes per pair-hour', 'live nodes suspected, per hour of a pair'],
    mistake_ms: ['length of a mistake (ms)', 'how long a mistake lasts, of those that ended'],
    mistake_p99_ms: [
      '99 % quantile of the length of a mistake (ms)',
      'what 99 % of the mistakes that ended last at most',
    ],
  },
  deaths: {
    dead_all: [
      'share of runs in which all dead are declared dead',
      'every crash was declared a death by all that could',
    ],
    dead_mean_ms: [
      'time until declared dead (ms)',
      'from a crash until an observer declares it dead, mean over observers',
    ],
    dead_last_ms: [
      'time until declared dead by all (ms)',
      'from a crash until the last observer declares it dead',
    ],
    false_deaths_per_pair_h: [
      'false deaths per pair-hour',
      'live nodes declared dead, per hour of a pair',
    ],
  },
  views: {
    trusted_dead_frac: [
      'share of time a dead node is trusted',
      'time that a dead node is trusted, of pairs',
    ],
    doubted_live_frac: [
      'share of time a live node is doubted',
      'time that a live node is doubted, of pairs',
    ],
  },
  lives: {
    new_lives: ['new lives per run', 'nodes that joined or restarted'],
    seen_mean_ms: [
      'time until a new life is seen (ms)',
      'from a new life until another node has heard of it, mean over nodes',
    ],
    seen_by_all_ms: [
      'time until all have seen a new life (ms)',
      'from a new life until all have heard of it, of those of which all have',
    ],
    unseen_frac: [
      'share of new lives not seen by all',
      'new lives of which not all had heard when they or the run ended',
    ],
  },
  order: {
    out_of_order_frac: [
      'share of writes out of order',
      'writes that arrive before an earlier one of the same node',
    ],
    causal_violations_frac: [
      'share of writes applied too early',
      'writes applied before one that had happened before',
    ],
    hold_ms: ['time held back (ms)', 'from arrival of a write to its application, mean'],
    left_frac: [
      'share of writes that wait at the end',
      'writes that arrived and still wait at the end',
    ],
    metadata_bytes: [
      'metadata of a write (bytes)',
      'what a copy of a write carries for order and resolution',
    ],
    stale_reads_frac: [
      'share of stale reads',
      'reads where not every earlier write had been applied',
    ],
    siblings_per_read: ['siblings per read', 'values that a read finds beyond the first'],
    lost_updates_frac: [
      'share of updates lost',
      'writes that are in no value at the end, mean over nodes',
    ],
    wrong_winners_frac: [
      'share of wrong winners',
      'writes that lose to what was there before, at their own node',
    ],
    divergent_frac: [
      'share of registers that differ at the end',
      'registers that differ between nodes at the end',
    ],
    divergence_ms: ['time until all agree (ms)', 'from the last write until all nodes agree'],
  },
  load: {
    job_ms: ['time of a job (ms)', 'time of a job in the system, service included'],
    job_p99_ms: [
      '99 % quantile of the time of a job (ms)',
      'what 99 % of the jobs are in the system at most',
    ],
    load_age_ms: ['age of loads (ms)', 'age of the loads that a node knows of others'],
    chosen_age_ms: ['age of the chosen load (ms)', 'age of the load by which a server is chosen'],
    queue_jobs: ['jobs at a server', 'jobs at a server, mean over servers and time'],
    queue_sd_jobs: [
      'spread of the jobs at a server',
      'standard deviation of the jobs at a server, over servers',
    ],
    queue_longest_jobs: ['jobs at the fullest server', 'the longest queue at a time'],
  },
  staleness: {
    stale_mappings: [
      'stale mappings per node',
      'mappings of others that are out of date, per node',
    ],
    stale_frac: ['share of stale mappings', 'share of the mappings of others that are out of date'],
    stale_longest_ms: [
      'age of the stalest mapping (ms)',
      'for how long the oldest of them is out of date, mean over nodes',
    ],
    stale_most_ms: [
      'age of the stalest mapping of all (ms)',
      'for how long the oldest of them is out of date at the worst node',
    ],
  },
  traffic: {
    sent_per_node_s: ['messages per node and second', 'messages that a node sends per second'],
    bytes_per_node_s: [
      'bytes per node and second',
      'bytes that a node sends per second, headers included',
    ],
    bytes_busiest_node_s: [
      'bytes per second of the busiest node',
      'bytes per second of the node that sends most',
    ],
    lost_frac: ['share of messages lost', 'messages lost under way'],
  },
  peaks: {
    peak_bytes_s: [
      'most bytes of a node in a second',
      'most bytes that any one node sends within a second',
    ],
    peak_handled_s: [
      'most messages handled in a second',
      'most messages that any one node handles within a second',
    ],
    peak_waiting: [
      'most messages waiting',
      'most messages that wait at a node that is paused or slow',
    ],
    wait_ms: [
      'time that a message waits (ms)',
      'how long a message waits at a node that is paused or slow, mean of those that do',
    ],
  },
};

const COUNTED: Readonly<Record<string, Counted>> = {
  mistakes_per_pair_h: { what: 'mistakes', per: 'pair-hour' },
  false_deaths_per_pair_h: { what: 'false deaths', per: 'pair-hour' },
};

/** Measure -> what there is to know of it. */
export const NAMES: Readonly<Record<string, Name>> = Object.fromEntries(
  Object.entries(BY_METER).flatMap(([meter, measures]) =>
    Object.entries(measures).map(([name, [title, about]]) => {
      const counted = Object.hasOwn(COUNTED, name) ? { counted: COUNTED[name] } : {};
      return [name, { meter, title, about, ...counted }];
    }),
  ),
);

/** Measure -> what it is, with its unit. */
export const ABOUT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(NAMES).map(([name, { about }]) => [name, about]),
);

/** Whether it is from 0 to 1: a share, or, over the runs, what is true or not. */
export const isShare = (name: string): boolean =>
  NAMES[name]?.title.startsWith('share of ') ?? false;

/** None can be below 0, and shares not above 1. */
export const rangeOf = (name: string): readonly [number, number] => [
  0,
  name.endsWith('_frac') ? 1 : Infinity,
];
