/**
 * What is observed of members that are declared dead, beyond suspicion, which they may refute: the quality of service of
 * the detector whose output is that declaration.
 */
import {
  DIED,
  type Fact,
  FORGOTTEN,
  JOINED,
  type Observer,
  SUSPECTED,
  TRUSTED,
} from '../../engine/model.ts';
import { type QosMeter, qos } from '../../metrics/index.ts';
import { membersIn } from './faults-in.ts';
import type { MeterOf } from './meter.ts';
import { groupAt, numberAt, refusal } from './values.ts';

/** By which fact a protocol declares a member dead; others say no more than that they suspect it. */
export const DEATHS: Readonly<Record<string, Fact>> = { memberlist: DIED, swim: FORGOTTEN };

export const deathsMeter: MeterOf = (scenario, { n, horizonMs }) => {
  const { word: protocol } = groupAt(scenario, 'protocol');
  if (!Object.hasOwn(DEATHS, protocol)) {
    throw refusal(
      scenario.places.observe,
      `deaths are declared by ${Object.keys(DEATHS).join(' and ')}; ${protocol} says no more than that it suspects: observe detection`,
    );
  }
  const startMs = numberAt(scenario, 'warmUp');
  const meter = qos({ n, startMs, endMs: horizonMs, members: membersIn(scenario) });
  return {
    observer: declaredTo(meter, DEATHS[protocol]),
    measure() {
      const { detection, mistakes, pairHours } = meter.quality();
      const { crashes, undetected, meanMs, lastMs } = detection;
      return {
        dead_all: crashes.length === 0 ? null : undetected === 0,
        dead_mean_ms: meanMs,
        dead_last_ms: lastMs,
        false_deaths_per_pair_h: { count: mistakes, per: pairHours },
      };
    },
  };
};

/** The meter hears of deaths, and of what takes them back, as if they were suspicions. */
const declaredTo = (meter: QosMeter, death: Fact): Observer => ({
  skipsFirstNews: meter.skipsFirstNews ?? false,
  onFault: (now, node, kind) => meter.onFault(now, node, kind),
  onFact(now, fact, node, about) {
    if (fact === death) meter.onFact(now, SUSPECTED, node, about);
    else if (fact === TRUSTED || fact === JOINED) meter.onFact(now, fact, node, about);
  },
});
