/** How each detector did on a log: a table for the terminal, and the same numbers as CSV. */

import { detectorKinds } from '../detectors/registry.ts';
import type { Contender, Result } from '../experiment/contenders.ts';
import { csv, type Field } from '../experiment/csv.ts';
import type { LogQuality } from '../metrics/log-quality.ts';
import { type Column, columns, filled, LINE, type Row } from './columns.ts';
import { everyDigit, significant, withInterval } from './numbers.ts';

const SHAPE: Column[] = [
  { title: 'level', align: 'right' },
  { title: 'mistakes', align: 'right' },
  { title: 'open', align: 'right' },
  { title: 'per hour [95 % CI]', align: 'right' },
  { title: 'mean', align: 'right' },
  { title: 'max', align: 'right' },
  { title: 'P_A', align: 'right' },
  { title: 'silence', align: 'right' },
  { title: '99 %', align: 'right' },
  { title: 'max', align: 'right' },
  { title: 'never', align: 'right' },
];

const LEGEND =
  'Times in ms. mistakes: suspicions that a later heartbeat took back, per hour of a pair, with their mean and longest ' +
  'duration. open: pairs suspected at the end. P_A: share of time without a mistake. silence: from the last heartbeat ' +
  'heard to suspicion, were it the last one: mean, 99 % and longest. never: heartbeats after which there would be none.';

/** One row a level, below the detector's name and what its levels are. */
export function detectTable(results: readonly Result[], width: number = LINE): string {
  const table = columns(
    SHAPE,
    results.flatMap(({ contender, levels }, i): Row[] => [
      ...(i > 0 ? [''] : []), // a line between detectors
      heading(contender),
      ...levels.map((of) => cells(of)),
    ]),
    width,
  );
  return [table, '', ...filled(LEGEND, width)].join('\n');
}

const heading = ({ label, name }: Contender): string => `${label}: ${detectorKinds[name].level}`;

function cells(of: LogQuality): Row {
  const { perHour, ciLow, ciHigh } = of.perPairHour;
  const silence = (ms: number | null) => (ms === null ? 'never' : significant(ms));
  return [
    everyDigit(of.level),
    significant(of.mistakes),
    significant(of.open),
    withInterval(perHour, ciLow, ciHigh),
    significant(of.mistakeMeanMs),
    significant(of.mistakeMaxMs),
    accuracy(of.queryAccuracy),
    silence(of.detectionMeanMs),
    silence(of.detectionP99Ms),
    silence(of.detectionMaxMs),
    of.never === 0 ? '' : significant(of.never),
  ];
}

/** Never rounded up to 1. */
const accuracy = (share: number | null): string =>
  share === null || share === 1 ? significant(share) : (Math.floor(share * 1e5) / 1e5).toFixed(5);

const COLUMNS = [
  ['detector', 'level', 'mistakes', 'open', 'mistakes_per_pair_hour', 'ci_low', 'ci_high'],
  ['mistake_mean_ms', 'mistake_max_ms', 'query_accuracy'],
  ['detection_mean_ms', 'detection_p99_ms', 'detection_max_ms', 'never'],
].flat();

/** Tidy: one line per detector and level. */
export const detectCsv = (results: readonly Result[]): string =>
  csv(
    COLUMNS,
    results.flatMap(({ contender, levels }) =>
      levels.map((of): Field[] => [
        ...[contender.label, of.level, of.mistakes, of.open],
        ...[of.perPairHour.perHour, of.perPairHour.ciLow, of.perPairHour.ciHigh],
        ...[of.mistakeMeanMs, of.mistakeMaxMs, of.queryAccuracy],
        ...[of.detectionMeanMs, of.detectionP99Ms, of.detectionMaxMs, of.never],
      ]),
    ),
  );
