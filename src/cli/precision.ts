/** `--precision`: how precise the means shall be, in place of a number of replicates. */
import { UserError } from '../base/errors.ts';
import type { Precision } from '../experiment/precision.ts';
import { wholeOption } from './numbers.ts';
import type { Given, Option } from './verb.ts';

const LEAST = 30; // below, Student's interval is not to be trusted for skewed values
const MOST = 1000;

export const PRECISION: Readonly<Record<string, Option>> = {
  precision: {
    kind: 'text',
    value: 'P',
    describe:
      'in place of --replicates: as many as it takes until the 95 % interval ends so near to either side: 5% of the mean (of what is true or not, percentage points), 10ms, or 0.01',
  },
  'min-replicates': { kind: 'text', value: 'N', describe: `with --precision (default: ${LEAST})` },
  'max-replicates': { kind: 'text', value: 'N', describe: `with --precision (default: ${MOST})` },
};

/** Undefined where it is not asked for. A `UserError` for options that go with it, or not. */
export function precisionIn(verb: string, given: Given): Precision | undefined {
  const within = given.texts.get('precision');
  if (within === undefined) {
    const lone = ['min-replicates', 'max-replicates'].find((name) => given.texts.has(name));
    if (lone === undefined) return undefined;
    throw new UserError(`${verb}: --${lone} goes with --precision; without it give --replicates`);
  }
  if (given.texts.has('replicates'))
    throw new UserError(
      `${verb}: --precision finds the number of replicates; give --max-replicates in place of --replicates`,
    );
  const most = wholeOption(verb, given, 'max-replicates', 2, 1e6) ?? MOST;
  const least = wholeOption(verb, given, 'min-replicates', 2, most) ?? Math.min(LEAST, most);
  return { within, measures: given.lists.get('measure') ?? [], least, most };
}
