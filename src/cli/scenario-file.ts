/** The scenario file that a verb is about. */
import { readFileSync } from 'node:fs';
import { UserError } from '../base/errors.ts';

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
  return textIn(bytesOf(verb, file), file);
}

function bytesOf(verb: string, file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UserError(
      `${verb}: the scenario file ${file} cannot be read: ${(error as Error).message}`,
    );
  }
}
