/** Long runs of memberlist as measured: packets that are lost, and members that are blocked again and again. */
import { PRESETS } from '../protocols/memberlist/presets.ts';
import {
  addAll,
  addTo,
  type Collected,
  configurationAt,
  leaveOut,
  type MemberlistConfiguration,
} from './memberlist-configurations.ts';
import { type ReferenceRow, referenceTable } from './reference-table.ts';

/** Column of the file -> ours. */
const LOSS: Readonly<Record<string, string>> = {
  ping_timeouts: 'ping_timeouts',
  suspect_origins: 'accusations',
  suspect_transitions: 'suspicions',
  own_timer_expiries: 'expiries',
  refute_suspect: 'refutations',
  tcp_only_saves: 'saved',
  mean_health: 'health',
  pkts_per_member_s: 'packets_per_s',
};
const SLOW: Readonly<Record<string, string>> = {
  suspect_origins_healthy_by_healthy: 'by_healthy',
  suspect_origins_slow: 'of_slow',
  suspect_transitions: 'suspicions',
  dead_slow: 'slow_deaths',
  mean_health_slow: 'health',
  mean_health_healthy: 'health_of_others',
};
const SLOW_HEAD = ['c', 'd_ms', 'i_ms', 'dur_s', 'smult', 'pkts', 'suspect_origins_healthy'];
const HEAD = ['clock', 'n', 'aw_max', 'smax_mult', 'tcp_ping', 'push_pull'];

export function readRates(into: Collected): void {
  const losses = [...HEAD, 'loss', 'member_hours', ...Object.keys(LOSS)];
  for (const row of referenceTable(into.folder, 'loss.csv', losses) ?? []) {
    const found = configurationOf(into, 'loss.csv', row);
    if (found === undefined) continue;
    addAll(found, row, LOSS);
    addTo(found.columns, 'member_h', row.within('member_hours', 0.001, 1e9));
  }
  const slows = [...HEAD, ...SLOW_HEAD, ...Object.keys(SLOW)];
  for (const row of referenceTable(into.folder, 'slow.csv', slows) ?? []) {
    const found = configurationOf(into, 'slow.csv', row);
    if (found === undefined) continue;
    const { n } = found.place;
    addAll(found, row, SLOW);
    addTo(
      found.columns,
      'by_slow',
      row.number('suspect_origins_healthy') - row.number('suspect_origins_healthy_by_healthy'),
    );
    addTo(found.columns, 'packets_per_s', row.number('pkts') / n / found.lengthS);
    addTo(found.columns, 'member_h', (n * found.lengthS) / 3600);
  }
}

function configurationOf(
  into: Collected,
  file: string,
  row: ReferenceRow,
): MemberlistConfiguration | undefined {
  const isSlow = file === 'slow.csv';
  const n = row.whole('n', 2);
  const awarenessMax = row.whole('aw_max', 1);
  const suspicionMaxMult = row.whole('smax_mult', 1);
  const suspicionMult = isSlow ? row.whole('smult', 1) : PRESETS.lan.suspicionMult;
  const [streamPing, pushPull] = [row.flag('tcp_ping'), row.flag('push_pull')];
  const openS = isSlow ? row.within('i_ms', 1, 1e9) / 1000 : 0;
  const lengthS = isSlow ? row.whole('dur_s', 1) : 0;
  const isReal = row.text('clock') === 'real';
  const words = [
    lifeguardOf(awarenessMax, suspicionMaxMult),
    ...(suspicionMult === PRESETS.lan.suspicionMult ? [] : [`suspicion mult ${suspicionMult}`]),
    ...(streamPing === isSlow ? [] : [streamPing ? 'stream ping' : 'no stream ping']),
    ...(pushPull ? ['push/pull'] : []),
    ...(isSlow && openS !== 1 ? [`open ${openS} s`] : []),
    ...(isSlow && lengthS !== 120 ? [`${lengthS} s long`] : []),
    ...(isReal ? ['real clock'] : []),
  ];
  const blocked = isSlow ? row.whole('c', 0) : 0;
  if (blocked >= n) {
    leaveOut(into, `${file} blocks ${blocked} of ${n} members`);
    return undefined;
  }
  const place = {
    ...{ kind: isSlow ? ('slow' as const) : ('loss' as const), n, setup: words.join(', ') },
    ...{ loss_frac: isSlow ? 0 : row.within('loss', 0, 1), blocked },
    blocked_s: isSlow ? row.within('d_ms', 1, 1e9) / 1000 : 0,
  };
  const changes = {
    ...{ awarenessMax, suspicionMaxMult, suspicionMult },
    pushPullIntervalMs: pushPull ? PRESETS.lan.pushPullIntervalMs : 0,
  };
  const cluster = { variant: 'base' as const, changes, onRealClock: isReal };
  return configurationAt(into, place, { cluster, streamPing, openS, lengthS });
}

/** Which of Lifeguard's parts are on, in a word where there is one; the buddy system always is. */
function lifeguardOf(awarenessMax: number, suspicionMaxMult: number): string {
  const { lan } = PRESETS;
  const health = awarenessMax === lan.awarenessMax ? 'full' : awarenessMax === 1 ? 'none' : '';
  const max =
    suspicionMaxMult === lan.suspicionMaxMult ? 'full' : suspicionMaxMult === 1 ? 'none' : '';
  if (health === '' || max === '')
    return `awareness below ${awarenessMax}, longest suspicion ${suspicionMaxMult} shortest`;
  if (health === 'full') return max === 'full' ? 'Lifeguard' : 'fixed suspicion';
  return max === 'full' ? 'no health' : 'neither';
}
