/** What a comparison says in plain words: 'B detects a crash 1.8 s sooner (95 % CI 1.6 to 2.0).' */
import type { Comparison } from '../experiment/scenario/compare/compare.ts';
import { type Amount, amountOf, amountText, percentOf } from './amounts.ts';

/** Measure -> what B does if it is less, and if it is more; {} is by how much. The first ones matter most. */
const PHRASES: Readonly<Record<string, readonly [less: string, more: string]>> = {
  to_99_ms: ['reaches 99 % of the nodes {} sooner', 'reaches 99 % of the nodes {} later'],
  unreached_frac: ['leaves {} fewer nodes unreached', 'leaves {} more nodes unreached'],
  detect_mean_ms: ['detects a crash {} sooner', 'detects a crash {} later'],
  mistakes_per_pair_h: ['makes {} fewer mistakes', 'makes {} more mistakes'],
  dead_mean_ms: ['declares a crashed node dead {} sooner', 'declares a crashed node dead {} later'],
  false_deaths_per_pair_h: [
    'declares {} fewer live nodes dead',
    'declares {} more live nodes dead',
  ],
  bytes_per_node_s: ['sends {} fewer bytes', 'sends {} more bytes'],
  to_half_ms: ['reaches half of the nodes {} sooner', 'reaches half of the nodes {} later'],
  to_all_ms: ['reaches all nodes {} sooner', 'reaches all nodes {} later'],
  reached_all: ['reaches all nodes in {} fewer runs', 'reaches all nodes in {} more runs'],
  dead_all: [
    'has crashes never declared dead in {} more runs',
    'has crashes never declared dead in {} fewer runs',
  ],
  detected_all: ['has crashes missed in {} more runs', 'has crashes missed in {} fewer runs'],
  detect_first_ms: ['first suspects a crash {} sooner', 'first suspects a crash {} later'],
  detect_last_ms: ['has told all of a crash {} sooner', 'has told all of a crash {} later'],
  mistake_ms: ['takes mistakes back {} sooner', 'takes mistakes back {} later'],
  trusted_dead_frac: ['trusts the dead {} less', 'trusts the dead {} more'],
  doubted_live_frac: ['doubts the living {} less', 'doubts the living {} more'],
  sent_per_node_s: ['sends {} fewer messages', 'sends {} more messages'],
  lost_frac: ['loses {} fewer messages', 'loses {} more messages'],
};
/** Where B had none at all: a ratio of 0 would be too sure. */
const NONE: Readonly<Record<string, string>> = {
  mistakes_per_pair_h: 'made no mistake at all',
  false_deaths_per_pair_h: 'declared no live node dead',
  unreached_frac: 'left no node unreached',
  lost_frac: 'lost no message',
};
const NAMES = Object.keys(PHRASES);
const MATTER = 7;
const MOST = 4; // clauses

export function compareSentence(comparisons: readonly Comparison[]): string {
  const rank = ({ measure }: Comparison) => (NAMES.indexOf(measure) + NAMES.length) % NAMES.length;
  const sorted = comparisons.filter(({ differs }) => differs).sort((x, y) => rank(x) - rank(y));
  const weighty = sorted.filter(({ measure }) => NAMES.slice(0, MATTER).includes(measure));
  const told = (weighty.length > 0 ? weighty : sorted).slice(0, MOST);
  if (told.length === 0) return 'No measure differs beyond doubt: more replicates may tell more.';
  const clauses = told.map((of, i) => clause(of, i === 0 ? '95 % CI ' : ''));
  const last = clauses.pop();
  return `B ${clauses.length === 0 ? last : `${clauses.join(', ')}, and ${last}`}.`;
}

function clause({ measure, difference, ratio, a, b }: Comparison, level: string): string {
  const { mean, low, high } = difference!;
  if (b === 0 && NONE[measure] !== undefined)
    return `${NONE[measure]} (A: ${amountText(measure, a!)})`;
  const more = mean > 0;
  const [lessText, moreText] = PHRASES[measure] ?? [
    `has {} less of ${measure}`,
    `has {} more of ${measure}`,
  ];
  // Ends nearer to nothing first; of less, how much less.
  const sized = (value: number, from: number, to: number): [number, number, number] =>
    more ? [value, from, to] : [-value, -to, -from];
  const relative = ratio !== null && !measure.endsWith('_ms') && a !== 0 && b !== 0;
  const { amount, ends }: Amount = relative
    ? percentOf(...sized(ratio.value - 1, ratio.low - 1, ratio.high - 1))
    : amountOf(measure, ...sized(mean, low, high));
  return `${(more ? moreText : lessText).replace('{}', amount)} (${level}${ends})`;
}
