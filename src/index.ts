/** The public interface: `import { simulate, push, complete, constant } from 'hearsay'`. */
export { UserError } from './base/errors.ts';
export { normalTail } from './base/special.ts';
export {
  poissonInterval,
  quantile,
  shareStatistic,
  statistic,
} from './base/statistics.ts';
export { Stream } from './base/stream.ts';
export {
  type Micros,
  micros,
  millis,
} from './base/time.ts';
/** Failure detectors: arithmetic on arrival times, by name in `detectorKinds`. */
export * as detectors from './detectors/index.ts';
export * from './engine/model.ts';
export { simulate } from './engine/simulate.ts';
export {
  covered,
  settled,
} from './engine/stop.ts';
export { textTrace } from './engine/text-trace.ts';
export * from './experiment/index.ts';
/** What goes wrong in a run: schedules of faults. */
export * as faults from './faults/index.ts';
export {
  bytesOf,
  HeartbeatTable,
} from './kernel/index.ts';
/** Runs, written down. */
export * as chronicles from './metrics/chronicle/index.ts';
export * from './metrics/index.ts';
/** What must hold in any run. */
export * as invariants from './metrics/invariants/index.ts';
export * from './network/index.ts';
export * from './protocols/index.ts';
export { type Words, wordsFor } from './protocols/words.ts';
/** Runs, for the viewers that people have. */
export * as traces from './report/trace/index.ts';
