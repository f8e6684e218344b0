/** What is observed of failure detection: crashes, mistakes, beliefs, and how soon new lives are seen. */
import { JOINED, type Observer, TRUSTED } from '../../engine/model.ts';
import { qos, type Spread, spread, views } from '../../metrics/index.ts';
import { hasFault, membersIn } from './faults-in.ts';
import { type MeterOf, over } from './meter.ts';
import { groupAt, numberAt } from './values.ts';

export const detectionMeter: MeterOf = (scenario, { n, horizonMs }) => {
  const startMs = numberAt(scenario, 'warmUp');
  const meter = qos({ n, startMs, endMs: horizonMs, members: membersIn(scenario) });
  return {
    observer: meter,
    measure() {
      const { detection, mistakes, pairHours, mistakeDuration } = meter.quality();
      const { crashes, undetected, firstMs, meanMs, medianMs, p99Ms, lastMs } = detection;
      return {
        crashes: crashes.length,
        detected_all: crashes.length === 0 ? null : undetected === 0,
        detect_first_ms: firstMs,
        detect_mean_ms: meanMs,
        detect_median_ms: medianMs,
        detect_p99_ms: p99Ms,
        detect_last_ms: lastMs,
        mistakes_per_pair_h: { count: mistakes, per: pairHours },
        mistake_ms: mistakeDuration.completeMeanMs,
        mistake_p99_ms: mistakeDuration.p99Ms,
      };
    },
  };
};

export const viewsMeter: MeterOf = (scenario, { n, horizonMs }) => {
  const startMs = numberAt(scenario, 'warmUp');
  const absent = hasFault(scenario, 'join', 'joins') ? 'unknown' : 'down';
  const meter = views({ n, startMs, endMs: horizonMs, absent });
  return {
    observer: meter,
    measure() {
      const { upPairs, downPairs, trustedDownPairs, doubtedUpPairs } = meter.view();
      return {
        trusted_dead_frac: over(trustedDownPairs, downPairs),
        doubted_live_frac: over(doubtedUpPairs, upPairs),
      };
    },
  };
};

/** memberlist says JOINED of the first life only, and TRUSTED of a member that had been missed. */
function heardOf(protocol: string, meter: Spread): Observer {
  if (protocol !== 'memberlist') return meter;
  return {
    ...meter,
    onFact: (now, fact, node, about) =>
      meter.onFact?.(now, fact === TRUSTED ? JOINED : fact, node, about),
  };
}

export const livesMeter: MeterOf = (scenario, { n }) => {
  const meter = spread({ n, fromMs: numberAt(scenario, 'warmUp') });
  return {
    observer: heardOf(groupAt(scenario, 'protocol').word, meter),
    measure() {
      const lives = meter.arrivals();
      const mean = (values: readonly (number | null)[]) => {
        const known = values.filter((value) => value !== null);
        return over(
          known.reduce((sum, x) => sum + x, 0),
          known.length,
        );
      };
      return {
        new_lives: lives.length,
        seen_mean_ms: mean(lives.map(({ meanMs }) => meanMs)),
        seen_by_all_ms: mean(lives.map(({ everyoneMs }) => everyoneMs)),
        unseen_frac: over(
          lives.filter(({ everyoneMs }) => everyoneMs === null).length,
          lives.length,
        ),
      };
    },
  };
};
