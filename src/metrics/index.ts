/** Observers that make numbers of what happened: created for one run, asked after it. */

export { type Acquaintance, acquaintance } from './acquaintance.ts';
export { type Arrival, type Spread, spread } from './convergence.ts';
export { type Healing, healing, type Recovery } from './convergence-healing.ts';
export { type Coverage, type CoverageOptions, coverage } from './coverage.ts';
export {
  type DeliveryOrder,
  type DeliveryOrderOptions,
  deliveryOrder,
} from './delivery-order.ts';
export { HappenedBefore } from './happened-before.ts';
export {
  type HeartbeatAges,
  type HeartbeatAgesOptions,
  heartbeatAges,
} from './heartbeat-ages.ts';
export { type Hops, hops } from './hops.ts';
export { type LoadView, type LoadViewOptions, loadView } from './load-view.ts';
export { type LogQuality, qualityOfLog } from './log-quality.ts';
export { type OldestAge, oldestAge } from './oldest-age.ts';
export {
  type PauseJudgements,
  type PauseVerdicts,
  type PauseVerdictsOptions,
  pauseVerdicts,
} from './pause-verdicts.ts';
export { type Peaks, type PeaksOptions, peaks } from './peaks.ts';
export {
  type CrashDetection,
  type Detection,
  type Period,
  type QosMeter,
  type QosOptions,
  type Quality,
  qos,
  qualityOfRecording,
  type Rate,
  type Recording,
  type Truth,
} from './qos.ts';
export { type Queueing, type QueueingOptions, queueing } from './queueing.ts';
export { recordingOf } from './recording.ts';
export { type Contents, type ContentsOptions, contents } from './register-contents.ts';
export { type RegisterFates, type RegisterFatesOptions, registerFates } from './register-fates.ts';
export {
  type Mappings,
  type Stale,
  type StaleRows,
  type StaleSamples,
  type StaleSince,
  staleMappings,
  staleRows,
  staleSamples,
} from './stale-mappings.ts';
export { type Staleness, type StalenessOptions, staleness } from './staleness.ts';
export {
  type Quantity,
  type Tally,
  type TrafficMeter,
  type TrafficOptions,
  traffic,
} from './traffic.ts';
export { type View, type Views, type ViewsOptions, views } from './views.ts';
export { type WrongPairs, wrongPairs } from './wrong-pairs.ts';
