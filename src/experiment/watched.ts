/**
 * One node watches others that send it heartbeats and crash in the end: the setting in which detectors are compared. A run
 * is recorded once, and then judged by any detector at any level: all of them see the same heartbeats and crashes.
 * Source: Chen, Toueg, Aguilera, IEEE Trans. Computers 51, 2002: heartbeat i is sent at i periods, T_D is that of crashes
 * at a random time of a period. Deviation: a period's share of the crashes is the same in each run, one subject in each.
 */
import { wholeNumber } from '../base/errors.ts';
import { micros, millis } from '../base/time.ts';
import type { DetectorFactory } from '../detectors/model.ts';
import { recorder } from '../detectors/recorder.ts';
import { type Arrivals, replay } from '../detectors/replay.ts';
import { timeout } from '../detectors/timeout.ts';
import { type FaultPlan, JOINED, type Link, type NodeId } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { faults } from '../faults/schedule.ts';
import { type Quality, qualityOfRecording, type Truth } from '../metrics/qos.ts';
import { complete } from '../network/overlay.ts';
import { directHeartbeats } from '../protocols/heartbeat/direct.ts';
import { PERIOD_MS } from './models.ts';
import { bisect } from './theory.ts';

const PATIENCE_MS = 600_000; // after the crashes, for the most patient level

/** Who sends how many heartbeats over which link, and when it crashes. */
export interface WatchOptions {
  readonly seed: string;
  readonly link: Link;
  /** Nodes 1 .. subjects, watched by node 0. */
  readonly subjects: number;
  /** Heartbeats of each subject before the time that counts, and in it. */
  readonly warmUp: number;
  readonly heartbeats: number;
  /** What befalls the subjects before the end, by when it is over. Rounds missed in a pause are held when it ends. */
  readonly faults?: (subjects: readonly NodeId[], endMs: number) => FaultPlan;
}

/** What was heard, and when who crashed. */
export interface Watched {
  readonly subjects: readonly NodeId[];
  readonly arrivals: Arrivals; // the observer is node 0, so a pair has the number of its subject
  readonly crashes: Truth;
  readonly startMs: number;
  readonly endMs: number;
}

/** Records one run. It can be judged by any number of detectors. */
export function watched(options: WatchOptions): Watched {
  const { seed, link, warmUp, heartbeats } = options;
  wholeNumber('watched', 'subjects', options.subjects, 1);
  wholeNumber('watched', 'warmUp', warmUp, 0);
  wholeNumber('watched', 'heartbeats', heartbeats, 1);
  const subjects = Array.from({ length: options.subjects }, (_, i) => i + 1);
  const lastMs = (warmUp + heartbeats) * PERIOD_MS;
  const endMs = lastMs + PERIOD_MS + PATIENCE_MS;
  const heard = recorder();
  const crashes: Truth[number][] = [];
  simulate({
    seed,
    n: subjects.length + 1,
    protocol: directHeartbeats({
      detector: heard.detector,
      watchers: (node) => (node === 0 ? [] : [0]),
    }),
    link,
    overlay: complete,
    rounds: { periodMs: PERIOD_MS, phase: 'synchronised', missed: 'burst' },
    faults: faults(crashesFrom(lastMs, subjects), options.faults?.(subjects, lastMs) ?? []),
    horizonMs: endMs,
    observers: [
      { onFault: (time, node, kind) => kind === 'crash' && crashes.push({ time, node, kind }) },
    ],
  });
  return { subjects, arrivals: heard.arrivals(), crashes, startMs: warmUp * PERIOD_MS, endMs };
}

/** In the period after the last heartbeat that counts, one crash at random in each equal part of it: a sharp mean T_D. */
const crashesFrom =
  (startMs: number, subjects: readonly NodeId[]): FaultPlan =>
  (streams) => {
    const draws = streams.stream('faults');
    return subjects.map((node, i) => ({
      atMs: startMs + ((i + draws.draw(node)) / subjects.length) * PERIOD_MS,
      node,
      kind: 'crash',
    }));
  };

/** What a detector makes of it, judged from the end of the warm-up on. */
export function judgedBy(run: Watched, detector: DetectorFactory, level: number): Quality {
  const { subjects, arrivals, crashes, startMs, endMs } = run;
  const n = subjects.length + 1;
  const [{ times, facts, pairs }] = replay(arrivals, detector(n), [level], micros(endMs));
  const length = subjects.length + times.length;
  return qualityOfRecording(
    {
      length,
      time: [...subjects.map(() => 0), ...times],
      fact: [...subjects.map(() => JOINED), ...facts], // node 0 watches these, the others nobody
      observer: new Uint8Array(length),
      subject: [...subjects, ...pairs],
    },
    crashes,
    { n, startMs, endMs, members: 'joined' },
  );
}

/** What the fixed timeout makes of it that finds the crashes in the same mean time. */
export const judgedByTimeout = (run: Watched, meanMs: number): Quality =>
  judgedBy(run, timeout(), timeoutFor(run, meanMs));

/** The fixed timeout, in ms, whose mean T_D is this on the crashes of the run. */
export function timeoutFor({ subjects, arrivals, crashes }: Watched, meanMs: number): number {
  const newest = new Float64Array(subjects.length + 1).fill(-Infinity); // [subject] its newest number
  const last = new Float64Array(subjects.length + 1); // [subject] us, when that arrived
  arrivals.pairs.forEach((subject, i) => {
    if (!(arrivals.sequences[i] > newest[subject])) return;
    newest[subject] = arrivals.sequences[i];
    last[subject] = arrivals.times[i];
  });
  const ages = crashes.map(({ time, node }) => millis(time - last[node])); // [crash] below 0: under way
  const meanOf = (timeoutMs: number) =>
    ages.reduce((sum, age) => sum + Math.max(0, timeoutMs - age), 0) / ages.length;
  return bisect((timeoutMs) => meanOf(timeoutMs) - meanMs, 0, PATIENCE_MS);
}
