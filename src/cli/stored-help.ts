/**
 * Help texts as yargs writes them, stored by the build (scripts/pack.mjs), as yargs takes longer to load than all else.
 * Beside them lies the declaration of which they are the help: for another they do not exist, and yargs is asked.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from '../experiment/package.ts';
import type { Program } from './program.ts';

/** Lines of help are no longer than this, on terminals that are wide enough. */
export const MOST_WIDE = 100;

export const HELP_FILE: string = join(DIST, 'packed', 'help.json');

interface Stored {
  readonly declaration: string;
  /** By verb; '' is the help of the command itself. */
  readonly texts: Readonly<Record<string, string>>;
}

export const declarationOf = (program: Program): string => JSON.stringify(program);

/** What is to be printed; undefined if the words ask for something else, or the text is not there. */
export function storedHelp(
  program: Program,
  words: readonly string[],
  width: number,
): string | undefined {
  if (words.length === 1 && words[0] === '--version') return program.version;
  const asks = (word: string | undefined) => word === '--help' || word === '-h';
  const ofAll = words.length === 0 || (words.length === 1 && asks(words[0]));
  const ofVerb = words.length === 2 && asks(words[1]);
  if (!(ofAll || ofVerb) || width < MOST_WIDE || !existsSync(HELP_FILE)) return undefined;
  const { declaration, texts }: Stored = JSON.parse(readFileSync(HELP_FILE, 'utf8'));
  if (declaration !== declarationOf(program)) return undefined;
  return texts[ofAll ? '' : words[0]];
}

/** All of them. */
export async function helpTexts(program: Program): Promise<Stored> {
  const { helpText } = await import('./yargs.ts');
  const texts: Record<string, string> = { '': await helpText(program, ['--help'], MOST_WIDE) };
  for (const { name } of program.verbs)
    texts[name] = await helpText(program, [name, '--help'], MOST_WIDE);
  return { declaration: declarationOf(program), texts };
}
