/** A small vocabulary: heartbeats in milliseconds for pair 0, numbered 1, 2, ... unless told otherwise. */
import { micros } from '../../src/base/time.ts';
import type { Detector } from '../../src/detectors/model.ts';

/** Heartbeats at these times, numbered from 1. */
export function heardAt(detector: Detector, timesMs: readonly number[], pair = 0): Detector {
  timesMs.forEach((ms, i) => void detector.heard(pair, micros(ms), i + 1));
  return detector;
}

/** Suspicion at a time in ms. */
export const at = (detector: Detector, ms: number, pair = 0): number =>
  detector.suspicion(pair, micros(ms));

/** Expiry in ms. */
export const expiryMs = (detector: Detector, level: number, pair = 0): number =>
  detector.expiry(pair, level) / 1000;
