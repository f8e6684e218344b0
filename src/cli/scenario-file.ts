/** The scenario file that a verb is about. */
import { UserError } from '../base/errors.ts';
import { inputFile } from './input-file.ts';

/** The one word behind the verb. @param more what stands behind the file in an example. */
export function scenarioFile(verb: string, words: readonly string[], more = ''): string {
  if (words.length === 1) return words[0];
  const example = `hearsay ${verb} cluster.yaml${more === '' ? '' : ` ${more}`}`;
  throw new UserError(
    `${verb}: name one scenario file, as in ${example}; got ${words.join(' ') || 'none'}`,
  );
}

export async function readScenario(verb: string, file: string): Promise<string> {
  const { textIn } = await import('../experiment/scenario/index.ts');
  return textIn(inputFile(verb, file), file);
}
