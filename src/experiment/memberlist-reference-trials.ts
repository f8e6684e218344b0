/** Trials of memberlist as measured: updates, joins, leaves, crashes; quantiles over all observers, and health over time. */
import {
  addAll,
  addTo,
  type Collected,
  configurationAt,
  leaveOut,
  type MeasuredQuantiles,
  type MemberlistConfiguration,
  type MemberlistKind,
} from './memberlist-configurations.ts';
import { isMemberlistVariant, type MemberlistCluster } from './memberlist-setup.ts';
import { type ReferenceRow, referenceTable } from './reference-table.ts';

/** Column of the file -> ours. */
const SPREAD: Readonly<Record<string, string>> = {
  t_first_ms: 'first_ms',
  t_mean_ms: 'mean_ms',
  t_last_ms: 'last_ms',
};
const CRASH: Readonly<Record<string, string>> = {
  first_dead_ms: 'first_ms',
  dead_mean_ms: 'mean_ms',
  dead_last_ms: 'last_ms',
  first_ping_timeout_ms: 'timeout_ms',
  first_suspect_ms: 'suspect_ms',
  all_suspect_t50_ms: 'half_suspect_ms',
  spread_ms: 'spread_ms',
  suspect_origins_before_first_dead: 'accusers',
  suspect_transitions: 'suspicions',
  first_dead_confirmations: 'confirmations',
  own_timer_expiries: 'expiries',
  false_dead: 'false_deaths',
  max_health_score: 'max_score',
  sum_health_peak: 'peak_score',
};
const LOOPBACK_MS = 0.1; // one way, by the kernel: small beside everything measured
const PUSH_PULL = { pushPullIntervalMs: 30_000 };

export function readTrials(into: Collected): void {
  const columns = ['exp', 'variant', 'clock', 'transport', 'n', 'targets', 'reached'];
  const file = 'dissemination.csv';
  const call = 'seed_or_leave_call_ms';
  for (const row of referenceTable(into.folder, file, [...columns, ...Object.keys(SPREAD), call]) ??
    []) {
    const found = trialsOf(into, file, row, row.text('exp'));
    if (found === undefined) continue;
    addAll(found, row, SPREAD);
    addTo(found.columns, 'missed', row.whole('targets', 1) - row.whole('reached', 0));
    // The call of Join takes three latencies, always.
    if (found.place.kind === 'leave') addTo(found.columns, 'call_ms', row.number(call));
  }
  const crashes = 'crash.csv';
  const head = ['variant', 'clock', 'transport', 'n', 'observers', 'reached'];
  for (const row of referenceTable(into.folder, crashes, [...head, ...Object.keys(CRASH)]) ?? []) {
    const found = trialsOf(into, crashes, row, 'crash');
    if (found === undefined) continue;
    addAll(found, row, CRASH);
    addTo(found.columns, 'missed', row.whole('observers', 1) - row.whole('reached', 0));
  }
}

/** The configuration of a row; undefined, and noted, if we do not know how to set it up. */
function trialsOf(
  into: Collected,
  file: string,
  row: ReferenceRow,
  exp: string,
): MemberlistConfiguration | undefined {
  const variant = row.text('variant');
  const clock = row.text('clock');
  const transport = row.text('transport');
  const n = row.whole('n', exp === 'join' ? 3 : 2);
  const isKnown =
    ['update', 'join', 'leave', 'crash'].includes(exp) &&
    isMemberlistVariant(variant) &&
    ['virtual', 'real', ''].includes(clock) &&
    ['sim', 'udp', ''].includes(transport);
  if (!isKnown) {
    leaveOut(
      into,
      `${file} has ${[exp, variant, clock, transport].filter((text) => text !== '').join(', ')}, which we do not know`,
    );
    return undefined;
  }
  const isReal = clock === 'real';
  const isUdp = transport === 'udp';
  const setup = `${variant}${isReal ? ', real clock' : ''}${isUdp ? ', UDP' : ''}`;
  const cluster: Omit<MemberlistCluster, 'seed' | 'n'> = {
    variant,
    onRealClock: isReal,
    ...(isReal && exp === 'crash' ? { changes: PUSH_PULL } : {}),
    ...(isUdp ? { latencyMs: LOOPBACK_MS } : {}),
  };
  const place = { kind: exp as MemberlistKind, n, setup, loss_frac: 0, blocked: 0, blocked_s: 0 };
  return configurationAt(into, place, { cluster, streamPing: true, openS: 0, lengthS: 0 });
}

export function readQuantiles(into: Collected): void {
  const head = ['variant', 'clock', 'transport', 'n', 'samples', 'q_pct'];
  const spread = 'dissemination_quantiles.csv';
  for (const row of referenceTable(into.folder, spread, ['exp', ...head, 't_ms']) ?? []) {
    const found = trialsOf(into, spread, row, row.text('exp'));
    if (found !== undefined) addQuantile(found.observers, row, 't_ms');
  }
  const crashes = 'crash_dead_quantiles.csv';
  const columns = ['dead_after_crash_ms', 'dead_after_first_dead_ms'];
  for (const row of referenceTable(into.folder, crashes, [...head, ...columns]) ?? []) {
    const found = trialsOf(into, crashes, row, 'crash');
    if (found === undefined) continue;
    addQuantile(found.observers, row, columns[0]);
    addQuantile(found.afterFirst, row, columns[1]);
  }
}

function addQuantile(quantiles: MeasuredQuantiles, row: ReferenceRow, column: string): void {
  quantiles.samples = row.whole('samples', 1);
  quantiles.ms.set(row.number('q_pct'), row.number(column));
}

export function readHealth(into: Collected): void {
  const file = 'crash_health.csv';
  const columns = ['mean_members_nonzero', 'mean_sum_score', 'mean_max_score'];
  const head = ['variant', 'n', 't_after_crash_s', 'trials_running'];
  for (const row of referenceTable(into.folder, file, [...head, ...columns]) ?? []) {
    const found = trialsOf(into, file, row, 'crash');
    found?.health.set(row.number('t_after_crash_s'), {
      running: row.whole('trials_running', 0),
      unwell: row.number(columns[0]),
      sum: row.number(columns[1]),
      max: row.number(columns[2]),
    });
  }
}
