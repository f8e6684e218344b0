/** A question about a scenario file: the file as it is, what is set beside it, and what is varied. */
import type { Value } from '../../model.ts';

/** One thing that is varied. */
export interface SweptAxis {
  /** Its column in the tables: protocol.fanout is protocol_fanout, a duration ends in _ms. */
  readonly column: string;
  /** Its place in the file, as in --set. */
  readonly path: string;
  /** What stands behind a number where it is written: ms, B, B/s, or nothing. */
  readonly suffix: string;
  readonly values: readonly Value[];
}

/** All that decides a sweep beside seed and replicates. It lies in run.json, so that the file may change afterwards. */
export interface SweepRequest {
  /** How the user named the file. */
  readonly file: string;
  /** What the file says. */
  readonly text: string;
  /** path=value, applied before the axes. */
  readonly set: readonly string[];
  readonly over: readonly SweptAxis[];
  /** What is shown and drawn; empty: the usual. */
  readonly measures: readonly string[];
  /** Whether the hash of each run and its events are measures too. */
  readonly traces?: boolean;
  /** What was typed for the axes: to repeat the command. */
  readonly typed: readonly string[];
}

/** Of a sweep, all that decides what a run of a cell measures. */
export const groundOf = ({ text, set, over }: SweepRequest): unknown => [
  ...[text, set],
  over.map(({ column, path, suffix }) => [column, path, suffix]),
];

/** path=value, as `loadScenario` takes it. */
export const settingOf = ({ path, suffix }: Omit<SweptAxis, 'values'>, value: Value): string =>
  `${path}=${value}${suffix}`;
