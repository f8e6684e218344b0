/**
 * The idealised steady state of Cassandra's gossip, as a prototype written before this simulator gave it: zero latency
 * and cost, phases uniform, a fixed period of 1 s, no loss, S seeds. In s and in shares, as rounded there. It says of
 * itself that random seeds make a difference of about 0.005 from 50 nodes on, and that small clusters depend on the
 * phases drawn.
 */
import type { Steady } from './cassandra-steady.ts';

/** A row of the table: N nodes in a steady state. Times in s. */
export interface SteadyRow extends Steady {
  /** Silence that convicts at threshold 8, without and with a cap of 2 s. */
  readonly down_uncapped_s: number;
  readonly down_capped_s: number;
}

/** Bins of the printed quantiles. */
const BIN = 0.01;

/**
 * [nodes]. The quantiles are printed as upper edges of bins of 0.01, it seems: with 3 and 10 nodes the median is 1 s
 * exactly, the time from one call of a node's own to its next, and it is printed as 1.01. Here they are the middles.
 */
export const STEADY_TABLE: Readonly<Record<number, SteadyRow>> = {
  3: row([1.0, 1.01, 1.44, 1.81, 0, 1.0, 18.4, 18.4]),
  10: row([1.22, 1.01, 2.01, 2.99, 0.083, 1.11, 22.5, 20.4]),
  30: row([1.39, 1.13, 2.47, 3.4, 0.161, 1.15, 25.7, 21.2]),
  100: row([1.48, 1.22, 2.88, 4.01, 0.198, 1.15, 27.3, 21.2]),
  300: row([1.51, 1.23, 2.97, 4.01, 0.205, 1.15, 27.8, 21.2]),
  1000: row([1.51, 1.23, 2.98, 4.09, 0.206, 1.15, 27.9, 21.2]),
};

/** Half of the last digit or bin; for the quantiles also half of ours, of 0.5 ms and rounded up. */
export const STEADY_ROUNDING: SteadyRow = {
  interval_s: 0.005,
  p50_s: 0.0055,
  p90_s: 0.0055,
  p99_s: 0.0055,
  share_over_2s: 0.0005,
  upto_2s: 0.005,
  down_uncapped_s: 0.05,
  down_capped_s: 0.05,
};

/** Between random seeds, from 50 nodes on. */
export const STEADY_SPREAD = 0.005;

/** S. */
/** How many seeds a cluster of n nodes has in the table. */
export const steadySeeds = (n: number): number => (n <= 3 ? 1 : n <= 10 ? 2 : 3);

function row(v: readonly number[]): SteadyRow {
  return {
    interval_s: v[0],
    p50_s: v[1] - BIN / 2,
    p90_s: v[2] - BIN / 2,
    p99_s: v[3] - BIN / 2,
    share_over_2s: v[4],
    upto_2s: v[5],
    down_uncapped_s: v[6],
    down_capped_s: v[7],
  };
}
