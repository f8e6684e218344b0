/** `hearsay bench`: the hot-path benchmarks, each with the hash of its result. */
import { DONE, type Given, type Verb } from './verb.ts';

export const bench: Verb = {
  name: 'bench',
  summary: 'Measure the hot paths, with a hash of what was computed.',
  words: { name: 'suite', describe: 'which suites; default: all' },
  options: {
    size: {
      kind: 'text',
      value: 'SIZE',
      choices: ['full', 'smoke'],
      describe: 'full (default), or smoke: seconds instead of minutes, as in the tests',
    },
  },
  examples: [
    ['npx hearsay bench', 'everything, in minutes'],
    ['npx hearsay bench --size smoke', 'everything, in seconds'],
    ['npx hearsay bench queue', 'the event queue alone'],
  ],
  run,
};

async function run({ words, texts }: Given): Promise<number> {
  const { runBench } = await import('../../bench/index.ts');
  const { print } = await import('./terminal.ts');
  await runBench({
    only: words,
    size: (texts.get('size') ?? 'full') as 'full' | 'smoke',
    write: print,
  });
  return DONE;
}
