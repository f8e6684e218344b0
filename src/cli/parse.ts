/**
 * What was typed -> a verb and what it is given. Yargs is half of the start of a command, and is needed for help alone:
 * other words are read by its parser, with the same settings. That is too lenient: it turns `--jobs abc` into NaN, a
 * repeated option into an array, `--quick=abc` into false. So every option is read as text, and checked in given.ts and
 * where it is used; whatever does not fit is a `UserError`.
 */
import parser from 'yargs-parser';
import { UserError } from '../base/errors.ts';
import { GENERAL, givenOf, type Raw } from './given.ts';
import type { Program } from './program.ts';
import { storedHelp } from './stored-help.ts';
import { print, widthOf } from './terminal.ts';
import { DONE, type Given, type Verb } from './verb.ts';

export const PARSER_CONFIGURATION = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'greedy-arrays': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'strip-aliased': true,
} as const;

/** Runs the verb that the words name; resolves to its exit code. Help, version and completion answer 0. */
export async function parse(program: Program, words: readonly string[]): Promise<number> {
  // The question of the script that `hearsay completion` prints: hearsay --get-yargs-completions hearsay run ...
  if (words[0] === '--get-yargs-completions') {
    for (const word of await completions(program, words.slice(2))) print(word);
    return DONE;
  }
  await refuseUnknownVerb(program, words);
  const verb = program.verbs.find(({ name }) => name === words[0]);
  if (verb && !words.some(mayAskForHelp)) return verb.run(await read(verb, words));
  const help = storedHelp(program, words, widthOf(process.stdout));
  if (help === undefined) return (await import('./yargs.ts')).parseByYargs(program, words);
  print(help);
  return DONE;
}

/** `help`, `--help`, `-h`, `-qh` and the like, and also some words that turn out to be values: yargs knows. */
const mayAskForHelp = (word: string): boolean =>
  /^(-*help.*|-*version.*|--?h|-[^-=]*h.*)$/.test(word);

/** What yargs makes of the words that follow the verb, where none of them asks for help. */
export async function read(verb: Verb, words: readonly string[]): Promise<Given> {
  const options = Object.entries(verb.options);
  const named = (switches: boolean) =>
    options.filter(([, { kind }]) => (kind === 'switch') === switches).map(([name]) => name);
  const { argv, error } = parser.detailed([...words], {
    boolean: [...named(true), 'help', 'version'],
    string: named(false),
    alias: {
      help: ['h'],
      ...Object.fromEntries(options.map(([name, { short }]) => [name, short ? [short] : []])),
    },
    configuration: PARSER_CONFIGURATION,
  });
  if (error) throw new UserError(`${verb.name}: ${error.message}`);
  return givenOf(verb, argv as unknown as Raw, words);
}

/** What may follow `hearsay WORDS`; the shell filters by what has been typed of the last word. */
async function completions(program: Program, words: readonly string[]): Promise<string[]> {
  const verb = program.verbs.find((candidate) => candidate.name === words[0]);
  if (!verb) return program.verbs.map(({ name }) => name);
  const options = Object.keys(verb.options).map((name) => `--${name}`);
  return [...(await program.namesFor(verb.name)), ...options, '--help'];
}

async function refuseUnknownVerb(program: Program, words: readonly string[]): Promise<void> {
  const [first] = words;
  const names = program.verbs.map((verb) => verb.name);
  if (first === undefined || names.includes(first)) return;
  if (!first.startsWith('-')) {
    const { didYouMean } = await import('../base/nearest.ts');
    throw new UserError(
      `${program.name}: there is no verb "${first}".${didYouMean(first, names)} Known: ${names.join(', ')}`,
    );
  }
  const option = first.replace(/^-+/, '');
  if (!GENERAL.includes(option))
    throw new UserError(
      `${program.name}: a verb comes first (${names.join(', ')}); found ${first}`,
    );
}
