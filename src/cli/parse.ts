/**
 * Declared verbs -> yargs, and what yargs understood -> `Given`. Yargs alone is too lenient: it turns `--jobs abc` into
 * NaN, a repeated option into an array, `--quick=abc` into false, and says nothing useful about an unknown option. So
 * every option is read as text here and checked where it is used; whatever does not fit is a `UserError`.
 */
import type { Argv } from 'yargs';
import yargs from 'yargs';
import { UserError } from '../base/errors.ts';
import { didYouMean } from '../experiment/nearest.ts';
import { print, widthOf } from './terminal.ts';
import { DONE, type Given, type Option, type Verb } from './verb.ts';

type Raw = Readonly<Record<string, unknown>> & { readonly _: readonly (string | number)[] };

const GENERAL = ['help', 'h', 'version'];

export interface Program {
  readonly name: string;
  readonly version: string;
  readonly usage: string;
  readonly examples: Verb['examples'];
  readonly epilogue: string;
  readonly verbs: readonly Verb[];
  /** The names that completion offers after a verb. */
  readonly namesFor: (verb: string) => Promise<readonly string[]>;
}

/** Runs the verb that the words name; resolves to its exit code. Help, version and completion answer 0. */
export async function parse(program: Program, words: readonly string[]): Promise<number> {
  // The question of the script that `hearsay completion` prints: hearsay --get-yargs-completions hearsay run ...
  if (words[0] === '--get-yargs-completions') {
    for (const word of await completions(program, words.slice(2))) print(word);
    return DONE;
  }
  refuseUnknownVerb(program, words);
  let code = DONE;
  const parser = configured(program);
  for (const verb of program.verbs) {
    parser.command({
      command: verb.name,
      describe: verb.summary,
      builder: (y) => declared(y, program, verb),
      handler: async (raw) => {
        code = await verb.run(givenOf(verb, raw as Raw, words));
      },
    });
  }
  await parser.parseAsync(words.length > 0 ? words : ['--help']);
  return code;
}

function configured(program: Program): Argv {
  return yargs()
    .scriptName(program.name)
    .usage(program.usage)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    })
    .detectLocale(false)
    .wrap(Math.min(100, widthOf(process.stdout)))
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UserError(`${program.name}: ${message}`);
    })
    .version(program.version)
    .help()
    .alias('help', 'h')
    .example(program.examples as [string, string][])
    .epilogue(program.epilogue);
}

/** The words after the verb are shown in the usage: as a positional, yargs would add `[array] [default: []]`. */
function declared(y: Argv, program: Program, verb: Verb): Argv {
  const title = `${program.name} ${verb.name}`;
  const words = verb.words
    ? { title: ` [${verb.words.name}...]`, about: `\n\n${verb.words.name}: ${verb.words.describe}` }
    : { title: '', about: '' };
  y.usage(`${title}${words.title} [options]\n\n${verb.summary}${words.about}`);
  for (const [name, option] of Object.entries(verb.options)) y.option(name, yargsOption(option));
  return y.example(verb.examples as [string, string][]).epilogue(verb.notes ?? '');
}

/** Every value is read as text; a text given twice becomes an array. */
const yargsOption = (option: Option) => ({
  describe: option.value ? `${option.value}: ${option.describe}` : option.describe,
  ...(option.kind === 'switch' ? { boolean: true } : { string: true }),
  ...(option.short ? { alias: option.short } : {}),
});

/** What may follow `hearsay WORDS`; the shell filters by what has been typed of the last word. */
async function completions(program: Program, words: readonly string[]): Promise<string[]> {
  const verb = program.verbs.find((candidate) => candidate.name === words[0]);
  if (!verb) return program.verbs.map(({ name }) => name);
  const options = Object.keys(verb.options).map((name) => `--${name}`);
  return [...(await program.namesFor(verb.name)), ...options, '--help'];
}

function refuseUnknownVerb(program: Program, words: readonly string[]): void {
  const [first] = words;
  const names = program.verbs.map((verb) => verb.name);
  if (first === undefined || names.includes(first)) return;
  if (!first.startsWith('-'))
    throw new UserError(
      `${program.name}: there is no verb "${first}".${didYouMean(first, names)} Known: ${names.join(', ')}`,
    );
  const option = first.replace(/^-+/, '');
  if (!GENERAL.includes(option))
    throw new UserError(
      `${program.name}: a verb comes first (${names.join(', ')}); found ${first}`,
    );
}

function givenOf(verb: Verb, raw: Raw, words: readonly string[]): Given {
  refuseUnknownOptions(verb, raw);
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

function refuseUnknownOptions(verb: Verb, raw: Raw): void {
  const options = Object.keys(verb.options);
  const accepted = [...options, '_', '$0', ...GENERAL];
  for (const name of Object.keys(raw)) {
    if (accepted.includes(name)) continue;
    const dashed = `${name.length > 1 ? '--' : '-'}${name}`;
    const known = options.map((option) => `--${option}`);
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
