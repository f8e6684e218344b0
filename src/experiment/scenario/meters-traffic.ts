/** What is observed of rumours, and of what messages cost. */
import type { Observer } from '../../engine/model.ts';
import { coverage, peaks, traffic } from '../../metrics/index.ts';
import { isWrite } from '../../protocols/ordering/operations.ts';
import type { Run } from './build.ts';
import { type MeterOf, meanOf, over } from './meter.ts';
import { numberAt } from './values.ts';

/** The inputs that are rumours: a read spreads nothing. */
function rumoursOf({ workload = [], inside }: Run): readonly number[] {
  const all = workload.map((_, input) => input);
  const list = inside.registers?.operations.list;
  return list === undefined ? all : all.filter((input) => isWrite(list[input]));
}

export const spreadMeter: MeterOf = (_, run) => {
  const { n, workload = [], rounds } = run;
  const rumours = rumoursOf(run);
  const all = Math.max(1, workload.length);
  const meter = coverage({ n, rumours: all, ...(rounds ? { rounds } : {}) });
  const to = (share: number) => meanOf(rumours.map((rumour) => meter.timeTo(share, rumour)));
  return {
    observer: meter,
    measure: () => ({
      reached_all:
        rumours.length === 0 ? null : rumours.every((rumour) => meter.heard(rumour) === n),
      unreached_frac: meanOf(rumours.map((rumour) => meter.residue(rumour))),
      to_half_ms: to(0.5),
      to_99_ms: to(0.99),
      to_all_ms: to(1),
    }),
  };
};

export const trafficMeter: MeterOf = (scenario, { n, horizonMs }) => {
  const startMs = numberAt(scenario, 'warmUp');
  const meter = traffic({ n, startMs });
  const seconds = (horizonMs - startMs) / 1000;
  return {
    observer: meter as Observer,
    measure() {
      const { sent, lost, bytesSent } = meter.total();
      return {
        sent_per_node_s: sent / (n * seconds),
        bytes_per_node_s: bytesSent / (n * seconds),
        bytes_busiest_node_s: meter.perNode('bytesSent').max / seconds,
        lost_frac: over(lost, sent),
      };
    },
  };
};

export const peaksMeter: MeterOf = (scenario, { n }) => {
  const meter = peaks({ n, startMs: numberAt(scenario, 'warmUp') });
  return {
    observer: meter,
    measure: () => ({
      peak_bytes_s: meter.sentBytes,
      peak_handled_s: meter.handled,
      peak_waiting: meter.waiting,
      wait_ms: meter.meanWaitMs(),
    }),
  };
};
