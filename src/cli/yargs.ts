/** Declared verbs -> yargs: the help texts, and words among which there may be a wish for help. */
import type { Argv } from 'yargs';
import yargs from 'yargs';
import { UserError } from '../base/errors.ts';
import { givenOf, type Raw } from './given.ts';
import { PARSER_CONFIGURATION } from './parse.ts';
import type { Program } from './program.ts';
import { MOST_WIDE } from './stored-help.ts';
import { widthOf } from './terminal.ts';
import { DONE, type Given, type Option, type Verb } from './verb.ts';

type Run = (verb: Verb, given: Given) => Promise<number>;

/** Prints help or the version, or runs the verb that the words name; resolves to the exit code. */
export async function parseByYargs(
  program: Program,
  words: readonly string[],
  run: Run = (verb, given) => verb.run(given),
): Promise<number> {
  let code = DONE;
  const width = Math.min(MOST_WIDE, widthOf(process.stdout));
  const parser = configured(program, width, async (verb, raw) => {
    code = await run(verb, await givenOf(verb, raw, words));
  });
  await parser.parseAsync(words.length > 0 ? words : ['--help']);
  return code;
}

/** The help that the words ask for. */
export function helpText(program: Program, words: string[], width: number): Promise<string> {
  const parser = configured(program, width, async () => undefined);
  return new Promise((resolve, reject) => {
    const take = (error: Error | undefined, _: unknown, output: string) =>
      error ? reject(error) : resolve(output);
    parser.parse(words, {}, take);
  });
}

function configured(
  program: Program,
  width: number,
  handle: (verb: Verb, raw: Raw) => Promise<void>,
): Argv {
  const parser = yargs()
    .scriptName(program.name)
    .usage(program.usage)
    .parserConfiguration(PARSER_CONFIGURATION)
    .detectLocale(false)
    .wrap(width)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UserError(`${program.name}: ${message}`);
    })
    .version(program.version)
    .help()
    .alias('help', 'h')
    .example(program.examples as [string, string][])
    .epilogue(program.epilogue);
  for (const verb of program.verbs) {
    parser.command({
      command: verb.name,
      describe: verb.summary,
      builder: (y) => declared(y, program, verb),
      handler: (raw) => handle(verb, raw as Raw),
    });
  }
  return parser;
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
