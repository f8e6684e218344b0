/** The last step of a run: its figures, drawn from the summaries alone. */
import type { Files } from '../experiment/folder.ts';
import type { RunResult } from '../experiment/result.ts';
import { drawFigures } from '../report/figures.ts';

export const finish = ({ plan, summaries }: RunResult): Promise<Files> =>
  drawFigures(plan.experiment, summaries);
