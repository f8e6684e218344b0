/** Columns of a run of a scenario beside what it measures. */
import type { Measures } from '../../model.ts';
import type { Measured } from '../meter.ts';
import type { Run } from '../run.ts';

/** What a rate is counted over has its own column. */
export const EXPOSURE = '_exposure';

/** For those who ask for it. A measure is no text, so the hash is two numbers. */
export const TRACES: Readonly<Record<string, string>> = {
  trace_high: 'the first 32 bits of the hash of the trace',
  trace_low: 'its last 32 bits',
  trace_events: 'events in the trace',
};

/** The 16 hex digits of a run's hash. */
export const hashIn = ({ trace_high, trace_low }: Measures): string =>
  [trace_high, trace_low].map((word) => Number(word).toString(16).padStart(8, '0')).join('');

export function traced({ hash, events }: Run): Measures {
  const [trace_high, trace_low] = [hash.slice(0, 8), hash.slice(8)].map((hex) => parseInt(hex, 16));
  return { trace_high, trace_low, trace_events: events };
}

/** Null for what this cell does not observe. */
export function flat(columns: readonly string[], measured: Measured): Measures {
  const row: Record<string, Measures[string]> = Object.fromEntries(
    columns.map((name) => [name, null]),
  );
  for (const [name, value] of Object.entries(measured)) {
    if (typeof value !== 'object' || value === null) row[name] = value;
    else {
      row[name] = value.per === 0 ? null : value.count / value.per;
      row[name + EXPOSURE] = value.per;
    }
  }
  return row;
}
