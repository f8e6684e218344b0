/** SWIM under loss: how often does a probe take a live member for dead? */
import {
  at,
  type CellSummary,
  complete,
  constant,
  experiment,
  faults,
  judge,
  lossy,
  micros,
  mistakeOfProbe,
  onProbe,
  publishedMistake,
  type Scenario,
  SUSPECTED,
  type SwimMessage,
  simulate,
  swim,
} from '../src/index.ts';

interface Mistakes extends Record<string, number> {
  loss: number;
  indirect: number;
  crashed_frac: number;
}

const N = 256;
const PERIOD_MS = 1000;
const FEWEST_JUDGED = 4500; // mistakes expected in all runs together: fewer give no sharp verdict
const MOST_RUNS = 2500;

const crashedOf = ({ crashed_frac }: Mistakes) => Math.round(crashed_frac * N);
const mistakeOf = (cell: Mistakes) =>
  mistakeOfProbe({
    ...{ n: N, crashed: crashedOf(cell), indirect: cell.indirect, delivered: 1 - cell.loss },
  });
/** Probes of live members by live members. */
const probesOf = (cell: Mistakes) => ((N - crashedOf(cell)) * (N - crashedOf(cell) - 1)) / (N - 1);
const runsOf = (cell: Mistakes) => Math.ceil(FEWEST_JUDGED / (mistakeOf(cell) * probesOf(cell)));

function scenarioOf(cell: Mistakes, seed: string) {
  return {
    ...{ seed, n: N, overlay: complete, link: lossy(cell.loss, constant({ ms: 1 })) },
    rounds: { periodMs: PERIOD_MS, phase: 'synchronised' },
    protocol: swim({ targets: 'random', indirect: cell.indirect, suspicionPeriods: 1e6 }),
    faults: faults.crash({
      nodes: Array.from({ length: crashedOf(cell) }, (_, i) => N - 1 - i),
      atMs: PERIOD_MS / 2,
    }),
    // The first probes begin after one period; when they end, no news has been told yet.
    horizonMs: 2 * PERIOD_MS,
  } satisfies Scenario<SwimMessage>;
}

export default experiment<Mistakes>({
  name: 'swim-mistakes',
  question: 'Messages get lost: how often does a probe of SWIM suspect a member that is alive?',
  claim:
    'A probe that asks k others is wrong with probability (1 - q^2) (1 - q_f q^4)^k if a message arrives with probability q and a share q_f of the members is not faulty: each other that is asked makes it rarer, the less so the more messages are lost or members are dead.',
  source: 'Das, Gupta, Motivala, DSN 2002, section 3.1',
  seed: 'swim-mistakes',
  axes: {
    loss: 'probability that a message is lost, 1 - q',
    indirect: 'k, members that are asked to ping, too',
    crashed_frac: 'share of the members that is dead and still in the lists, 1 - q_f',
  },
  grid: { loss: [0.05, 0.1, 0.2], indirect: [0, 1, 3], crashed_frac: [0, 0.25] },
  replicates: (cell) => Math.min(MOST_RUNS, runsOf(cell)),
  quick: { grid: { loss: [0.1, 0.2], crashed_frac: [0] }, replicates: 120 },
  fixed: { n: N, targets: 'random', clocks: 'in step', probesPerMember: 1 },
  measures: {
    mistakes_frac: 'probes of live members that end in a suspicion, of all such probes',
    mistakes_per_pinged: 'suspicions per live member that is pinged in the period',
    probes: 'probes of live members in the run',
  },
  events: ({ indirect, loss }) => N * (4 + 8 * indirect * loss) + N * 10,
  bytes: () => 6 * N * N + 2000 * N,
  run(cell, seed) {
    const live = N - crashedOf(cell);
    const pinged = new Uint8Array(N); // [target]
    let probes = 0;
    let mistakes = 0;
    simulate({
      ...scenarioOf(cell, seed),
      observers: [
        onProbe((now, _node, target) => {
          if (target >= live || now > micros(PERIOD_MS)) return;
          probes++;
          pinged[target] = 1;
        }),
        {
          onFact(_now, fact, _node, subject) {
            if (fact === SUSPECTED && subject < live) mistakes++;
          },
        },
      ],
    });
    return {
      mistakes_frac: mistakes / probes,
      mistakes_per_pinged: mistakes / pinged.reduce((sum, one) => sum + one, 0),
      probes,
    };
  },
  findings: (summaries) => summaries.flatMap(findingsOf),
  answer,
  remarks: [
    'One period in step gives 256 probes that know nothing of each other: they are counted when they end, before any news of them has been told.',
    'The paper prints the probability for a member that is pinged at all in a period. Those have q_f e^(q_f) / (e^(q_f) - 1) pings in the mean, 1.58 if nobody is dead, so that the number is larger than that of a probe. For k others that are all different the power k is exact if nobody is dead, and a limit otherwise.',
    'The formula has no time-out of a ping in it: an ack that comes too late counts as lost. Here messages take a thousandth of a period.',
  ],
  figures: [
    {
      name: 'mistakes',
      title: 'Asking others makes mistakes of a probe rare',
      caption:
        'Share of the probes of live members that end in a suspicion; mean, the band is the 95 % confidence interval; dashed: theory.',
      x: { field: 'indirect', title: 'others that are asked (k)' },
      y: { field: 'mistakes_frac', title: 'mistakes per probe', scale: 'log' },
      color: { field: 'loss', title: 'loss' },
      facet: { field: 'crashed_frac', title: 'share that is dead' },
      references: [{ label: 'theory', mark: 'line', at: (cell) => mistakeOf(cell as Mistakes) }],
    },
  ],
});

function findingsOf({ cell, replicates, measures }: CellSummary<Mistakes>) {
  const { loss, indirect, crashed_frac } = cell;
  if (replicates * mistakeOf(cell) * probesOf(cell) < FEWEST_JUDGED) return [];
  const where = `loss ${loss}, k = ${indirect}, q_f = ${1 - crashed_frac}`;
  const published = publishedMistake(1 - loss, indirect, 1 - crashed_frac);
  return [
    judge({
      quantity: 'mistakes per probe of a live member',
      at: where,
      statistic: measures.mistakes_frac,
      expected: mistakeOf(cell),
      tolerance: 0,
      basis: 'theory',
      source: 'Das et al. 2002: (1 - q^2) (1 - q_f q^4)^k; here k different members of 256',
    }),
    judge({
      quantity: 'mistakes per live member that is pinged in the period',
      at: where,
      statistic: measures.mistakes_per_pinged,
      expected: published,
      tolerance: ((2 + indirect) * published) / N, // the limit of large n
      basis: 'published',
      source: 'Das et al. 2002, section 3.1: P_M(T)',
    }),
  ];
}

function answer(all: readonly CellSummary<Mistakes>[]): string[] {
  const of = (indirect: number, loss: number) => at(all, { indirect, loss, crashed_frac: 0 });
  const lines: string[] = [];
  for (const loss of [0.05, 0.1, 0.2]) {
    const [none, one, three] = [of(0, loss), of(1, loss), of(3, loss)];
    if (none === undefined || one === undefined || three === undefined) continue;
    const percent = ({ measures }: CellSummary<Mistakes>) =>
      `${(100 * measures.mistakes_frac.mean).toPrecision(2)} %`;
    lines.push(
      `At ${100 * loss} % loss ${percent(none)} of the probes suspect a live member if nobody else is asked, ${percent(one)} if one is, ${percent(three)} if three are. With one, a group of 100 makes ${(100 * one.measures.mistakes_frac.mean).toFixed(1)} mistakes a period.`,
    );
  }
  return lines;
}
