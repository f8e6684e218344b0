/** What is observed of an ordering layer: the order of what is applied, and what becomes of writes and reads. */
import type { Observer } from '../../engine/model.ts';
import { orderMeters } from '../ordered-run.ts';
import { type MeterOf, over } from './meter.ts';
import { numberAt } from './values.ts';

export const orderMeter: MeterOf = (scenario, { inside }) => {
  const registers = inside.registers!;
  const sinceMs = numberAt(scenario, 'warmUp');
  const { observer, order, fates, ...more } = orderMeters(registers, { sinceMs });
  return {
    observer: observer as Observer,
    measure() {
      const { arrived, outOfOrder, applied, causalViolations } = order.counts;
      const { reads, stale, siblings, writes, overwrites, shadowed } = fates.counts;
      return {
        out_of_order_frac: over(outOfOrder, arrived),
        causal_violations_frac: over(causalViolations, applied),
        hold_ms: order.meanHoldMs(),
        left_frac: over(order.left(), arrived),
        metadata_bytes: more.metadataBytes(),
        stale_reads_frac: over(stale, reads),
        siblings_per_read: over(siblings, reads),
        lost_updates_frac: over(fates.losses().lost, writes),
        wrong_winners_frac: over(shadowed, overwrites),
        divergent_frac: fates.divergent() / registers.operations.keys,
        divergence_ms: more.divergenceMs(),
      };
    },
  };
};
