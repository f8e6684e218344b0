/** What is observed of loads known by gossip, and of mappings that all try to know. */
import { micros } from '../../base/time.ts';
import { queueing, staleSamples } from '../../metrics/index.ts';
import { type MeterOf, meanOf, over } from './meter.ts';
import { numberAt } from './values.ts';

/** So many looks at what nodes hold, out of step with any beat. */
const LOOKS = 31;

export const loadMeter: MeterOf = (scenario, { inside, horizonMs }) => {
  const { loads, ageOf } = inside.load!;
  const fromMs = numberAt(scenario, 'warmUp');
  const everyMs = Math.max(0.001, (horizonMs - fromMs) / LOOKS);
  const meter = queueing({ loads, ageOf, fromMs, untilMs: horizonMs, everyMs });
  return {
    observer: meter,
    measure: () => ({
      job_ms: meter.meanMs(),
      job_p99_ms: meter.quantileMs(0.99),
      load_age_ms: meter.ageMs(),
      chosen_age_ms: meter.chosenAgeMs(),
      queue_jobs: meter.meanQueue(),
      queue_sd_jobs: meter.sdQueue(),
      queue_longest_jobs: meter.longestQueue(),
    }),
  };
};

export const staleMeter: MeterOf = (scenario, { n, inside, horizonMs }) => {
  const { state } = inside.mappings!;
  const fromMs = numberAt(scenario, 'warmUp');
  const gapMs = (horizonMs - fromMs) / (LOOKS + 1);
  const times = Array.from({ length: LOOKS }, (_, k) => micros(fromMs + (k + 1) * gapMs));
  const mappings = { n, keys: state.keys, observers: Array.from({ length: n }, (_, node) => node) };
  const meter = staleSamples(mappings, times, (observer, owner, key) =>
    state.staleSince(observer, owner, key),
  );
  const mean = (values: readonly number[]) => meanOf(values);
  return {
    observer: meter,
    measure() {
      const { rows } = meter;
      const stale = mean(rows.flatMap(({ counts }) => [...counts]));
      return {
        stale_mappings: stale,
        stale_frac: stale === null ? null : over(stale, (n - 1) * state.keys),
        stale_longest_ms: mean(rows.flatMap(({ longestMs }) => [...longestMs])),
        stale_most_ms: mean(rows.map(({ longestMs }) => Math.max(...longestMs))),
      };
    },
  };
};
