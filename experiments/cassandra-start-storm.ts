/** Many nodes start at once. When do their gossip stages back up? */
import {
  at,
  type CellSummary,
  clusterBytes,
  clusterEvents,
  experiment,
  type Finding,
  judge,
  startStorm,
} from '../src/index.ts';

const SECONDS = 1000;
const STAGE_GUESS_MS = 1.16; // 1 ms and 10 us for each of 16 tokens
const STAGE_GUESS_256_MS = 3.56;
/** Of work that one start brings to a stage; beyond it a run takes minutes, and tells nothing new. */
const MOST_WORK_S = 20;
/** s per node: 3 ACKs and ACK2s a second with up to all states, 5 us each, for 90 s; and echoes. */
const OTHER_WORK_S = 0.002;
/** Far below the 18 s of silence that convict at intervals of 1 s. */
const SAFE_WORK_S = 10;

interface Start extends Record<string, string | number> {
  who: string;
  n: number;
  within_s: number;
  listener_ms: number;
}

const starting = ({ who, n }: Start) => (who === 'all' ? n : Math.floor(n / 2));
const where = ({ who, n, within_s, listener_ms }: Start) =>
  `${who} of ${n} nodes within ${within_s} s, a listener takes ${listener_ms} ms`;

/**
 * Of the stage of a node that starts: it hears the STATUS of every other once; and where somebody is running who still
 * remembers the old lives of those who start with it, of these a second time.
 */
function workS(cell: Start): number {
  const twice = cell.who === 'all' ? 0 : starting(cell) - 1;
  return ((cell.n - 1 + twice) * cell.listener_ms) / SECONDS;
}

function findingsOf({ cell, measures }: CellSummary<Start>): Finding[] {
  if (cell.within_s > 0) return []; // no closed form: news of some arrives while others start
  const base = { at: where(cell), basis: 'theory' as const };
  const work = workS(cell);
  const findings = [
    judge({
      ...base,
      quantity: 'work of the busiest stage (s)',
      statistic: measures.busy_s,
      expected: work,
      tolerance: OTHER_WORK_S * cell.n,
      source:
        'a STATUS of every other node, and of those that start beside it once more, each with its listeners',
    }),
  ];
  if (work <= SAFE_WORK_S) {
    findings.push(
      judge({
        ...base,
        quantity: 'nodes convicted though they are up',
        statistic: measures.wrong_down,
        expected: 0,
        tolerance: 0,
        source: 'no stage is blocked for as long as it takes to convict, 18 s at intervals of 1 s',
      }),
    );
  }
  if (work > 1) {
    findings.push(
      judge({
        ...base,
        quantity: 'longest wait for a stage, of the work that the start brings',
        statistic: measures.longest_frac,
        expected: 0.5,
        tolerance: 0.5,
        source:
          'no task waits for more than all of the work; the news of the others comes in a few large ACKs',
      }),
    );
  }
  return findings;
}

export default experiment<Start>({
  name: 'cassandra-start-storm',
  question: 'How many Cassandra nodes can start at once before their gossip stages back up?',
  claim:
    'A node that starts hears the STATUS of every other, with its listeners, on its one gossip stage: N times their time. Nobody sees all UP before that work is done. Where it is some seconds, every further piece of news asks for an echo again; above 10 s answers come too late; above 18 s nodes that are up are convicted.',
  source:
    'Gossiper.applyStateLocally, markAlive; CASSANDRA-6127, 6297: hundreds of nodes whose listeners waited for a disk',
  seed: 'cassandra-start-storm',
  axes: {
    who: 'who starts at once: all nodes, or half of a cluster whose other half runs',
    n: 'nodes',
    within_s: 'they start one after another within so long, s',
    listener_ms: 'time that the listeners of one STATUS take, ms',
  },
  grid: {
    who: ['all', 'half'],
    n: [30, 100, 300],
    within_s: [0, 60],
    listener_ms: [0, 1, 10, 30, 60, 100, 200, 600],
  },
  where: (cell) => workS(cell) <= MOST_WORK_S,
  replicates: ({ n }) => (n === 300 ? 3 : n === 100 ? 6 : 10),
  quick: { grid: { n: [30], within_s: [0], listener_ms: [1, 200, 600] }, replicates: 3 },
  fixed: { version: '4.1', seeds: 3, downtime_s: 60, latency_ms: 0.5, loss: 0 },
  measures: {
    all_up_s: 'from the last start until every node sees every other UP, s',
    longest_task_s: 'longest time from the arrival of a message at a stage until it was done, s',
    busy_s: 'time that the busiest stage spent on its tasks, s',
    wrong_down: 'times that a node convicted another that was up',
    echoes_per_pair: 'echo requests sent to nodes that were up, for each that was needed',
    expired_frac: 'share of them whose answer came too late, after 10 s',
    longest_frac: 'longest_task_s as a share of the work that the start brings to a stage',
  },
  events: (cell) => clusterEvents(cell.n, 90 + 20 * workS(cell)),
  bytes: ({ n }) => clusterBytes(n),
  run(cell, seed) {
    const { all_up_s, ...rest } = startStorm({
      n: cell.n,
      starting: starting(cell),
      withinS: cell.within_s,
      watchS: 20 + 2 * workS(cell),
      seed,
      options: {
        version: '4.1',
        shortRun: true,
        stage: { listenerUs: 1000 * cell.listener_ms, vnodeUs: 0 },
      },
    });
    const work = workS(cell);
    return { all_up_s, ...rest, longest_frac: work > 0 ? rest.longest_task_s / work : null };
  },
  findings: (summaries) => summaries.flatMap(findingsOf),
  answer,
  figures: [
    {
      name: 'all-up',
      title: 'Until everybody sees everybody UP',
      caption:
        'Time from the last start, all at once. Dashed: the listeners of one STATUS from each node (half: of those that start with it, two). Bands: 95 % interval of the mean.',
      x: { field: 'listener_ms', title: 'listeners of one STATUS (ms)', scale: 'log' },
      y: { field: 'all_up_s', title: 'all see all UP after (s)' },
      color: { field: 'n', title: 'nodes' },
      facet: { field: 'who', title: 'starting' },
      where: ({ within_s, listener_ms }) => within_s === 0 && Number(listener_ms) > 0,
      references: [{ label: 'listener work', at: (cell) => workS(cell as Start), mark: 'line' }],
    },
    {
      name: 'echoes',
      title: 'Echo requests sent for each one needed',
      caption:
        'All at once (0 s) and one after another within 60 s. While an answer waits, each further piece of news asks again. Bands: 95 % interval of the mean.',
      x: { field: 'listener_ms', title: 'listeners of one STATUS (ms)', scale: 'log' },
      y: { field: 'echoes_per_pair', title: 'echo requests per pair', scale: 'log' },
      color: { field: 'n', title: 'nodes' },
      facet: { field: 'within_s', title: 'within (s)' },
      where: ({ who, listener_ms }) => who === 'all' && Number(listener_ms) > 0,
    },
  ],
  remarks: [
    'What listeners take is not published: 1 ms and 10 us for each token are guesses. The time until all is well hangs on their product with the number of nodes alone.',
    'Half of a cluster costs more than all of it: whoever is running tells those who start of the old lives of the others first. Their listeners are told twice, and the old life is asked for an echo, too.',
    'Echo requests leave one by one, each after the listeners of those before it in the same message, as in the loop of applyStateLocally. Everything else that a message brings takes effect at its beginning.',
    'A node that starts has windows with nothing but their first sample, and is slow to convict. Started within 60 s, some have better windows by the time that others block them: a few are then convicted though they are up.',
  ],
});

function answer(summaries: readonly CellSummary<Start>[]): string[] {
  const works = (is: (summary: CellSummary<Start>) => boolean) =>
    summaries.filter(is).map(({ cell }) => workS(cell));
  const isHarmed = ({ measures }: CellSummary<Start>) =>
    measures.wrong_down.max > 0 || measures.expired_frac.max > 0;
  const harmedFrom = Math.min(...works(isHarmed));
  const safe = Math.max(...works((summary) => workS(summary.cell) < harmedFrom));
  const nodes = (ms: number) => Math.floor((safe * SECONDS) / ms).toLocaleString('en');
  const lines = [
    `A start brings each stage the number of nodes times what the listeners of one STATUS take. Of the settings run, none with up to ${safe.toFixed(1)} s of that did any harm: no echo expired, and nobody was convicted.`,
    `In nodes: about ${nodes(STAGE_GUESS_MS)} if listeners take ${STAGE_GUESS_MS} ms (our guess for 16 tokens), ${nodes(STAGE_GUESS_256_MS)} at ${STAGE_GUESS_256_MS} ms (256 tokens), ${nodes(50)} at 50 ms (a flush of the disk at each).`,
  ];
  const convicted = works(({ measures }) => measures.wrong_down.max > 0);
  if (convicted.length > 0) {
    lines.push(
      `From ${Math.min(...convicted).toFixed(1)} s on some nodes that were up were convicted.`,
    );
  }
  const n = Math.min(100, ...summaries.map((summary) => summary.cell.n));
  for (const listener_ms of [1, 100, 200]) {
    const measures = at(summaries, { who: 'all', n, within_s: 0, listener_ms })?.measures;
    if (measures === undefined) continue;
    lines.push(
      `${n} nodes at once, ${listener_ms} ms each: all see all UP after ${measures.all_up_s.mean.toFixed(1)} s, with ${measures.echoes_per_pair.mean.toFixed(1)} echoes for each that was needed.`,
    );
  }
  return lines;
}
