/** Stop rules: when a run has shown what it was asked. */
import { DELIVERED, REMOVED, type StopRule } from './model.ts';

/** Every node has heard every rumour. */
export const covered: StopRule = (count, n, inputs) => count[DELIVERED] === n * inputs;

/**
 * Whoever heard a rumour has lost interest in it. For protocols with rounds, latencies below the period and all rumours
 * handed in at the start: what is still in flight, or is handed in later, would be cut off.
 */
export const settled: StopRule = (count) =>
  count[DELIVERED] > 0 && count[DELIVERED] === count[REMOVED];
