/** Jobs go to the server with the least load that is known by gossip: how old may the news be, and how many to compare? */
import {
  at,
  boardTimes,
  breakEven,
  type Cell,
  type CellSummary,
  complete,
  constant,
  type Estimate,
  experiment,
  type Figure,
  type Finding,
  freshTime,
  individualTime,
  judge,
  loadBalancingOn,
  loadGroundOf,
  PERIOD_MS,
  queueing,
  randomTime,
  ratio,
  simulate,
} from '../src/index.ts';

interface Chosen extends Cell {
  n: number;
  load: number;
  policy: 'random' | 'two' | 'least';
  source: 'fresh' | 'board' | 'individual' | 'gossip' | 'polls';
  age: number;
}

/** A unit of time, and the mean service time. */
const UNIT_MS = PERIOD_MS;
const CHOICES = { random: 1, two: 2, least: Infinity };
const AGES = [0.25, 0.5, 1, 2.5, 5, 10, 25];
const LARGE_AGES = { random: [], two: [0, 0.5, 2.5, 10], least: [1] };
const LINEAR_AGES = [1]; // so little that the mean of the ages is all that matters
const SAMPLE_EVERY = 3.09; // out of step with all boards
const FULL_LIST = 12; // bytes per server

const FEW = 100;
const LARGE = 1000;
const SOURCES = {
  fresh: 'the limit of Mitzenmacher 2001',
  board: 'the limit of phases of M/M/1 queues (load-choice-theory.ts)',
  individual: 'the limit of M/M/1 queues over exponential times (load-individual-theory.ts)',
  gossip: '',
  polls: '',
};

/** H(n - 1) / 2: mean age of gossiped loads in periods, on Poisson clocks. */
const agePeriods = (n: number): number => {
  let sum = 0;
  for (let k = n - 1; k > 0; k--) sum += 1 / (2 * k);
  return sum;
};

/** Service times until measuring begins, and from then on. All begin empty; see the remarks. */
function timesOf({ n, load, policy, source, age }: Chosen) {
  if (load <= 0.5) {
    if (n > 100) return { warmUp: 100, length: 100 };
    return { warmUp: 200, length: policy === 'random' ? 1000 : 300 };
  }
  if (policy === 'random') return { warmUp: 2000, length: 3000 };
  if (n > 100) return { warmUp: 300, length: 250 };
  if (source === 'polls') return { warmUp: 300, length: 600 };
  return { warmUp: policy === 'least' && age >= 2.5 ? 2000 : 300, length: 1000 };
}

/** One board for all, or fresh loads: there is a theory of many servers. */
const isLimited = ({ source }: Pick<Chosen, 'source'>) => source !== 'gossip' && source !== 'polls';

/** Boards where all go to the least loaded do not come to rest when the news is that old. */
const isRunaway = ({ load, policy, source, age }: Chosen) =>
  load > 0.8 && policy === 'least' && isLimited({ source }) && age > 5;

function isRun(cell: Chosen): boolean {
  const { n, policy, source, age } = cell;
  if (policy === 'random') return n === 100 && source === 'fresh' && age === 0;
  if ((source === 'fresh') !== (age === 0) || isRunaway(cell)) return false;
  if (n > FEW) return isLimited(cell) && LARGE_AGES[policy].includes(age);
  return age >= (source === 'polls' ? 2.5 : source === 'gossip' ? 0.5 : 0);
}

function optionsOf({ load, policy, source, age }: Chosen) {
  const base = { load, choices: CHOICES[policy], source, serviceMs: UNIT_MS };
  if (source === 'board') return { ...base, everyMs: 2 * age * UNIT_MS };
  return source === 'individual' || source === 'polls' ? { ...base, everyMs: age * UNIT_MS } : base;
}

const gossipMs = ({ n, age }: Chosen): number => (age / agePeriods(n)) * UNIT_MS;

const REMARKS: string[] = [];
const FIGURES: Figure[] = [];

export default experiment<Chosen>({
  name: 'gossiped-load',
  question:
    'Jobs go to the server with the least load known by gossip: how old may that news be, and should all servers be compared or two?',
  claim:
    'Two servers at random, and of these the one with the lesser known load, are better than one at random until the news is many service times old. The least loaded of all is best only while news is fresher than about a service time: all send their jobs to the same few servers (herd).',
  source:
    'Mitzenmacher 2000 (boards) and 2001 (fresh loads), limits of many servers derived here (load-choice-theory.ts, load-individual-theory.ts); gossip measured',
  seed: 'gossiped-load',
  axes: {
    n: 'servers; jobs arrive at each, and each is sent on at once',
    load: 'arrivals per server and service time',
    policy:
      'random: a server at random; two: of two at random the one with the lesser known load; least: of all',
    source:
      'fresh: loads at the moment; board: all read one board, written for all servers once every 2 ages; individual: one board, each server writes its load on a Poisson clock; gossip: push-pull of all loads, on Poisson clocks; polls: each node looks at each server itself, on Poisson clocks',
    age: 'mean age of the known loads, in service times, by construction',
  },
  grid: {
    n: [100, 1000],
    load: [0.5, 0.9],
    policy: ['random', 'two', 'least'],
    source: ['fresh', 'board', 'individual', 'gossip', 'polls'],
    age: [0, ...AGES],
  },
  where: isRun,
  replicates({ load, policy, age }) {
    if (load <= 0.5) return 8;
    return policy === 'random' || (policy === 'two' && LINEAR_AGES.includes(age)) ? 16 : 8;
  },
  quick: {
    grid: { load: [0.5], source: ['fresh', 'board', 'gossip'], age: [0, 2.5] },
    replicates: 6,
  },
  fixed: {
    serviceMs: UNIT_MS,
    service: 'exponential',
    arrivals: 'Poisson',
    latencyMs: 0,
    loss: 0,
    rounds: 'Poisson clocks',
    overlay: 'complete',
    listBytesPerServer: FULL_LIST,
  },
  measures: {
    time_services: 'mean time in system, in service times',
    time_p99_services: 'its 99th percentile',
    age_services: 'mean age of the loads that a node knows of others, in service times',
    chosen_age_services: 'the same of the load by which a server was chosen',
    queue_sd: 'standard deviation of the queue over the servers at a time, mean over times',
    queue_longest: 'longest queue of all servers at a time, mean over times',
    gossip_bytes_per_service: 'payload that one node sends per service time',
  },
  events(cell) {
    const { warmUp, length } = timesOf(cell);
    const readings =
      cell.source === 'gossip'
        ? (3 * agePeriods(cell.n)) / cell.age
        : cell.source === 'polls'
          ? cell.n / cell.age
          : 0;
    return cell.n * (warmUp + length) * (2 * cell.load + readings);
  },
  bytes: ({ n }) => 20e6 + 30 * n * n,
  run(cell, seed) {
    const { n, source } = cell;
    const { warmUp, length } = timesOf(cell);
    const options = optionsOf(cell);
    const ground = loadGroundOf(n, options);
    const untilMs = (warmUp + length) * UNIT_MS;
    const meter = queueing({
      loads: ground.loads,
      ageOf: ground.ageOf,
      fromMs: warmUp * UNIT_MS,
      untilMs,
      everyMs: SAMPLE_EVERY * UNIT_MS,
      rows: isLimited(cell) ? 1 : n,
    });
    const { traffic } = simulate<number>({
      seed,
      n,
      protocol: loadBalancingOn(ground, options),
      link: constant({ ms: 0 }),
      overlay: complete,
      ...(source === 'gossip' && { rounds: { periodMs: gossipMs(cell), phase: 'poisson' } }),
      headerBytes: 0,
      horizonMs: untilMs,
      observers: [meter],
    });
    const inUnits = (ms: number | null) => (ms === null ? null : ms / UNIT_MS);
    return {
      time_services: inUnits(meter.meanMs()),
      time_p99_services: inUnits(meter.quantileMs(0.99)),
      age_services: inUnits(meter.ageMs()),
      chosen_age_services: inUnits(meter.chosenAgeMs()),
      queue_sd: meter.sdQueue(),
      queue_longest: meter.longestQueue(),
      gossip_bytes_per_service: traffic.bytesSent / n / (warmUp + length),
    };
  },
  findings: findingsOf,
  answer,
  remarks: REMARKS,
  figures: FIGURES,
});

// ---- theory ----

/** Limit of many servers: mean time in service times, and whether phases come to rest; null where there is none. */
function limitOf({ load, policy, source, age }: Chosen) {
  const choices = CHOICES[policy];
  if (policy === 'random') return { mean: randomTime(load), isSteady: true };
  if (source === 'fresh') {
    return policy === 'two' ? { mean: freshTime(load, choices), isSteady: true } : null;
  }
  if (source === 'individual') {
    return { mean: individualTime({ load, choices, period: age }), isSteady: true };
  }
  return source === 'board' ? boardTimes({ load, choices, period: 2 * age }) : null;
}

/** The mean age at which a server at random is as good. */
function breakEvenAge({ load, policy, source }: Chosen): number {
  const ageOf = (age: number) => limitOf({ n: Infinity, load, policy, source, age })!.mean;
  return breakEven(load, ageOf);
}

const where = ({ n, load, policy, source, age }: Chosen): string =>
  `${n} servers, load ${load}, ${policy}, ${source}${source === 'fresh' ? '' : `, age ${age}`}`;

// ---- findings ----

function findingsOf(all: readonly CellSummary<Chosen>[]): Finding[] {
  return [
    ...all.filter(({ cell }) => cell.policy === 'random').map(atRandom),
    ...all.filter(({ cell }) => cell.n === LARGE).flatMap((large) => inTheLimit(all, large)),
    ...all.filter(({ cell }) => cell.source === 'gossip' && cell.policy === 'two').map(aged),
    ...all.flatMap((gossip) => asBoard(all, gossip)),
    ...curvesOf(all).flatMap((curve) => crossing(all, curve)),
  ];
}

const atRandom = ({ cell, measures }: CellSummary<Chosen>): Finding =>
  judge({
    quantity: 'a server at random: time in system (service times)',
    at: where(cell),
    statistic: measures.time_services,
    expected: randomTime(cell.load),
    tolerance: 0,
    basis: 'theory',
    source: 'M/M/1: 1 / (1 - load)',
  });

/** What n = 100 has above n = 1000, and a ninth of it, is what 1/n makes. */
function excessOf(all: readonly CellSummary<Chosen>[], cell: Chosen): Estimate | null {
  const time = (n: number) => at(all, { ...cell, n })?.measures.time_services;
  const [few, many] = [time(FEW), time(LARGE)];
  if (few === undefined || many === undefined) return null;
  const scale = LARGE / (LARGE - FEW);
  return { ours: scale * (few.mean - many.mean), se: scale * Math.hypot(few.se, many.se) };
}

function inTheLimit(all: readonly CellSummary<Chosen>[], large: CellSummary<Chosen>): Finding[] {
  const { cell, measures } = large;
  const limit = limitOf(cell);
  const excess = excessOf(all, cell);
  const few = at(all, { ...cell, n: FEW })?.measures.time_services;
  if (limit === null || !limit.isSteady || excess === null || few === undefined) return [];
  const many = measures.time_services;
  const scale = LARGE / (LARGE - FEW);
  return [
    judge({
      quantity: `${cell.policy}, ${cell.source}: time in system, many servers (service times)`,
      at: `load ${cell.load}, age ${cell.age}; n = ${FEW} and ${LARGE}, extrapolated by 1/n`,
      statistic: {
        ours: few.mean - excess.ours,
        se: Math.hypot(scale * many.se, (scale - 1) * few.se),
        count: Math.min(few.count, many.count),
      },
      expected: limit.mean,
      tolerance: excess.ours ** 2 / limit.mean,
      basis: 'theory',
      source: SOURCES[cell.source],
    }),
  ];
}

const aged = ({ cell, measures }: CellSummary<Chosen>): Finding =>
  judge({
    quantity: 'gossip: mean age of the known loads (service times)',
    at: where(cell),
    statistic: measures.age_services,
    expected: cell.age,
    tolerance: 0,
    basis: 'theory',
    source: 'push-pull on Poisson clocks: H(n - 1) / 2 periods',
  });

/** As long as news is fresh, its effect is linear in the age, so that the mean is all that matters. */
function asBoard(all: readonly CellSummary<Chosen>[], gossip: CellSummary<Chosen>): Finding[] {
  const { cell } = gossip;
  if (cell.source !== 'gossip' || cell.policy !== 'two') return [];
  const board = at(all, { ...cell, source: 'board' });
  if (board === undefined || !LINEAR_AGES.includes(cell.age)) return [];
  const limits = (['board', 'individual'] as const).map((source) => limitOf({ ...cell, source })!);
  return [
    judge({
      quantity: 'two: time in system by gossip, in parts of that by a board of the same mean age',
      at: `${FEW} servers, load ${cell.load}, age ${cell.age}`,
      statistic: ratio(gossip.measures.time_services, board.measures.time_services),
      expected: 1,
      tolerance: Math.abs(limits[1].mean / limits[0].mean - 1),
      basis: 'theory',
      source: 'to the first order in the age; tolerance: how two boards differ beyond it',
    }),
  ];
}

interface Curve {
  /** Its cells differ in the age only. */
  readonly cell: Chosen;
  readonly points: readonly CellSummary<Chosen>[];
}

/** Time by age, of all policies and sources, for n = 100. */
function curvesOf(all: readonly CellSummary<Chosen>[]): Curve[] {
  const aging = all.filter(({ cell }) => cell.n === FEW && cell.age > 0);
  const name = ({ load, policy, source }: Chosen) => `${load} ${policy} ${source}`;
  return [...new Set(aging.map(({ cell }) => name(cell)))].map((curve) => {
    const points = aging.filter(({ cell }) => name(cell) === curve);
    return { cell: points[0].cell, points };
  });
}

/** Where a curve of times by age reaches `level`, linear on logarithms of both; null if it does not. */
function crossingOf(points: readonly Point[], level: number): Estimate | null {
  const i = points.findIndex(
    (point, k) => k > 0 && point.time > level && points[k - 1].time <= level,
  );
  if (i < 1) return null;
  const [low, high] = [points[i - 1], points[i]];
  const rise = Math.log(high.time / low.time);
  const share = Math.log(level / low.time) / rise;
  const step = Math.log(high.age / low.age);
  const off = Math.hypot((1 - share) * (low.se / low.time), share * (high.se / high.time));
  const ours = low.age * Math.exp(share * step);
  return { ours, se: (ours * step * off) / rise };
}
interface Point {
  readonly age: number;
  readonly time: number;
  readonly se: number;
}

const pointsOf = ({ points }: Curve): Point[] =>
  points.map(({ cell, measures }) => ({
    age: cell.age,
    time: measures.time_services.mean,
    se: measures.time_services.se,
  }));

function crossing(all: readonly CellSummary<Chosen>[], curve: Curve): Finding[] {
  const { cell, points } = curve;
  if (!isLimited(cell)) return [];
  const level = randomTime(cell.load);
  const found = crossingOf(pointsOf(curve), level);
  const drawn = crossingOf(
    points.map((point) => ({ age: point.cell.age, time: limitOf(point.cell)!.mean, se: 0 })),
    level,
  );
  if (found === null || drawn === null) return [];
  const expected = breakEvenAge(cell);
  // What 1/n makes, as it was measured at the nearest age, in parts; the curves rise in parts as the age or less.
  const apart = (age: number) => Math.abs(Math.log(age / expected));
  const ages = LARGE_AGES[cell.policy].filter((age) => age > 0);
  const age = ages.sort((a, b) => apart(a) - apart(b))[0];
  const excess = excessOf(all, { ...cell, age });
  if (excess === null) return [];
  const slope = slopeAt(cell, expected);
  const left = Math.abs(excess.ours) / limitOf({ ...cell, age })!.mean / slope;
  return [
    judge({
      quantity: `${cell.policy}, ${cell.source}: mean age at which a server at random is as good`,
      at: `${FEW} servers, load ${cell.load} (service times)`,
      statistic: { ...found, count: points[0].replicates },
      expected,
      tolerance: Math.abs(drawn.ours - expected) + left * expected,
      basis: 'theory',
      source: SOURCES[cell.source],
      note: 'tolerance: interpolation between ages, and the excess of 100 servers over many',
    }),
  ];
}

/** d log time / d log age. */
function slopeAt(cell: Chosen, age: number): number {
  const time = (factor: number) => limitOf({ ...cell, age: factor * age })!.mean;
  return Math.log(time(1.05) / time(1 / 1.05)) / (2 * Math.log(1.05));
}

function answer(_all: readonly CellSummary<Chosen>[]): string[] {
  return [];
}
