/**
 * Quality of service of failure detection (Chen, Toueg and Aguilera, IEEE Trans. Computers 51(5), 2002), over all
 * pairs (observer, subject): what the observers say against what is true. How each case counts: `qos-meter.ts`; what
 * the numbers are: `qos-quality.ts`, `qos-detection.ts`.
 */
import { numberIn, oneOf, UserError, wholeNumber } from '../base/errors.ts';
import { type Micros, micros } from '../base/time.ts';
import type { Fact, FaultKind, NodeId, Observer } from '../engine/model.ts';
import { Meter } from './qos-meter.ts';
import type { Quality } from './qos-quality.ts';

/** How many nodes, from when to when is counted, and who watches whom. */
export interface QosOptions {
  readonly n: number;
  /** The window [startMs, endMs): what happens before is warm-up, which only sets the state; default 0. */
  readonly startMs?: number;
  readonly endMs: number;
  /** 'all' (default): a node watches every other from its start. 'joined': those that its facts have been about. */
  readonly members?: 'all' | 'joined';
}

/** Asked after the run: detection times and mistakes. */
export interface QosMeter extends Observer {
  onFact(now: Micros, fact: Fact, node: NodeId, about: NodeId): void;
  onFault(now: Micros, node: NodeId, kind: FaultKind): void;
  /** Asked after the run; ends the window at `end` where the run was stopped before `endMs`. The first call counts. */
  quality(end?: Micros): Quality;
}

/** Transitions in columns, in order of time; `fact` is SUSPECTED, TRUSTED, JOINED or FORGOTTEN. */
export interface Recording {
  readonly length: number;
  readonly time: ArrayLike<Micros>; // [transition]
  readonly fact: ArrayLike<Fact>; // [transition]
  readonly observer: ArrayLike<NodeId>; // [transition]
  readonly subject: ArrayLike<NodeId>; // [transition]
}

/** What befell whom, in order of time; other kinds than crash, restart and absent change nothing. */
export type Truth = readonly {
  readonly time: Micros;
  readonly node: NodeId;
  readonly kind: FaultKind;
}[];

/** An observer of a run. */
export function qos({ n, startMs = 0, endMs, members = 'all' }: QosOptions): QosMeter {
  wholeNumber('qos', 'n', n, 1);
  numberIn('qos', 'startMs', startMs, 0);
  numberIn('qos', 'endMs', endMs, 0);
  oneOf('qos', 'members', members, ['all', 'joined']);
  if (endMs <= startMs) {
    throw new UserError(`qos: endMs must be above startMs = ${startMs}; got ${endMs}`);
  }
  return new Meter(n, micros(startMs), micros(endMs), members === 'all');
}

/** The same of a recording. Of what happened at one instant, the truth comes first, as in a run. */
export function qualityOfRecording(
  recording: Recording,
  truth: Truth,
  options: QosOptions,
): Quality {
  const meter = qos(options);
  const { length, time, fact, observer, subject } = recording;
  let next = 0; // of the truth
  for (let i = 0; i < length; i++) {
    for (; next < truth.length && truth[next].time <= time[i]; next++) tell(meter, truth[next]);
    meter.onFact(time[i], fact[i], observer[i], subject[i]);
  }
  for (; next < truth.length; next++) tell(meter, truth[next]);
  return meter.quality();
}

const tell = (meter: QosMeter, { time, node, kind }: Truth[number]) =>
  meter.onFault(time, node, kind);

export type { CrashDetection, Detection } from './qos-detection.ts';
export type { Period, Quality, Rate } from './qos-quality.ts';
