/** Jobs go to the server with the least load that is known by gossip: how old may the news be, and how many to compare? */
import {
  at,
  boardTimes,
  breakEven,
  type Cell,
  type CellSummary,
  type CurvePoint,
  complete,
  constant,
  crossesAt,
  type Estimate,
  experiment,
  type Finding,
  freshTime,
  individualTime,
  judge,
  loadBalancingOn,
  loadGroundOf,
  PERIOD_MS,
  queueing,
  type Reference,
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

/**
 * Service times until measuring begins, and from then on: whole phases of all boards. All servers begin empty; see the
 * remarks.
 */
function timesOf({ n, load, policy, source, age }: Chosen) {
  if (load <= 0.5) {
    if (n > FEW) return { warmUp: 60, length: 60 };
    return { warmUp: 150, length: policy === 'random' ? 800 : 250 };
  }
  if (policy === 'random') return { warmUp: 2000, length: 3000 };
  if (n > FEW) return { warmUp: 300, length: 240 };
  if (source === 'polls') return { warmUp: 300, length: 400 };
  if (source === 'gossip' && age < 1) return { warmUp: 300, length: 500 };
  return { warmUp: policy === 'least' && age >= 2.5 ? 2000 : 300, length: 1000 };
}

/** More where a finding needs it: a time beside that of a server at random, or a ratio. */
function replicates(cell: Chosen): number {
  const { n, load, policy, age } = cell;
  if (!isLimited(cell)) return policy === 'two' && LINEAR_AGES.includes(age) ? 16 : 8;
  if (load <= 0.5) return n > FEW || policy === 'random' ? 16 : 24;
  if (policy === 'random') return 16;
  if (policy === 'least') return age >= 1 && age <= 2.5 ? 16 : 8;
  return age >= 10 || LINEAR_AGES.includes(age) ? 16 : 8;
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

const isAging = ({ n, age }: Chosen): boolean => n === FEW && age > 0;
const LIMIT: Reference = {
  label: 'many servers',
  mark: 'line',
  at(cell) {
    const limit = limitOf(cell as Chosen);
    return limit?.isSteady ? limit.mean : null;
  },
};
/** Drawn once, though the colours are many. */
const atRandomFor = (is: (cell: Chosen) => boolean): Reference => ({
  label: 'a server at random',
  mark: 'line',
  at: (cell) => (is(cell as Chosen) ? randomTime(cell.load as number) : null),
});
const BY_POLICY = [LIMIT, atRandomFor(({ policy }) => policy === 'two')];

export default experiment<Chosen>({
  name: 'gossiped-load',
  question:
    'Jobs go to the server with the least load known by gossip: how old may that news be, and should all servers be compared or two?',
  claim:
    'Two servers at random, and of these the one with the lesser known load, are better than one at random until the news is many service times old. The least loaded of all is best only while news is fresher than about a service time (load 0.5) or a quarter of one (load 0.9); with news a few service times old it is worse than one at random, as all send their jobs to the same few servers (herd).',
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
  replicates,
  quick: {
    grid: { load: [0.5], source: ['fresh', 'board', 'gossip'], age: [0, 5, 10] },
    replicates: 8,
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
  remarks: [
    'Model, as in the papers: Poisson arrivals, exponential service of mean 1, first come, first served; a job is at its server at once; the load is the length of the queue, the job in service included. Each server also sends jobs on: a job comes up at one of the n nodes, drawn evenly. A node with a view of its own (gossip, polls) always knows its own load, which is 1/n of what it knows. Two choices are drawn with replacement.',
    'The mean age of the sources is made equal: a board is written once every 2 ages (its news is 0 to 2 ages old), a line of its own and a poll come in the mean once every age, and gossip has a period of 2 age / H(n - 1), since a load of another is as old as a rumour by push-pull is late: the sum of (n - 1) / (2 k (n - k)) times the share not yet reached, (n - k) / (n - 1), is H(n - 1) / 2 periods. With 100 servers that is 2.59 periods.',
    'Many servers: between two updates all servers that a board shows with the same load are M/M/1 queues with one rate of arrivals, so a phase maps one board to the next. With lines of their own the phase is exponential. All to the least on such lines has a closed form: each server shown with 0 gets load / (1 - load) jobs per service time, the mean time is 1 / (1 - z) with z the smaller root of z^2 - (1 + load / (1 - load) + 1 / age) z + load / (1 - load), and a server at random is as good when the mean age is 1 / load: the time between two arrivals at a server.',
    'To n = 1000 from n = 100 the difference is taken to be of order 1/n, and taken off; the tolerance is its square, in parts of the limit. It is largest where all go to the least loaded by lines of their own: at load 0.9 ten of 100 servers are shown idle, more or less, and the mean of the inverse of a number near ten is a tenth above its inverse.',
    'All to the least at load 0.9: on a board that is written every five service times or less often, phases still differ from each other after 4000 service times, also in the limit. Such cells are not held against it, and those of an age above 5 are left out, as their queues still grow after thousands of service times.',
    'Runs begin with empty servers. By the limit the mean time of two choices at load 0.9 is within a thousandth of its value after 82 service times for a board that is written once each, and after 160 for one written every 20; 300 are left out. M/M/1 needs 1 / (1 - sqrt(load))^2 = 380 for each factor e, so 2000 are left out, as where all go to the least and news is 2.5 service times old or more. Measuring takes whole phases of the boards.',
    'Why gossip differs from a board: with one board all nodes send to the same servers until it is written again. Lines of their own are the worst for all to the least: some are many mean ages old, and one that says idle for long draws jobs all the while. Polls have ages by the same law as lines of their own, but each node has looked for itself: hardly any herd remains, and even all to the least is better than a server at random with news 25 service times old. Gossip is in between, as nodes copy what they know from each other. As polls become ever older, each server is shown idle to the same share of all nodes, and the choice becomes one at random: no worse.',
    'The printed figures of the papers were not at hand. From memory, not checked: the paper of 2001 has 2.6141 for two choices at load 0.9 in the limit (the sum gives it), and 2.6454 by its simulation of 100 queues.',
  ],
  figures: [
    {
      name: 'age',
      title: 'Two choices age well, the least loaded of all does not (load 0.9)',
      caption:
        '100 servers; mean time in system over the runs; the band is the 95 % confidence interval. Black: the limit of many servers, where it comes to rest, and a server at random, 1 / (1 - load).',
      x: { field: 'age', title: 'mean age of the known loads (service times)', scale: 'log' },
      y: { field: 'time_services', title: 'time in system (service times)', scale: 'log' },
      color: { field: 'policy', title: 'policy' },
      facet: { field: 'source', title: 'known by' },
      where: (cell) => isAging(cell as Chosen) && cell.load === 0.9,
      references: BY_POLICY,
    },
    {
      name: 'age-half',
      title: 'Two choices and the least of all, by age (load 0.5)',
      caption:
        '100 servers; mean time in system over the runs; the band is the 95 % confidence interval. Black: the limit of many servers, and a server at random.',
      x: { field: 'age', title: 'mean age of the known loads (service times)', scale: 'log' },
      y: { field: 'time_services', title: 'time in system (service times)', scale: 'log' },
      color: { field: 'policy', title: 'policy' },
      facet: { field: 'source', title: 'known by' },
      where: (cell) => isAging(cell as Chosen) && cell.load === 0.5,
      references: BY_POLICY,
    },
    {
      name: 'sources',
      title: 'News of the same mean age: the more nodes agree, the worse (load 0.9)',
      caption:
        '100 servers; mean time in system over the runs; the band is the 95 % confidence interval. Black: a server at random.',
      x: { field: 'age', title: 'mean age of the known loads (service times)', scale: 'log' },
      y: { field: 'time_services', title: 'time in system (service times)', scale: 'log' },
      color: { field: 'source', title: 'known by' },
      facet: { field: 'policy', title: 'policy' },
      where: (cell) => isAging(cell as Chosen) && cell.load === 0.9,
      references: [atRandomFor(({ source }) => source === 'gossip')],
    },
    {
      name: 'herd',
      title: 'The herd: the longest queue of 100 servers (load 0.9)',
      caption:
        'Longest queue at a time, mean over times and runs; the band is the 95 % confidence interval.',
      x: { field: 'age', title: 'mean age of the known loads (service times)', scale: 'log' },
      y: { field: 'queue_longest', title: 'longest queue (jobs)', scale: 'log' },
      color: { field: 'source', title: 'known by' },
      facet: { field: 'policy', title: 'policy' },
      where: (cell) => isAging(cell as Chosen) && cell.load === 0.9,
    },
  ],
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

const pointsOf = ({ points }: Curve): CurvePoint[] =>
  points.map(({ cell, measures }) => {
    const { mean, se } = measures.time_services;
    return { x: cell.age, y: mean, se };
  });

function crossing(all: readonly CellSummary<Chosen>[], curve: Curve): Finding[] {
  const { cell, points } = curve;
  const isFine = points.every(
    (point, i) => i === 0 || point.cell.age <= 2.5 * points[i - 1].cell.age,
  );
  if (!isLimited(cell) || !isFine) return [];
  const level = randomTime(cell.load);
  const found = crossesAt(pointsOf(curve), level);
  const drawn = crossesAt(
    points.map((point) => ({ x: point.cell.age, y: limitOf(point.cell)!.mean, se: 0 })),
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

// ---- for who runs such a system ----

function answer(all: readonly CellSummary<Chosen>[]): string[] {
  return [...new Set(all.map(({ cell }) => cell.load))].flatMap((load) => [
    ...byPolicy(all, load),
    ...bySource(all, load),
    ...asBad(all, load),
  ]);
}

const timeIn = (all: readonly CellSummary<Chosen>[], cell: Partial<Chosen>) =>
  at(all, { n: FEW, ...cell })?.measures;
const fixed = ({ mean }: { mean: number }) => mean.toFixed(mean < 10 ? 2 : 1);

function byPolicy(all: readonly CellSummary<Chosen>[], load: number): string[] {
  const fresh = (policy: Chosen['policy']) =>
    timeIn(all, { load, policy, source: 'fresh' })?.time_services;
  const [random, two, least] = [fresh('random'), fresh('two'), fresh('least')];
  if (random === undefined || two === undefined || least === undefined) return [];
  return [
    `Load ${load}, 100 servers: a job is in the system for ${fixed(random)} service times if it goes to a server at random, ${fixed(two)} if it goes to the one of two that is less loaded at the moment, ${fixed(least)} if to the least loaded of all.`,
  ];
}

/** For the oldest news that all sources have. */
function bySource(all: readonly CellSummary<Chosen>[], load: number): string[] {
  const age = [5, 2.5].find((a) => timeIn(all, { load, policy: 'least', source: 'board', age: a }));
  if (age === undefined) return [];
  const parts = (['board', 'individual', 'gossip', 'polls'] as const).flatMap((source) => {
    const two = timeIn(all, { load, policy: 'two', source, age });
    const least = timeIn(all, { load, policy: 'least', source, age });
    if (two === undefined || least === undefined) return [];
    const name = {
      board: 'one board written at once',
      individual: 'one board to which each server writes',
      gossip: 'gossip',
      polls: 'looking for oneself',
    }[source];
    return `${name}: ${fixed(two.time_services)} and ${fixed(least.time_services)} (longest queue ${fixed(two.queue_longest)} and ${fixed(least.queue_longest)})`;
  });
  if (parts.length === 0) return [];
  return [
    `With news ${age} service times old, load ${load}, of two and of all: ${parts.join('; ')}. The herd comes of agreement: the more nodes believe the same old news, the more jobs go to the same servers.`,
  ];
}

function asBad(all: readonly CellSummary<Chosen>[], load: number): string[] {
  const of = (policy: Chosen['policy']) => {
    const curve = curvesOf(all).find(
      ({ cell }) => cell.load === load && cell.policy === policy && cell.source === 'gossip',
    );
    if (curve === undefined || curve.points.length < 2) return null;
    const ages = curve.points.map(({ cell }) => cell.age);
    if (curve.points[0].measures.time_services.mean > randomTime(load)) {
      return `is no better if news is ${ages[0]} service times old or older`;
    }
    const age = crossesAt(pointsOf(curve), randomTime(load))?.ours;
    return age === undefined
      ? `is still better when news is ${Math.max(...ages)} service times old`
      : `is no better once news is ${age.toPrecision(2)} service times old (a round each ${(age / agePeriods(FEW)).toPrecision(2)})`;
  };
  const [two, least] = [of('two'), of('least')];
  if (two === null || least === null) return [];
  return [
    `By gossip, load ${load}, against a server at random: the better of two ${two}; the least loaded of all ${least}; means.`,
  ];
}
