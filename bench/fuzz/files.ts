/** One wrong file: it must be refused by a sentence that says where, and quickly. */
import { UserError } from '../../src/base/errors.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { Luck } from '../../src/experiment/hunt/luck.ts';
import { scenarioOf } from '../../src/experiment/scenario/build.ts';
import { loadScenario, textIn } from '../../src/experiment/scenario/index.ts';
import { drawMutant, type Mutant } from './mutate.ts';

export const NAME = 'wrong.yaml';
const SLOW_US = 5_000_000; // of CPU time, of the whole process: the machine may be busy
/** Every line begins with its place. */
const LOCATED = /^wrong\.yaml:\d+:\d+: \S/;
/** Of a value that nobody thought of. */
const SLOPPY = /undefined|\[object|NaN\b|BUG/;

export interface Complaint extends Mutant {
  readonly index: number;
  readonly wrong: string;
}

export const mutantOf = (seed: string, index: number): Mutant =>
  drawMutant(new Luck(seed, `file ${index}`));

export function fuzzFile(seed: string, index: number): Complaint | undefined {
  const mutant = mutantOf(seed, index);
  const start = process.cpuUsage();
  const wrong =
    wrongWith(mutant) ?? (process.cpuUsage(start).user > SLOW_US ? 'it took long' : undefined);
  return wrong === undefined ? undefined : { ...mutant, index, wrong };
}

function wrongWith({ bytes }: Mutant): string | undefined {
  try {
    const text = textIn(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, NAME);
    const { scenario } = loadScenario(text, NAME, []);
    simulate({ ...scenarioOf(scenario, 'start'), horizonMs: 0 });
  } catch (error) {
    if (!(error instanceof UserError)) return `it ends with ${(error as Error).stack}`;
    const lines = error.message.split('\n');
    const bad = lines.find(
      (line) => !LOCATED.test(line) || SLOPPY.test(line.replace(/got ".*"/, '')),
    );
    return bad === undefined ? undefined : `it is refused by: ${bad}`;
  }
  return 'it is accepted';
}
