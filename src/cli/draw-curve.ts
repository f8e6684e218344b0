/** The curve of `hearsay simulate --draw`. */

import { curveOf, meanOf } from '../experiment/scenario/curve.ts';
import { loadScenario } from '../experiment/scenario/index.ts';
import { type ChartOptions, chart, pointsOf } from '../report/chart.ts';
import { significant } from '../report/numbers.ts';
import { colorsOf } from './colors.ts';
import type { SimulateWish } from './simulate-runs.ts';
import { print, widthOf } from './terminal.ts';
import { count } from './wording.ts';

const HEIGHT = 11;
/** More look the same. */
const MOST_RUNS = 20;

/** Runs the first replicates again, and draws their mean. */
export function drawCurve(wish: SimulateWish, seed: string, runs: number): void {
  const { scenario } = loadScenario(wish.text, wish.file, wish.set);
  const few = Math.min(runs, MOST_RUNS);
  const curves = Array.from({ length: few }, (_, i) => curveOf(scenario, seed, i));
  const [first] = curves;
  if (first === undefined) {
    print('\nThere is no curve to draw for this protocol.');
    return;
  }
  const all = curves as (typeof first)[];
  const width = widthOf(process.stdout);
  const highest = Math.max(...meanOf(all, 4 * width).values);
  const ascii = !speaksUtf8();
  const { cyan } = colorsOf(process.stdout);
  const most = first.most ?? (highest === 0 ? 1 : highest);
  const options: Omit<ChartOptions, 'until_s'> = {
    width,
    height: HEIGHT,
    ascii,
    most,
    paint: cyan,
  };
  const { until, values } = meanOf(all, pointsOf({ ...options, until_s: 0 }));
  const of = few === 1 ? '' : `, mean of ${few < runs ? `the first ${few}` : count(few, 'run')}`;
  print(
    `\n${first.about}${of}, over time; ${significant(values[values.length - 1], 3)} at the end`,
  );
  print(chart(values, { ...options, until_s: until / 1e6 }));
}

/** As POSIX has it, but that a terminal of which nothing is known can show what the tables have, too. */
function speaksUtf8(): boolean {
  const { LC_ALL, LC_CTYPE, LANG, TERM } = process.env;
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return TERM !== 'dumb' && (locale === '' || /utf-?8/i.test(locale));
}
