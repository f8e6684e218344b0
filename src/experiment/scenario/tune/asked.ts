/** What a tuning is asked for: objectives, what matters most, budgets; checked. */
import { shown, UserError } from '../../../base/errors.ts';
import { didYouMean } from '../../../base/nearest.ts';

/** How fast, how wrongly, at what cost: of these what is observed, unless the user says. */
const USUAL = [
  'to_99_ms',
  'unreached_frac',
  'detect_mean_ms',
  'mistakes_per_pair_h',
  'dead_mean_ms',
  'false_deaths_per_pair_h',
  'bytes_per_node_s',
];
/** What is wrong matters before what is slow or dear. */
const WRONG = ['unreached_frac', 'false_deaths_per_pair_h', 'mistakes_per_pair_h'];
/** More of these is better: they can be budgets. */
export const GOOD = ['reached_all', 'detected_all', 'dead_all'];

export function objectivesOf(typed: string | undefined, measured: readonly string[]): string[] {
  if (typed === undefined) {
    const usual = USUAL.filter((name) => measured.includes(name));
    if (usual.length > 0) return usual;
    throw new UserError(
      `tune: say what shall be small, as in --minimise ${measured[0] ?? 'bytes_per_node_s'}; measured: ${measured.join(', ')}`,
    );
  }
  return listed('--minimise', typed, measured);
}

export function preferenceOf(typed: string | undefined, objectives: readonly string[]): string[] {
  const first = typed === undefined ? WRONG : listed('--prefer', typed, objectives);
  const known = first.filter((name) => objectives.includes(name));
  return [...known, ...objectives.filter((name) => !known.includes(name))];
}

function listed(option: string, typed: string, known: readonly string[]): string[] {
  const names = [...new Set(typed.split(',').map((name) => name.trim()))];
  for (const name of names) {
    if (GOOD.includes(name) && known.includes(name))
      throw new UserError(
        `tune: ${option}: more of ${name} is better; ask for it with --budget '${name} >= 99%'`,
      );
    if (!known.includes(name))
      throw new UserError(
        `tune: ${option}: ${shown(name)} is not ${option === '--prefer' ? 'minimised' : 'measured'} here.${didYouMean(name, known)} Known: ${known.join(', ')}`,
      );
  }
  return names;
}

/** A share such as 1%, of which differences are none. */
export const INDIFFERENCE = 0.01;
