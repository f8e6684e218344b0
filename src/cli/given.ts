/** What the parser understood -> `Given`, as far as the declaration of the verb goes. */
import { UserError } from '../base/errors.ts';
import type { Given, Option, Verb } from './verb.ts';

export type Raw = Readonly<Record<string, unknown>> & { readonly _: readonly (string | number)[] };

/** Options of every verb. */
export const GENERAL: readonly string[] = ['help', 'h', 'version'];

export async function givenOf(verb: Verb, raw: Raw, words: readonly string[]): Promise<Given> {
  await refuseUnknownOptions(verb, raw);
  const switches = new Set<string>();
  const texts = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  for (const [name, option] of Object.entries(verb.options)) {
    const values = [raw[name] ?? []].flat() as unknown[];
    if (option.kind === 'switch') {
      if (words.some((word) => word.startsWith(`--${name}=`)))
        throw new UserError(`${verb.name}: --${name} is a switch and takes no value`);
      if (values.at(-1) === true) switches.add(name);
      continue;
    }
    const given = values.map((value) => checked(verb, name, option, String(value)));
    if (option.kind === 'list') lists.set(name, given);
    else if (given.length > 0) texts.set(name, given.at(-1)!);
  }
  const all = raw._.slice(1).map(String);
  if (!verb.words && all.length > 0)
    throw new UserError(`${verb.name}: takes no names; found ${all.join(' ')}`);
  return { words: all, switches, texts, lists };
}

async function refuseUnknownOptions(verb: Verb, raw: Raw): Promise<void> {
  const options = Object.keys(verb.options);
  const accepted = [...options, '_', '$0', ...GENERAL];
  for (const name of Object.keys(raw)) {
    if (accepted.includes(name)) continue;
    const dashed = `${name.length > 1 ? '--' : '-'}${name}`;
    const known = options.map((option) => `--${option}`);
    const { didYouMean } = await import('../base/nearest.ts');
    throw new UserError(
      `${verb.name}: there is no option ${dashed}.${didYouMean(dashed, known)} Known: ${known.join(', ')}`,
    );
  }
}

function checked(verb: Verb, name: string, option: Option, value: string): string {
  if (value === '') {
    throw new UserError(`${verb.name}: --${name} needs a value (${option.value ?? 'TEXT'})`);
  }
  if (option.choices && !option.choices.includes(value)) {
    const known = option.choices.join(' or ');
    throw new UserError(`${verb.name}: --${name} must be ${known}; got "${value}"`);
  }
  return value;
}
