/** The columns of an experiment's rows. */
import type { Experiment } from './model.ts';

/** Measures with one value per run: all that are not series. */
export const scalarColumns = ({ measures, series = {} }: Experiment): string[] =>
  Object.keys(measures).filter((column) => !Object.hasOwn(series, column));
