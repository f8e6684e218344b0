/** A few members of a large memberlist cluster are sick: when do they take the healthy ones down with them? */
import {
  at,
  bearableCapacity,
  busyS,
  type Cell,
  type CellSummary,
  deafStorm,
  type Estimate,
  experiment,
  type Finding,
  judge,
  type Limited,
  MEMBERLIST_PRESETS,
  type MemberlistOptions,
  type MemberlistPreset,
  memberlistStorm,
  shareStatistic,
  transmissionsOf,
  worstLoad,
} from '../src/index.ts';

type Setting =
  | 'LAN'
  | 'no health'
  | 'no Lifeguard'
  | 'to 2 members'
  | 'patient'
  | 'half as often'
  | 'WAN';

interface Sick extends Cell {
  illness: 'deaf' | 'blocked';
  n: number;
  sick: number;
  setting: Setting;
  blocked_s: number;
  open_s: number;
  capacity_per_s: number;
}

const { lan, wan } = MEMBERLIST_PRESETS;
const SETTINGS: Readonly<
  Record<
    Setting,
    Pick<MemberlistOptions, 'awareness' | 'dynamicSuspicion'> & { preset: MemberlistPreset }
  >
> = {
  LAN: { preset: lan },
  'no health': { preset: lan, awareness: false },
  'no Lifeguard': { preset: lan, awareness: false, dynamicSuspicion: false },
  'to 2 members': { preset: { ...lan, gossipNodes: 2 } },
  patient: { preset: { ...lan, suspicionMult: 8 } },
  'half as often': { preset: { ...lan, retransmitMult: 2 } },
  WAN: { preset: wan },
};
const CAPACITIES = [8, 14, 16, 18, 20, 22, 24, 28, 36];
const TICK_S = 0.2; // of gossip, LAN
const SETTLE_S = 20;
const DEAF_S = 84;
const BLOCKED_S = 100;
const AFTER_S = 90;
const LAN_MS = 1; // one way
const WAN_MS = 40;
const FULL_SCORE = 8; // intervals that a probe takes then
/** Deaf from 0 on, a member's probes fail after 1, 5, 12, 20, ... s and part of a tick, or after 1, 2, 3, ... s: as if earlier. */
const EARLIER_S = { health: 4, 'no health': -1 };
/** A storm that goes on sends at more than half of the full rate of gossip, so long after the illness. */
const GOES_ON = 0.5;

const gossipPerS = (setting: Setting): number => {
  const { gossipNodes, gossipIntervalMs } = SETTINGS[setting].preset;
  return (1000 * gossipNodes) / gossipIntervalMs;
};
const isLimited = ({ capacity_per_s }: Sick) => capacity_per_s > 0;
const isBlocked = (cell: Sick) => cell.illness === 'blocked' && !isLimited(cell);
const hasHealth = ({ setting }: Sick) => setting !== 'no health' && setting !== 'no Lifeguard';

function where(cell: Sick): boolean {
  const { illness, n, sick, setting, blocked_s, open_s } = cell;
  if (illness === 'deaf') {
    const isPlain = blocked_s === 0 && open_s === 0 && !isLimited(cell);
    return isPlain && n >= 128 && sick <= 16 && (setting === 'LAN' || setting === 'no health');
  }
  if (blocked_s === 0 || open_s === 0) return false;
  if (isLimited(cell)) {
    if (n !== 64 || blocked_s !== 20 || open_s !== 1) return false;
    if (setting === 'LAN') return sick === 1 || sick === 4 || sick === 16;
    return sick === 4 && setting !== 'no Lifeguard';
  }
  if (blocked_s === 2) return n === 128 && open_s === 1 && setting === 'no health' && sick >= 4;
  return n === 64 && (setting === 'LAN' || setting === 'no Lifeguard');
}

export default experiment<Sick>({
  name: 'gossip-storm',
  question:
    'A few members of a memberlist cluster are sick and accuse the healthy ones: when does that become a storm, and when does it go on without them?',
  claim:
    'One accusation keeps every member sending at its full rate for a second, so that one or two a second make all of them send 15 packets a second (LAN), whatever the size of the cluster. More is not possible, and refutations win: no healthy member is declared dead by many. But if members can handle only so many packets a second, acks are late, healthy members accuse each other, and the storm outlasts the illness: always below 17, never above 33, and where in between depends on the push.',
  source:
    'HashiCorp memberlist 0.6.0; Consul issue 5567, "Frequent gossip storms"; theory derived here',
  seed: 'gossip-storm',
  axes: {
    illness:
      'deaf: hears nothing, but sends; blocked: neither, for blocked_s, then open for open_s, and so on',
    n: 'members',
    sick: 'sick ones',
    setting:
      'LAN: memberlist as it comes; or what is changed: no health score; nor suspicions that shorten; gossip to 2 members a tick; SuspicionMult 8; RetransmitMult 2; the WAN configuration',
    blocked_s: 'blocked: for so long, s; each sick member in a phase of its own',
    open_s: 'blocked: open for so long, s',
    capacity_per_s: 'packets that a member can handle per second; 0: any number',
  },
  grid: {
    illness: ['deaf', 'blocked'],
    n: [64, 128, 256],
    sick: [1, 2, 4, 8, 16, 32],
    setting: Object.keys(SETTINGS) as Setting[],
    blocked_s: [0, 2, 20],
    open_s: [0, 0.01, 1],
    capacity_per_s: [0, ...CAPACITIES],
  },
  where,
  replicates: ({ illness, n, blocked_s }) => {
    if (illness === 'deaf') return n > 128 ? 2 : 8;
    return blocked_s === 2 ? 2 : 3;
  },
  quick: {
    grid: {
      n: [64, 128],
      sick: [4],
      setting: ['LAN'],
      blocked_s: [0, 20],
      open_s: [0, 1],
      capacity_per_s: [0, 8, 36],
    },
    replicates: 2,
  },
  fixed: {
    settleS: SETTLE_S,
    deafS: DEAF_S,
    blockedS: BLOCKED_S,
    afterS: AFTER_S,
    lanMs: LAN_MS,
    wanMs: WAN_MS,
  },
  measures: {
    by_sick_per_s: 'probes by sick members of healthy ones that failed, per s',
    by_healthy_per_s: 'probes by healthy members of healthy ones that failed, per s',
    refutations_per_s: 'refutations by healthy members per s: accusations that are news',
    accusations_per_s:
      'times that a healthy member came to suspect a healthy one, per s and healthy member',
    false_deaths_per_h:
      'in the illness: times that a healthy member held a healthy one to be dead, per healthy member-hour',
    victims_frac:
      'in it or after: healthy members that more than half of the healthy ones held to be dead at some time',
    packets_per_s: 'packets sent by a healthy member per s',
    bytes_per_s: 'bytes sent by a healthy member per s, headers and tables included',
    busy_frac: 'gossip packets of a healthy member, of those that it can send',
    queued: 'mean length of the broadcast queue of a healthy member',
    most_queued: 'the highest mean of the members, sampled twice a second',
    calm_s: 'from the end of the illness until no healthy member holds another wrongly, s',
    after_per_s: 'packets sent by a healthy member per s, at the end of the run',
    goes_on_frac: `the storm goes on ${AFTER_S} s after the illness`,
  },
  events: ({ n, capacity_per_s }) => n * 200 * (capacity_per_s > 0 ? 40 : 25),
  bytes: ({ n }) => 40 * n * n + 30e6,
  run,
  findings: (all) => [...deafFindings(all), ...secondFindings(all), ...limitedFindings(all)],
  answer,
  remarks: [
    'How the rate saturates: an accusation and its refutation are each sent 12 times by every member (8 below 100 members), three at a tick; together they keep a queue from being empty for tau, about a second. It does not matter what else is in the queue, as all of it fits into the same packets: so a member gossips at its full rate for about 1 - exp(-a tau) of the time at a accusations per second in the whole cluster. The number of members enters by a logarithm only.',
    'Beyond the full rate packets grow, and when they are full (1400 bytes, from about 20 accusations a second on) queues do, up to one piece of news for each name. News that has been sent fewest times goes first, refutations before accusations: it still reaches all, with fewer repetitions.',
    'Who hears nothing accuses each member once, as it never learns of the new incarnation: deaf members run out of members to accuse after n / sick s, or eight times as long with the health score. That they begin at the same moment keeps their probes in step once these take 8 s each, so that accusations come in clusters: the share of the full rate is held against theory without the score only. Nor is it Poisson for one of them, whose ticks are regular.',
    'A member that hears the refutation first never suspects: suspicions are a few per cent fewer than accusations times members.',
    'The second generation needs members that are slow at handling packets: here each packet takes as long as any other, timers do not wait, inboxes are not bounded. A full UDP buffer drops packets instead. At rest, without a push, M/D/1 inboxes bear the full rate of gossip from 22.9 packets a second on (LAN). But members that come back from a block find all packets of that time in their inboxes; such a push can begin a storm up to where no load keeps itself up, 15 + 2 + 12 + 4 = 33.',
    'That the storm goes on when the sick are well makes it metastable: late acks make accusations, these make news, news makes gossip at full rate, and that makes acks late.',
    'Issue 5567 reports that one or two members fail dozens of others, that refutations follow and then it generalises, in a cluster of thousands. Memberlist alone does not do that where a packet costs less than 30 ms; what Serf and Consul do for each event (handlers, catalogue, logs) is not modelled, and takes the same processor.',
    'The WAN configuration gossips 8 packets a second and probes every 5 s: 4 sick members of 64 never fill its queues.',
  ],
  figures: [
    {
      name: 'packets',
      title: 'A few sick members, and all others gossip at full rate',
      caption:
        '64 members, LAN, sick ones blocked for 20 s and open for open_s: packets sent by a healthy member; mean and its 95 % interval. Dashed: gossip at full rate, a ping and an ack.',
      x: { field: 'sick', title: 'blocked members', scale: 'log2' },
      y: { field: 'packets_per_s', title: 'packets per s and member' },
      color: { field: 'open_s', title: 'open for (s)' },
      where: (cell) => isBlocked(cell as Sick) && cell.setting === 'LAN' && cell.n === 64,
      references: [{ label: 'full rate', mark: 'line', at: () => gossipPerS('LAN') + 2 }],
    },
    {
      name: 'deaf',
      title: 'Who hears nothing accuses each member once',
      caption:
        'LAN, no health score, from 20 s to 84 s after they went deaf: gossip sent by a healthy member, of the most that it can send; mean and its 95 % interval; dashed: theory.',
      x: { field: 'sick', title: 'deaf members', scale: 'log2' },
      y: { field: 'busy_frac', title: 'share of the full rate of gossip' },
      color: { field: 'n', title: 'members' },
      where: ({ illness, setting }) => illness === 'deaf' && setting === 'no health',
      references: [{ label: 'theory', mark: 'line', at: (cell) => deafOf(cell as Sick).busyFrac }],
    },
    {
      name: 'capacity',
      title: 'When a storm outlasts the illness',
      caption:
        '64 members, LAN, sick ones blocked for 20 s, open for 1 s: packets sent by a healthy member a minute and a half after the illness; median of the runs, and the smallest and largest. Dashed: a ping and an ack a second, which is calm.',
      x: { field: 'capacity_per_s', title: 'packets that a member can handle per s' },
      y: { field: 'after_per_s', title: 'packets per s, 90 s after' },
      color: { field: 'sick', title: 'sick members' },
      band: 'range',
      where: (cell) => isLimited(cell as Sick) && cell.setting === 'LAN',
      references: [{ label: 'calm', mark: 'line', at: () => 2 }],
    },
    {
      name: 'settings',
      title: 'What moves the threshold',
      caption:
        '64 members, 4 blocked for 20 s, open for 1 s: packets sent by a healthy member a minute and a half after the illness; median of the runs, and the smallest and largest.',
      x: { field: 'capacity_per_s', title: 'packets that a member can handle per s' },
      y: { field: 'after_per_s', title: 'packets per s, 90 s after' },
      color: { field: 'setting', title: 'setting' },
      band: 'range',
      where: (cell) => isLimited(cell as Sick) && cell.sick === 4,
    },
  ],
});

const sickS = ({ illness }: Sick): number => (illness === 'deaf' ? DEAF_S : BLOCKED_S);

function run(cell: Sick, seed: string) {
  const { illness, n, sick, setting, blocked_s, open_s, capacity_per_s } = cell;
  const counted = sickS(cell) - SETTLE_S;
  const healthy = n - sick;
  const found = memberlistStorm({
    ...{ illness, n, sick, seed, blockedS: blocked_s, openS: open_s },
    ...{ capacityPerS: capacity_per_s, settleS: SETTLE_S, sickS: sickS(cell) },
    latencyMs: setting === 'WAN' ? WAN_MS : LAN_MS,
    afterS: illness === 'deaf' ? SETTLE_S : AFTER_S,
    options: SETTINGS[setting],
  });
  const per = (count: number) => count / counted / healthy;
  const full = gossipPerS(setting);
  return {
    by_sick_per_s: found.bySick / counted,
    by_healthy_per_s: found.byHealthy / counted,
    refutations_per_s: found.refutations / counted,
    accusations_per_s: per(found.suspicions),
    false_deaths_per_h: 3600 * per(found.falseDeaths),
    victims_frac: found.victims / healthy,
    packets_per_s: per(found.packets),
    bytes_per_s: per(found.bytes),
    busy_frac: per(found.gossips) / full,
    queued: found.queued,
    most_queued: found.mostQueued,
    calm_s: found.calmS,
    after_per_s: found.afterPacketsPerS,
    goes_on_frac: illness === 'deaf' ? null : found.afterPacketsPerS > GOES_ON * full,
  };
}

// ---- theory ----

function gossipOf({ n, setting }: Sick) {
  const transmissions = transmissionsOf(SETTINGS[setting].preset.retransmitMult, n);
  return { n, transmissions, gossipPerS: gossipPerS(setting), othersPerS: 2 };
}

function deafOf(cell: Sick) {
  const slower = hasHealth(cell);
  const shift = EARLIER_S[slower ? 'health' : 'no health'];
  return deafStorm(gossipOf(cell), {
    ...{ deaf: cell.sick, perS: slower ? 1 / FULL_SCORE : 1 },
    ...{ from: SETTLE_S + shift, to: DEAF_S + shift },
  });
}

function limitedOf(setting: Setting): Limited {
  const { probeIntervalMs, probeTimeoutMs, indirectChecks } = SETTINGS[setting].preset;
  return {
    gossipPerS: gossipPerS(setting),
    probesPerS: 1000 / probeIntervalMs,
    probeTimeoutS: probeTimeoutMs / 1000,
    indirectChecks,
  };
}

// ---- findings ----

/** Cells of one kind together: all that was counted, of all that was expected. */
function inAll(
  cells: readonly CellSummary<Sick>[],
  measure: string,
  expected: (cell: Sick) => number,
) {
  const total = cells.reduce((sum, { cell }) => sum + expected(cell), 0);
  const of = cells.map(({ measures }) => measures[measure]);
  return {
    ours: of.reduce((sum, { mean }) => sum + mean, 0) / total,
    se: Math.hypot(...of.map(({ se }) => se)) / total,
    count: of.reduce((sum, { count }) => sum + count, 0),
  };
}

function deafFindings(all: readonly CellSummary<Sick>[]): Finding[] {
  const found: Finding[] = [];
  for (const n of [128, 256]) {
    for (const setting of ['LAN', 'no health'] as const) {
      const cells = all.filter(
        ({ cell }) => cell.illness === 'deaf' && cell.n === n && cell.setting === setting,
      );
      if (cells.length > 0) found.push(...deafFindingsOf(cells));
    }
  }
  return found;
}

function deafFindingsOf(cells: readonly CellSummary<Sick>[]): Finding[] {
  const { n, setting } = cells[0].cell;
  const sick = cells.map(({ cell }) => cell.sick).join(', ');
  const base = { at: `${sick} of ${n} deaf, ${setting}`, expected: 1, basis: 'theory' as const };
  const tick = TICK_S / busyS(gossipOf(cells[0].cell));
  const suspicions = judge({
    ...base,
    quantity: 'refutations by healthy members, of those expected',
    statistic: inAll(cells, 'refutations_per_s', (cell) => deafOf(cell).perS),
    tolerance: 2 / n,
    source: 'a deaf member probes one after the other, and each can be accused once',
    note: 'tolerance: a lap is of n - 1 probes, and not all of it at the ends of the time',
  });
  const queue = judge({
    ...base,
    quantity: 'mean length of the broadcast queue, of that expected',
    statistic: inAll(cells, 'queued', (cell) => deafOf(cell).queued),
    tolerance: tick,
    source: 'Little: a tau, tau = H(n-1) / g + transmissions / (g + 2)',
    note: 'tolerance: one tick of 0.2 s in tau',
  });
  if (hasHealth(cells[0].cell)) return [suspicions, queue];
  const busy = judge({
    ...base,
    quantity: 'gossip, of that expected',
    statistic: inAll(cells, 'busy_frac', (cell) => deafOf(cell).busyFrac),
    tolerance: tick,
    source: 'a queue is empty if no accusation has come for tau',
    note: 'tolerance: one tick of 0.2 s in tau',
  });
  return [suspicions, queue, busy];
}

/** Where members can handle all that comes, no healthy one accuses another. */
function secondFindings(all: readonly CellSummary<Sick>[]): Finding[] {
  const cells = all.filter(({ cell }) => isBlocked(cell));
  const guarded = cells.filter(({ cell }) => cell.setting === 'LAN');
  const base = { expected: 0, basis: 'theory' as const };
  const found: Finding[] = [];
  if (cells.length > 0) {
    found.push(
      judge({
        ...base,
        quantity: 'probes between healthy members that fail, per s, mean of all cells',
        at: 'blocked, no limit of capacity',
        statistic: inAll(cells, 'by_healthy_per_s', () => 1),
        tolerance: 0,
        source: 'a healthy member answers at once, however much it is told',
      }),
    );
  }
  if (guarded.length > 0) {
    found.push(
      judge({
        ...base,
        quantity: 'healthy members that many held to be dead, share, mean of all cells',
        at: 'blocked, no limit of capacity, LAN',
        statistic: inAll(guarded, 'victims_frac', () => 1),
        tolerance: 0.01,
        source:
          'a suspicion lasts longer than a block, unless others confirm it: both the accusation and the refutation are out',
        note: 'tolerance: two sick members may accuse the same one',
      }),
    );
  }
  return found;
}

/** The largest capacity at which at least half of the storms go on, up to the next. */
function thresholdOf(all: readonly CellSummary<Sick>[], setting: Setting, sick: number) {
  const cells = all
    .filter(({ cell }) => isLimited(cell) && cell.setting === setting && cell.sick === sick)
    .sort((a, b) => a.cell.capacity_per_s - b.cell.capacity_per_s);
  let last = -1;
  cells.forEach(({ measures }, i) => {
    if (measures.goes_on_frac.mean >= 0.5) last = i;
  });
  if (last < 0 || last + 1 >= cells.length) return undefined;
  return { low: cells[last].cell.capacity_per_s, high: cells[last + 1].cell.capacity_per_s };
}

/** All runs in which members have such a capacity, taken together. */
function goingOn(
  all: readonly CellSummary<Sick>[],
  what: string,
  expected: number,
  isMeant: (cell: Sick) => boolean,
): Finding[] {
  const runs = all
    .filter(({ cell }) => isLimited(cell) && isMeant(cell))
    .flatMap(({ measures: { goes_on_frac: share } }) =>
      Array.from({ length: share.count }, (_, i) => i < Math.round(share.mean * share.count)),
    );
  if (runs.length === 0) return [];
  return [
    judge({
      quantity: 'storms that outlast the illness, share of all runs',
      at: `capacity ${what}`,
      statistic: shareStatistic(runs),
      expected,
      tolerance: 0.1,
      basis: 'theory',
      source:
        expected === 0
          ? 'no load can keep itself up beyond what comes when all acks are late'
          : 'inboxes grow as long as there is news, so that acks are late and news is made',
      note: 'tolerance: of so few runs one in ten cannot be told from all or none',
    }),
  ];
}

function limitedFindings(all: readonly CellSummary<Sick>[]): Finding[] {
  const found: Finding[] = [
    ...goingOn(
      all,
      'above gossip + probes (2 + 4 k + 4)',
      0,
      ({ setting, capacity_per_s }) => capacity_per_s >= worstLoad(limitedOf(setting)),
    ),
    ...goingOn(all, 'below gossip + 2 probes', 1, ({ setting, sick, capacity_per_s }) => {
      const { gossipPerS: gossip, probesPerS } = limitedOf(setting);
      return setting !== 'WAN' && sick >= 4 && capacity_per_s <= gossip + 2 * probesPerS;
    }),
  ];
  for (const setting of Object.keys(SETTINGS) as Setting[]) {
    const limited = limitedOf(setting);
    const [busy, worst] = [limited.gossipPerS + 2 * limited.probesPerS, worstLoad(limited)];
    for (const sick of [1, 4, 16]) {
      const threshold = thresholdOf(all, setting, sick);
      if (threshold === undefined) continue;
      const { low, high } = threshold;
      const ours = (low + high) / 2;
      const statistic: Estimate = { ours, se: (high - low) / 4, ciLow: low, ciHigh: high };
      found.push(
        judge({
          quantity: 'capacity below which the storm goes on (packets per s)',
          at: `${setting}, ${sick} sick`,
          ...{ statistic, range: true },
          expected: (busy + worst) / 2,
          tolerance: (worst - busy) / 2,
          basis: 'theory',
          source:
            'between gossip + 2 probes, which is too much then, and gossip + probes (2 + 4 k + 4)',
          note: `a load at rest, without a push, is borne from ${bearableCapacity(limited).toFixed(1)} on (M/D/1)`,
        }),
      );
    }
  }
  return found;
}

// ---- for who runs it ----

function answer(all: readonly CellSummary<Sick>[]): string[] {
  const lines: string[] = [];
  const found = (cell: Partial<Sick>) => at(all, cell)?.measures;
  const plain = { illness: 'blocked', n: 64, blocked_s: 20, open_s: 1, capacity_per_s: 0 } as const;
  for (const sick of [4, 16]) {
    const m = found({ ...plain, sick, setting: 'LAN' });
    if (m === undefined) continue;
    lines.push(
      `${sick} of 64 members blocked for 20 s in 21: the others send ${m.packets_per_s.mean.toFixed(1)} packets and ${(m.bytes_per_s.mean / 1000).toFixed(1)} kB a second each (2 packets when all is well), hold ${m.queued.mean.toFixed(1)} pieces of news in their queues, and ${(100 * m.victims_frac.mean).toFixed(1)} % of them are declared dead by many.`,
    );
  }
  for (const setting of Object.keys(SETTINGS) as Setting[]) {
    const threshold = thresholdOf(all, setting, 4);
    if (threshold === undefined) continue;
    lines.push(
      `${setting}: with 4 sick members of 64 the storm goes on without them for good if a member can handle ${threshold.low} packets a second, and not if it can handle ${threshold.high}.`,
    );
  }
  const [bare, whole] = (['no Lifeguard', 'LAN'] as const).map((setting) =>
    found({ ...plain, sick: 32, open_s: 0.01, setting }),
  );
  if (bare !== undefined && whole !== undefined) {
    lines.push(
      `Half of the members blocked for 20 s and open for 10 ms: healthy ones are held to be dead ${bare.false_deaths_per_h.mean.toFixed(1)} times per member-hour without Lifeguard, and ${whole.false_deaths_per_h.mean.toFixed(1)} times with it.`,
    );
  }
  if (lines.length > 0) {
    lines.push(
      'What to do: watch how long members need for a packet. Gossip at full rate, GossipNodes / GossipInterval, must be well below what the slowest of them can handle: fewer GossipNodes or a longer interval (the WAN configuration) lower it. Where a storm goes on, stopping the sick does not help: it takes less gossip, or more capacity, for all.',
    );
  }
  return lines;
}
