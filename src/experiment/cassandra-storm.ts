/** Many nodes of a Cassandra cluster start at once, all or some: how long until all see all UP, and what their stages bore. */
import { UserError } from '../base/errors.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import { type Fault, type NodeId, type Observer, SUSPECTED, TRUSTED } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { cassandraOn } from '../protocols/cassandra/cassandra.ts';
import { groundOf } from '../protocols/cassandra/ground.ts';
import { type CassandraMessage, ECHO } from '../protocols/cassandra/messages.ts';
import { type CassandraOptions, settingsOf } from '../protocols/cassandra/options.ts';
import type { World } from '../protocols/cassandra/world.ts';
import { cassandraCluster } from './cassandra-cluster.ts';

/** How many nodes start at once, in which cluster. */
export interface StormOptions {
  readonly n: number;
  /** The last so many nodes start; all: seeds, too. */
  readonly starting: number;
  /** They start one after another, evenly, within so long. */
  readonly withinS: number;
  /** Watched for so long after the last start. */
  readonly watchS: number;
  readonly options: CassandraOptions;
  readonly seed: string;
}

/** Times in s. */
export interface Storm {
  /** Since the last start, until every node sees every other UP; null: not while it was watched. */
  readonly all_up_s: number | null;
  /** The longest time from the arrival of a task at a stage until it was done. */
  readonly longest_task_s: number;
  /** Time that a stage spent on tasks: of all nodes the most. */
  readonly busy_s: number;
  /** Times that a node convicted another that was up, from the first start on. */
  readonly wrong_down: number;
  /** Echo requests sent to nodes that were up, for each that was needed. */
  readonly echoes_per_pair: number;
  /** Share of them whose answer came too late, or not at all. */
  readonly expired_frac: number;
}

const RUN_MS = 5_000;
/** Longer than it takes to convict with nothing in the window but its first sample, 36.8 s. */
const DOWN_MS = 60_000;

/** Starts them, and watches until all have all up, or for `watchS`. */
export function startStorm(storm: StormOptions): Storm {
  const { n, starting, withinS, watchS, options, seed } = storm;
  if (!(starting >= 1 && starting <= n)) {
    throw new UserError(`start storm: starting must be 1 .. n = ${n}; got ${starting}`);
  }
  const first = n - starting;
  const startMs = (node: NodeId) =>
    RUN_MS + DOWN_MS + (1000 * withinS * (node - first)) / Math.max(1, starting - 1);
  const faults: Fault[] = [];
  for (let node = first; node < n; node++) faults.push({ kind: 'crash', node, atMs: RUN_MS });
  for (let node = first; node < n; node++) {
    faults.push({ kind: 'restart', node, atMs: startMs(node) });
  }
  const ground = groundOf(n, settingsOf(options, n));
  const views = viewsOf(n, micros(startMs(first)));
  const lastMs = startMs(n - 1);
  simulate({
    ...cassandraCluster(n, lastMs + 1000 * watchS, options),
    protocol: (env) => cassandraOn(ground, options, views.heard)(env),
    seed,
    faults,
    observers: [views],
  });
  const { longest, busy } = ground.stageLog;
  const pairs = 2 * starting * (n - starting) + starting * (starting - 1);
  return {
    all_up_s: views.allUp() ? (millis(views.since()) - lastMs) / 1000 : null,
    longest_task_s: millis(Math.max(...longest)) / 1000,
    busy_s: millis(Math.max(...busy)) / 1000,
    wrong_down: views.wrongDown(),
    echoes_per_pair: views.echoes() / pairs,
    expired_frac: 1 - views.answers() / views.echoes(),
  };
}

/** Who sees whom UP; counts from `start` on. */
function viewsOf(n: number, start: Micros) {
  const isUp = new Uint8Array(n).fill(1); // [node]
  const sees = new Uint8Array(n * n).fill(1); // [observer * n + subject]
  for (let node = 0; node < n; node++) sees[node * n + node] = 0;
  let seen = n * (n - 1);
  let down = 0;
  let wrongDown = 0;
  let since: Micros = 0; // the last one saw the last one UP
  let echoes = 0;
  let answers = 0;
  let hasBegun = false;
  const set = (pair: number, value: number) => {
    seen += value - sees[pair];
    sees[pair] = value;
  };
  const observer = {
    onFault(now, node, kind) {
      hasBegun ||= now >= start;
      isUp[node] = kind === 'crash' ? 0 : 1;
      down += kind === 'crash' ? 1 : -1;
      if (kind !== 'crash') return;
      for (let subject = 0; subject < n; subject++) set(node * n + subject, 0);
    },
    onFact(now, fact, node, about) {
      if (fact === TRUSTED) {
        set(node * n + about, 1);
        since = now;
      }
      if (fact === SUSPECTED) set(node * n + about, 0);
    },
    /** A new life noticed of who was up is no conviction: the flag waits for the echo of that life. */
    heard(event: string, _node: NodeId, subject: NodeId, wasAlive: boolean) {
      if (event === 'onAlive' && hasBegun) answers++;
      if (event === 'onDead' && wasAlive && hasBegun && isUp[subject] === 1) wrongDown++;
    },
    onSend(now, _from, to, { kind }) {
      if (kind === ECHO && now >= start && isUp[to] === 1) echoes++;
    },
  } satisfies Observer<CassandraMessage> & { heard: World['tell'] };
  return {
    ...observer,
    allUp: () => down === 0 && seen === n * (n - 1),
    wrongDown: () => wrongDown,
    since: () => since,
    echoes: () => echoes,
    answers: () => answers,
  };
}
