/** `hearsay schema`: the JSON Schema of scenario files, for the completion of editors. */
import { DONE, type Verb } from './verb.ts';

export const schema: Verb = {
  name: 'schema',
  summary: 'Print the JSON Schema of scenario files, for the completion of editors.',
  options: {},
  examples: [['npx hearsay schema > scenario.schema.json', 'beside your files']],
  notes:
    'An editor finds it by the first line: # yaml-language-server: $schema=scenario.schema.json',
  run,
};

async function run(): Promise<number> {
  const { jsonSchema } = await import('../experiment/scenario/index.ts');
  const { print } = await import('./terminal.ts');
  print(JSON.stringify(jsonSchema(), null, 2));
  return DONE;
}
