/** The columns of an experiment's rows. */
import type { Experiment } from './model.ts';

/** Measures with one value per run: all that are not series. */
export const scalarColumns = ({ measures, series = {} }: Experiment): string[] =>
  Object.keys(measures).filter((column) => !Object.hasOwn(series, column));

/** What matters first: what the experiment says, or what its figures show. */
export function shownColumns({
  shown,
  figures,
  measures,
}: Pick<Experiment, 'shown' | 'figures' | 'measures'>): string[] {
  const named = shown ?? figures.map(({ y }) => y.field);
  return [...new Set(named)].filter((column) => Object.hasOwn(measures, column));
}
