/** A network is cut in two for a while: does a cluster of memberlist become whole again by itself? */
import {
  at,
  type Cell,
  type CellSummary,
  experiment,
  type Finding,
  judge,
  MEMBERLIST_PRESETS,
  meetingChance,
  memberlistReunion,
  type Parting,
  remembered,
  type Statistic,
  spreadS,
  statistic,
} from '../src/index.ts';

interface Cut extends Cell {
  kind: 'memory' | 'reunion';
  preset: 'lan' | 'wan' | 'local';
  n: number;
  sides: 'halves' | 'a tenth' | 'one';
  health: boolean;
  cut_s: number;
  news_per_s: number;
  dead_s: number;
}

const LATENCY_MS = { lan: 1, local: 1, wan: 40 } as const;
const WATCHED_SYNCS = 10; // push/pull intervals after the healing
const NEWS = 0.1;
const CUTS = [10, 15, 20, 25, 30, 40, 50, 60, 120, 180, 240, 270, 300, 360];
/** Runs of the prototype. */
const twinsOf = (n: number): number => (n > 64 ? 30 : n > 32 ? 100 : 200);

const fewOf = ({ n, sides }: Cut) =>
  sides === 'halves' ? n / 2 : sides === 'one' ? 1 : Math.round(n / 10);
const defaultDeadS = ({ preset }: Cut) => MEMBERLIST_PRESETS[preset].gossipToTheDeadMs / 1000;
const presetOf = (cell: Cut) => ({
  ...MEMBERLIST_PRESETS[cell.preset],
  gossipToTheDeadMs: cell.dead_s * 1000,
});

function where(cell: Cut): boolean {
  const { kind, preset, n, sides, health, cut_s, news_per_s, dead_s } = cell;
  const isDefault = dead_s === defaultDeadS(cell);
  if (kind === 'memory') {
    if (cut_s !== 0 || news_per_s !== 0 || !isDefault) return false;
    if (!health) return preset === 'lan' && sides === 'one';
    return preset === 'lan' || n === 32;
  }
  if (cut_s === 0 || !health || preset !== 'lan') return false;
  if (n === 4) return sides === 'one' && isDefault && news_per_s === 0 && cut_s <= 120;
  if (n !== 32 || (sides !== 'halves' && cut_s < 30)) return false;
  if (sides === 'halves' && cut_s > 180) return false;
  return isDefault || (sides === 'halves' && news_per_s > 0 && cut_s >= 40);
}

export default experiment<Cut>({
  name: 'partition-memory',
  question:
    'After how long a network partition do the two sides of a memberlist cluster never find together again by themselves?',
  claim:
    'Halves of 32 members have declared each other dead within about 20 s (LAN). From then on only gossip reaches the dead, for GossipToTheDeadTime (30 s), and only while there is news: a quiet cluster stays split after a cut of 20 s, and any after 50 s. A member cut off alone remembers the others for longer, 8 s for each of them, because its health score slows its probes.',
  source: 'HashiCorp memberlist 0.6.0, issue 222 "Permanent cluster member"; theory derived here',
  seed: 'partition-memory',
  axes: {
    kind: 'memory: until everybody across is dead, the cut never heals; reunion: it heals after cut_s',
    preset: 'configuration that memberlist comes with',
    n: 'members',
    sides: 'what is cut off from the rest: half of the members, a tenth, or one',
    health: 'whether the health score stretches failing probes, as by default',
    cut_s: 'reunion: length of the cut, s',
    news_per_s: 'changes of metadata in the whole cluster per second, at random times',
    dead_s: 'GossipToTheDeadTime, s',
  },
  grid: {
    kind: ['memory', 'reunion'],
    preset: ['lan', 'wan', 'local'],
    n: [4, 16, 32, 64, 128],
    sides: ['halves', 'a tenth', 'one'],
    health: [true, false],
    cut_s: [0, ...CUTS],
    news_per_s: [0, NEWS],
    dead_s: [15, 30, 60, 120],
  },
  where: (cell) => where(cell) && (cell.sides !== 'a tenth' || cell.n === 32),
  replicates: ({ kind, n }) => (kind === 'reunion' ? 36 : n > 64 ? 24 : n > 32 ? 60 : 200),
  quick: {
    grid: {
      preset: ['lan'],
      n: [4, 32],
      sides: ['halves', 'one'],
      health: [true],
      cut_s: [0, 10, 40, 60],
      dead_s: [30],
    },
    replicates: 3,
  },
  fixed: { watchedSyncs: WATCHED_SYNCS, version: '0.6.0', latencyLanMs: 1, latencyWanMs: 40 },
  measures: {
    few_dead_s: 'until all of the larger side are dead to all of the smaller one, s from the cut',
    many_dead_s: 'until all of the smaller side are dead to all of the larger one',
    last_dead_s: 'the later of the two',
    dead_frac: 'reunion: pairs across that are dead when it heals',
    forgotten_frac: 'reunion: pairs across that are dropped from the list by then',
    whole_frac: 'reunion: all are alive to all in the end',
    chance_frac: 'reunion: the chance of it by theory, from the last deaths of the run',
    surplus_frac: 'reunion: the one less the other',
    met_s: 'reunion: the first member across that is alive again to somebody, s from the healing',
    sync_s: 'reunion: from then until the first push/pull across',
    whole_s: 'reunion: all are alive to all, s from the healing',
    suspicions_per_pair:
      'reunion: suspicions after the healing, per pair of members, where it ends whole',
  },
  events: ({ n, kind, cut_s }) => n * (kind === 'memory' ? 8 * n * 4 : 6 * (cut_s + 300)),
  bytes: ({ n }) => 30 * n * n + 20e6,
  run,
  findings: (all) => [
    ...all.flatMap(memoryFinding),
    ...reunionFindings(all),
    ...all.flatMap(issueFinding),
  ],
  answer,
  remarks: [
    'Modelled is memberlist: no layer above it rejoins. Serf keeps failed members for a day and every 30 s joins one of them with a chance of failed / alive, which heals such cuts; so do the rejoin loops that users of memberlist write. DeadNodeReclaimTime is not modelled: it lets a name come back from another address, and in a partition addresses stay.',
    'A member that is alive to somebody is called for a push/pull sooner or later; a suspect is told so with its next ping and refutes. A dead one is neither pinged nor called. Gossip still goes to it for GossipToTheDeadTime, but a gossip tick without news sends nothing, and after the last declaration there is none. So this time is a condition, not a promise: it takes a change of metadata, a join or a leave within it.',
    'The first news across makes its author alive to the other side, no more. The rest takes a push/pull with it, the first of which comes after up to 30 s; the tables then make suspects of everybody on both sides, who refute, and that news makes the cluster whole: a reunion costs suspicions.',
    'A member alone: nobody confirms its suspicions, so that each lasts six times as long as the shortest; no probe of it is answered and no NACK comes, so that its score is 7 after three probes and each takes 8 s: 12 + 8 (n - 4) + 24 log10 n s in the mean, if it met each member once. The others need no more than a few seconds beyond the shortest suspicion. From when they have dropped it, its suspects no longer help, as their refutations do not reach it: only who is still alive to it does.',
    'While the sides are apart, a part of all gossip goes to the silent ones: of eight transmissions of a suspicion four, between halves. With the Local configuration, which has four, and in small minorities, suspicions do not reach all of the own side, confirmations are missing, and it takes longer. The prototype leaves out the news that rides on pings, which matters there: these cells are not held against it.',
    'Not every pair across is dropped from the list when gossip to it ends: that happens when the probe list has been gone through, after up to n - 1 s more. It decides nothing here.',
  ],
  figures: [
    {
      name: 'whole',
      title: 'Whole again without help?',
      caption:
        '32 members, LAN, GossipToTheDeadTime 30 s: share of runs that end whole, with its 95 % interval; news: changes of metadata per second in the whole cluster; dashed: chance by the prototype.',
      x: { field: 'cut_s', title: 'length of the cut (s)', scale: 'log' },
      y: { field: 'whole_frac', title: 'share of runs whole in the end' },
      color: { field: 'news_per_s', title: 'news per s' },
      facet: { field: 'sides', title: 'cut off' },
      where: ({ kind, n, dead_s }) => kind === 'reunion' && n === 32 && dead_s === 30,
      references: [{ label: 'prototype', mark: 'line', at: (cell) => chanceOf(cell as Cut) }],
    },
    {
      name: 'memory',
      title: 'How long the sides remember each other',
      caption:
        'LAN: until everybody across is dead to everybody, mean and its 95 % interval; dashed: prototype of one side.',
      x: { field: 'n', title: 'members', scale: 'log2' },
      y: { field: 'last_dead_s', title: 'until all across are dead (s)', scale: 'log' },
      color: { field: 'sides', title: 'cut off' },
      where: ({ kind, preset, sides, health }) =>
        kind === 'memory' && preset === 'lan' && sides !== 'a tenth' && health === true,
      references: [{ label: 'prototype', mark: 'line', at: (cell) => memoryOf(cell as Cut).mean }],
    },
  ],
});

function run(cell: Cut, seed: string) {
  const { kind, n, preset, health, cut_s, news_per_s } = cell;
  const few = fewOf(cell);
  const config = presetOf(cell);
  const found = memberlistReunion({
    ...{ n, few, seed, preset: config, awareness: health, latencyMs: LATENCY_MS[preset] },
    cutS: kind === 'memory' ? Number.POSITIVE_INFINITY : cut_s,
    newsPerS: news_per_s,
    watchedS: (WATCHED_SYNCS * config.pushPullIntervalMs) / 1000,
  });
  const finite = (s: number) => (Number.isFinite(s) ? s : null);
  const isReunion = kind === 'reunion';
  const orNull = (value: number | null) => (isReunion ? value : null);
  const chance = meetingChance({ ...healingOf(cell), ...found });
  return {
    few_dead_s: finite(found.fewDeadS),
    many_dead_s: finite(found.manyDeadS),
    last_dead_s: finite(Math.max(found.fewDeadS, found.manyDeadS)),
    dead_frac: orNull(found.deadFrac),
    forgotten_frac: orNull(found.forgottenFrac),
    whole_frac: isReunion ? found.whole : null,
    chance_frac: orNull(chance),
    surplus_frac: orNull(Number(found.whole) - chance),
    met_s: orNull(found.metS),
    sync_s: orNull(found.syncS),
    whole_s: orNull(found.wholeS),
    suspicions_per_pair: orNull(found.whole ? found.suspicionsPerPair : null),
  };
}

// ---- theory ----

/** What the chance to meet is made of, but for when the sides have parted. */
function healingOf(cell: Cut) {
  const { preset, n, cut_s, news_per_s, dead_s } = cell;
  const { suspicionMult, suspicionMaxMult, probeIntervalMs } = MEMBERLIST_PRESETS[preset];
  const shortestMs = suspicionMult * Math.max(1, Math.log10(n)) * probeIntervalMs;
  return {
    ...{ n, few: fewOf(cell), healS: cut_s, newsPerS: news_per_s, gossipToTheDeadS: dead_s },
    longestS: (suspicionMaxMult * shortestMs) / 1000,
  };
}

const partings = new Map<string, readonly Parting[]>();

/** When the sides have parted, by the prototype of each. */
function partingsOf(cell: Cut): readonly Parting[] {
  const { preset, n, sides, health } = cell;
  const key = `${preset} ${n} ${sides} ${health}`;
  const known = partings.get(key);
  if (known !== undefined) return known;
  const config = { ...MEMBERLIST_PRESETS[preset], ...(!health && { awarenessMax: 1 }) };
  const few = fewOf(cell);
  const found = Array.from({ length: twinsOf(n) }, (_, i) => {
    const [a, b] = [few, n - few].map((own, side) =>
      remembered({ own, other: n - own, preset: config, seed: `${key} ${i} ${side}` }),
    );
    return { aliveS: Math.max(a.aliveS, b.aliveS), fewDeadS: a.lastS, manyDeadS: b.lastS };
  });
  partings.set(key, found);
  return found;
}

const memoryOf = (cell: Cut): Statistic =>
  statistic(partingsOf(cell).map(({ fewDeadS, manyDeadS }) => Math.max(fewDeadS, manyDeadS)));

/** The chance to become whole, mean of the prototype's runs. What it does not know at the healing it does not use. */
function chanceOf(cell: Cut): number {
  const healing = healingOf(cell);
  const upTo = (s: number) => (s < cell.cut_s ? s : Number.POSITIVE_INFINITY);
  const chances = partingsOf(cell).map(({ aliveS, fewDeadS, manyDeadS }) =>
    meetingChance({
      ...healing,
      ...{ aliveS: upTo(aliveS), fewDeadS: upTo(fewDeadS), manyDeadS: upTo(manyDeadS) },
    }),
  );
  return chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
}

// ---- findings ----

/** Cells whose news reaches nearly all of a side: with few transmissions, or few of one's own side, pings carry more of it. */
function isHeld({ kind, n, sides, preset }: Cut): boolean {
  return (
    kind === 'memory' && (sides === 'one' || (sides === 'halves' && n >= 16 && preset !== 'local'))
  );
}

function memoryFinding({ cell, measures }: CellSummary<Cut>): Finding[] {
  if (!isHeld(cell)) return [];
  const { preset, n, sides, health } = cell;
  const { mean, se } = memoryOf(cell);
  const few = fewOf(cell);
  const config = MEMBERLIST_PRESETS[preset];
  const perS = (1000 * config.gossipNodes) / config.gossipIntervalMs;
  const spread = spreadS(n - few, (perS * (n - few - 1)) / (n - 1));
  return [
    judge({
      quantity: 'until all across are dead to all (s)',
      at: `${preset}, n = ${n}, ${sides}${health ? '' : ', no health'}`,
      statistic: measures.last_dead_s,
      expected: mean + spread / 2,
      tolerance: spread / 2 + 3 * se,
      basis: 'theory',
      source:
        'prototype of one side, in which news spreads at once, and half of the time that it takes',
      note: 'tolerance: the other half of that time, and 3 standard errors of the prototype',
    }),
  ];
}

function reunionFindings(all: readonly CellSummary<Cut>[]): Finding[] {
  const found: Finding[] = [];
  for (const sides of ['halves', 'a tenth', 'one'] as const) {
    for (const news_per_s of [0, NEWS]) {
      const cells = all.filter(
        ({ cell }) =>
          cell.kind === 'reunion' &&
          cell.n === 32 &&
          cell.sides === sides &&
          cell.news_per_s === news_per_s,
      );
      if (cells.length === 0) continue;
      const { mean, se, count } = pooled(cells.map(({ measures }) => measures.surplus_frac));
      found.push(
        judge({
          quantity: 'share of runs that end whole, less the chance by theory, mean of all cuts',
          at: `${sides}, ${news_per_s} news per s`,
          statistic: { ours: mean, se, count },
          expected: 0,
          tolerance: 0.05,
          basis: 'theory',
          source: 'alive: by push/pull; dead: by news within GossipToTheDeadTime, 1 - exp(-u t)',
          note: 'tolerance: a second of either end of the window, in which the last news of the cut is still on its way',
        }),
      );
    }
  }
  return found;
}

/** Issue 222: four members, one of which is cut off for a minute or two. */
function issueFinding({ cell, measures }: CellSummary<Cut>): Finding[] {
  if (cell.kind !== 'reunion' || cell.n !== 4 || cell.cut_s < 60) return [];
  return [
    judge({
      quantity: 'share of runs that end whole',
      at: `4 members, one is cut off for ${cell.cut_s} s`,
      statistic: measures.whole_frac,
      expected: 0,
      tolerance: 0.1,
      basis: 'published',
      source: 'HashiCorp memberlist, issue 222: an outage of 1 or 2 minutes, then never again',
      note: 'the report is of a cluster, not of a share: tolerance a tenth',
    }),
  ];
}

function pooled(statistics: readonly Statistic[]) {
  const count = statistics.reduce((sum, one) => sum + one.count, 0);
  const mean = statistics.reduce((sum, one) => sum + one.mean * one.count, 0) / count;
  const variance = statistics.reduce((sum, one) => sum + (one.se * one.count) ** 2, 0);
  return { mean, count, se: Math.sqrt(variance) / count };
}

// ---- for who runs it ----

function answer(all: readonly CellSummary<Cut>[]): string[] {
  const lan = { preset: 'lan', n: 32, health: true } as const;
  const memory = (cell: Partial<Cut>) =>
    at(all, { kind: 'memory', ...lan, ...cell })?.measures.last_dead_s;
  const whole = (cell: Partial<Cut>) =>
    at(all, { kind: 'reunion', ...lan, dead_s: 30, ...cell })?.measures.whole_frac;
  const s = ({ mean }: Statistic) => `${mean.toFixed(0)} s`;
  const pct = ({ mean }: Statistic) => `${(100 * mean).toFixed(0)} %`;
  const lines: string[] = [];
  const halves = memory({ sides: 'halves' });
  const one = memory({ sides: 'one' });
  if (halves !== undefined && one !== undefined) {
    const hasty = memory({ sides: 'one', health: false });
    lines.push(
      `32 members, LAN: halves have declared each other dead ${s(halves)} after the cut; one that is cut off alone is dead to the others sooner, but takes ${s(one)} to give up all of them${hasty === undefined ? '' : ` (${s(hasty)} without the health score)`}.`,
    );
  }
  const quiet = (cut_s: number) => whole({ sides: 'halves', cut_s, news_per_s: 0 });
  const [short, long] = [quiet(10), quiet(40)];
  if (short !== undefined && long !== undefined) {
    lines.push(
      `Where nothing is said, ${pct(short)} of clusters are whole again after a cut in halves of 10 s, and ${pct(long)} after one of 40 s, though GossipToTheDeadTime is 30 s: it allows gossip to the dead, and there is none.`,
    );
  }
  const news = (cut_s: number) => whole({ sides: 'halves', cut_s, news_per_s: NEWS });
  const [in40, in60] = [news(40), news(60)];
  if (in40 !== undefined && in60 !== undefined) {
    lines.push(
      `With a change of metadata every ${1 / NEWS} s somewhere, ${pct(in40)} after 40 s and ${pct(in60)} after 60 s.`,
    );
  }
  const raised = whole({ sides: 'halves', cut_s: 120, news_per_s: NEWS, dead_s: 120 });
  if (raised !== undefined) {
    lines.push(
      `GossipToTheDeadTime of two minutes with the same news: ${pct(raised)} after a cut of two minutes.`,
    );
  }
  const reunion = at(all, {
    ...{ kind: 'reunion', ...lan, sides: 'halves', cut_s: 40, news_per_s: NEWS, dead_s: 30 },
  })?.measures;
  if (reunion !== undefined && reunion.whole_s.count > 0) {
    lines.push(
      `Where halves find together after 40 s, they are whole ${s(reunion.whole_s)} after the healing, and a member comes to suspect another ${reunion.suspicions_per_pair.mean.toFixed(2)} times per pair on the way.`,
    );
  }
  if (lines.length > 0) {
    lines.push(
      'What helps: call Join again now and then with addresses from outside memberlist (as Serf does with members that have failed), for nothing in memberlist itself heals a longer cut; or have something to say, with a GossipToTheDeadTime as long as the cuts that are to be survived.',
    );
  }
  return lines;
}
