/** The faults of a run: as listed, or drawn; and whether they are such as can befall its nodes. */
import { numberIn, oneOf, shown, UserError, wholeNumber } from '../base/errors.ts';
import type { ClockChange, Fault, FaultPlan, Slowness, Streams } from './model.ts';

/** The last time that a fault can have. */
export const MOST_MS = 2 ** 52 / 1000; // microseconds stay exact
/** The most that a clock's drift, or a slew, can be: 10 %, above the fastest slew of chrony (8.3 %). */
export const MOST_PPM = 100_000;

const KINDS = ['crash', 'restart', 'absent', 'pause', 'slow', 'clock'];

/** The faults, or a UserError that names the first bad one. */
export function faultsOf(
  faults: readonly Fault[] | FaultPlan | undefined,
  streams: Streams,
): readonly Fault[] {
  const list = typeof faults === 'function' ? faults(streams) : (faults ?? []);
  list.forEach((fault, i) => {
    check(`scenario: faults[${i}]`, fault, streams.n);
  });
  return list;
}

function check(where: string, fault: Fault, n: number): void {
  oneOf(where, 'kind', fault.kind, KINDS);
  numberIn(where, 'atMs', fault.atMs, 0, MOST_MS);
  wholeNumber(where, 'node', fault.node, 0, n - 1);
  if (fault.kind === 'pause') numberIn(where, 'untilMs', fault.untilMs, fault.atMs, MOST_MS);
  else if (fault.kind === 'slow') checkSlowness(where, fault);
  else if (fault.kind === 'clock') checkClock(where, fault);
  else if (fault.kind === 'absent' && fault.atMs !== 0) {
    throw new UserError(
      `${where}: atMs must be 0 where a node is absent; got ${fault.atMs}: a node that leaves later crashes`,
    );
  }
}

function checkSlowness(where: string, { serviceMs, timers = 'apart' }: Slowness): void {
  oneOf(where, 'timers', timers, ['apart', 'shared']);
  if (typeof serviceMs === 'number') numberIn(where, 'serviceMs', serviceMs, 0, MOST_MS);
  else if (typeof serviceMs !== 'function') {
    throw new UserError(
      `${where}: serviceMs must be a number or a quantile function; got ${shown(serviceMs)}`,
    );
  }
}

function checkClock(where: string, change: ClockChange): void {
  const { stepMs = 0, driftPpm = 0, slewMs = 0, slewPpm = 1 } = change;
  numberIn(where, 'stepMs', stepMs, -MOST_MS, MOST_MS);
  numberIn(where, 'driftPpm', driftPpm, -MOST_PPM, MOST_PPM);
  numberIn(where, 'slewMs', slewMs, -MOST_MS, MOST_MS);
  numberIn(where, 'slewPpm', slewPpm, 0.001, MOST_PPM);
}
