/**
 * steady-state-reference: intervals between reports in a healthy cluster. They depend on the phases drawn, the less the
 * more nodes, so that small clusters are run often. Releases do not differ in them.
 */
import { runCluster } from '../cluster.ts';
import { differences } from '../compare.ts';
import { countAt, intAt } from '../input.ts';
import type { Judge } from '../test.ts';

/** Pairs times seconds that give a few million intervals, and no less than so many seconds. */
const PAIR_SECONDS = 4e6;
const LEAST_SECONDS = 40;
const MOST_SECONDS = 400;
const MOST_CLUSTERS = 100;
/** The first intervals are those since the members were set up, all at once. */
const WARM_UP_MS = 10_000;

export const steadyState: Judge = ({ fields, versionName }) => {
  const nodes = countAt(fields, 'nodes');
  const seeds = Array.from({ length: intAt(fields, 'seeds') }, (_, i) => i);
  const wanted = PAIR_SECONDS / (nodes * (nodes - 1));
  const seconds = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, wanted));
  const clusters = Math.min(MOST_CLUSTERS, Math.ceil(wanted / seconds));
  const sums = { count: 0, all: 0, short: 0, ofShort: 0 };
  for (let k = 0; k < clusters; k++) {
    runCluster({
      nodes,
      seed: `steady ${k}`,
      options: { version: versionName, seeds },
      horizonMs: 1000 * seconds + WARM_UP_MS,
      onInterval(nowMs, intervalMs) {
        if (nowMs < WARM_UP_MS) return;
        sums.count++;
        sums.all += intervalMs;
        if (intervalMs > 2000) return;
        sums.short++;
        sums.ofShort += intervalMs;
      },
    });
  }
  return differences(fields.expect, {
    meanS: sums.all / sums.count / 1000,
    meanOfThoseUpTo2S: sums.ofShort / sums.short / 1000,
    shareOver2S: 1 - sums.short / sums.count,
  });
};
