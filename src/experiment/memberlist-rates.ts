/** Long runs of memberlist under loss, or with blocked members, held against few measured ones. */
import { normalQuantile } from '../base/quantiles.ts';
import { type Statistic, statistic } from '../base/statistics.ts';
import { judge } from './claims.ts';
import type { MemberlistConfiguration } from './memberlist-configurations.ts';
import { memberlistUnwell } from './memberlist-unwell.ts';
import type { Cell, CellSummary, Finding, Measures } from './model.ts';

const LOSS_S = 360;
const WARM_UP_S = { loss: 60, slow: 5 };
const SOURCE = 'HashiCorp memberlist, measured';
const Z = normalQuantile(0.995);

/** [measure] what it is in runs under loss: counts are per member-hour. */
const LOSS: Readonly<Record<string, string>> = {
  ping_timeouts: 'direct pings unanswered per member-hour',
  accusations: 'probes that failed per member-hour',
  suspicions: 'members that came to suspect per member-hour',
  expiries: 'suspicions that ran out per member-hour',
  refutations: 'refutations per member-hour',
  saved: 'probes saved by the ping on a connection, per member-hour',
  health: 'mean health score',
  packets_per_s: 'packets per member and second',
};
const PER_HOUR = ['ping_timeouts', 'accusations', 'suspicions', 'expiries', 'refutations', 'saved'];
/** With blocked members: counts are of a run. */
const SLOW: Readonly<Record<string, string>> = {
  by_slow: 'healthy members accused by blocked ones',
  by_healthy: 'healthy members accused by healthy ones',
  of_slow: 'probes of blocked members that failed',
  suspicions: 'members that came to suspect',
  slow_deaths: 'times that a blocked member was held to be dead',
  health: 'mean health score of the blocked',
  health_of_others: 'mean health score of the others',
  packets_per_s: 'packets per member and second',
};

/** The columns of what is counted in a long run. */
export const RATE_COLUMNS: readonly string[] = [
  ...new Set([...Object.keys(LOSS), ...Object.keys(SLOW)]),
  ...['health_before', 'health_after', 'suspicions_per_accusation', 'false_deaths'],
];

/** For how long events are counted in a configuration, in s. */
export const countedS = ({ place, lengthS }: MemberlistConfiguration): number =>
  place.kind === 'loss' ? LOSS_S : lengthS;

/** A run, in what was measured of the real ones. */
export function memberlistRates(configuration: MemberlistConfiguration, seed: string): Measures {
  const { place, cluster, streamPing, openS } = configuration;
  const { kind, n, loss_frac, blocked, blocked_s } = place;
  const isSlow = kind === 'slow';
  const counted = countedS(configuration);
  const found = memberlistUnwell(
    { ...cluster, n, seed },
    {
      options: { streamPing },
      ...{ loss: loss_frac, blocked, blockedS: blocked_s, countedS: counted },
      ...(isSlow ? { openS } : {}),
      warmUpS: isSlow ? WARM_UP_S.slow : WARM_UP_S.loss,
    },
  );
  const per = isSlow ? 1 : (n * counted) / 3600;
  const onlySlow = (value: number) => (isSlow ? value : null);
  const onlyLoss = (value: number) => (isSlow ? null : value);
  return {
    ping_timeouts: onlyLoss(found.pingTimeouts / per),
    accusations: onlyLoss(found.accusations / per),
    suspicions: found.suspicions / per,
    expiries: onlyLoss(found.expiries / per),
    refutations: onlyLoss(found.refutations / per),
    saved: onlyLoss(found.saved / per),
    suspicions_per_accusation:
      found.accusations === 0 ? null : found.suspicions / found.accusations,
    by_slow: onlySlow(found.bySlow),
    by_healthy: onlySlow(found.byHealthy),
    of_slow: onlySlow(found.ofSlow),
    slow_deaths: onlySlow(found.slowDeaths),
    false_deaths: found.falseDeaths / per,
    health: found.health,
    health_of_others: onlySlow(found.healthOfOthers),
    health_before: found.healthBefore,
    health_after: found.healthAfter,
    packets_per_s: found.packets / n / counted,
  };
}

/** How much measured runs vary is told by ours, in proportion to their length, or by themselves if they vary more. */
export function rateFindings(
  configuration: MemberlistConfiguration,
  { measures }: CellSummary<Cell>,
): Finding[] {
  const { place, columns } = configuration;
  const { kind, n, setup, loss_frac, blocked, blocked_s } = place;
  const isSlow = kind === 'slow';
  const at = isSlow
    ? `${blocked} of ${n} blocked for ${blocked_s} s, ${setup}`
    : `${Number((loss_frac * 100).toPrecision(3))} % lost, N = ${n}, ${setup}`;
  const hours = total(columns.get('member_h')!);
  const scale = Math.sqrt((n * countedS(configuration)) / 3600 / hours);
  return Object.entries(isSlow ? SLOW : LOSS).flatMap(([name, quantity]) => {
    const values = columns.get(name);
    const ours = measures[name];
    if (values === undefined || ours.count < 2) return [];
    const theirs = statistic(values);
    const isRate = !isSlow && PER_HOUR.includes(name);
    const own = isRate || theirs.count < 2 ? 0 : theirs.se;
    const leftOpen = isSlow && name === 'health' ? betweenSamples(measures) : 0;
    return [
      judge({
        ...{ quantity, at, statistic: ours, basis: 'published', source: SOURCE },
        expected: isRate ? total(values) / hours : theirs.mean,
        tolerance: Z * Math.max(ours.sd * scale, own) + leftOpen,
        note: `tolerance: 99 % interval of ${values.length} measured runs of ${hours.toFixed(1)} member-hours in all, by the spread of ours or theirs${leftOpen > 0 ? ', and what the moment of sampling leaves open' : ''}`,
      }),
    ];
  });
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Scores of blocked members jump when a block ends: it matters on which side of that they are sampled. */
const betweenSamples = ({ health, health_after, health_before }: Record<string, Statistic>) =>
  Math.max(health_after.mean - health.mean, health.mean - health_before.mean, 0);
