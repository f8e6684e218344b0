/** Options of every verb that runs a plan. */
import type { Option } from './verb.ts';

export const JOBS: Option = {
  kind: 'text',
  value: 'N',
  short: 'j',
  describe: 'worker threads (default: one per core); the results are the same for any number',
};
export const FRESH: Option = {
  kind: 'switch',
  describe: 'run everything again, also what is finished',
};
export const DRY_RUN: Option = { kind: 'switch', describe: 'only say what would run' };
