/** `hearsay explain`: why something happened in a run of a scenario, or did not. */
import { writeFileSync } from 'node:fs';
import { UserError } from '../base/errors.ts';
import type { Explained, Question } from '../experiment/scenario/explain/index.ts';
import type { Group } from '../experiment/scenario/index.ts';
import { wholeOption } from './numbers.ts';
import { readScenario, scenarioFile } from './scenario-file.ts';
import { DONE, FAILED, FORMAT, type Given, type Verb } from './verb.ts';
import { count, repeated } from './wording.ts';

export const explain: Verb = {
  name: 'explain',
  summary: 'Say why a node was declared dead in a run, or why a rumour never came.',
  words: { name: 'file', describe: 'a scenario file, such as those in experiments/scenarios' },
  options: {
    what: {
      kind: 'text',
      value: 'QUESTION',
      describe: "what is asked, as in 'dead 88' or 'unreached 12 of 3' (below)",
    },
    by: { kind: 'text', value: 'NODE', describe: 'whose view (default: of whom it happened to)' },
    when: {
      kind: 'text',
      value: 'TIME',
      describe:
        'which of several times: first (default), last, or the first from a time on, as 34s',
    },
    replicate: { kind: 'text', value: 'N', describe: 'which run (default: 0)' },
    search: {
      kind: 'text',
      value: 'N',
      describe: 'the first of so many runs in which it happens, from --replicate on',
    },
    seed: { kind: 'text', value: 'TEXT', describe: "instead of the file's" },
    set: {
      kind: 'list',
      value: 'PATH=VALUE',
      describe: 'another value at a place of the file, as in protocol.fanout=3; repeatable',
    },
    out: {
      kind: 'text',
      value: 'FILE',
      describe: 'a space-time diagram of what led there, .svg or .png',
    },
    format: { ...FORMAT, choices: ['text', 'json'], describe: 'text (default) or json, on stdout' },
  },
  examples: [
    [
      "npx hearsay explain experiments/scenarios/cassandra-pause.yaml --what 'dead 7'",
      'why was 7 marked down?',
    ],
    [
      "npx hearsay explain experiments/scenarios/pause.yaml --what 'suspected 4' --when last --out why.svg",
      'with a diagram',
    ],
    [
      "npx hearsay explain experiments/scenarios/infect-and-die.yaml --what 'unreached 30' --search 200",
      'why did a rumour not come?',
    ],
  ],
  notes:
    'Questions: dead NODE, it was declared dead (or suspected, where a protocol says no more);\n' +
    'suspected NODE; not-dead NODE, why it was not; reached NODE of RUMOUR, the way of a rumour;\n' +
    'unreached NODE of RUMOUR, why it did not come. The run is repeated from its seed with every\n' +
    'happening kept, so it needs more memory than simulate. Exit code 1: it did not happen.',
  run,
};

async function run(given: Given): Promise<number> {
  const wish = wishOf(given);
  const { texts } = given;
  const text = await readScenario('explain', wish.file);
  const { loadScenario } = await import('../experiment/scenario/index.ts');
  const { questionOf } = await import('../experiment/scenario/explain/index.ts');
  const { say } = await import('./terminal.ts');
  const { scenario } = loadScenario(text, wish.file, given.lists.get('set') ?? []);
  const question = questionOf(wish, Number(scenario.values.nodes));
  const seed = texts.get('seed') ?? String(scenario.values.seed);
  const { explained, replicate } = await firstOf(wish, scenario, seed, question);
  const { explanation } = explained;
  say(`seed ${seed}, replicate ${replicate}`);
  await show(explained, question, { seed, replicate, json: texts.get('format') === 'json' });
  if (!explanation.happened && wish.runs > 1) {
    say(`it did not happen in ${count(wish.runs, 'run')}, from replicate ${wish.first} on`);
  }
  if (wish.out !== undefined && explanation.steps.length > 0) {
    const { diagram } = await import('../report/explain/diagram.ts');
    await write(wish.out, diagram(explained, question));
    say(`drawn: ${wish.out}`);
  }
  const found = { ...given, texts: new Map([...texts, ['replicate', String(replicate)]]) };
  const kept = { lists: ['set'], texts: ['what', 'by', 'when', 'replicate', 'format', 'out'] };
  say(`again: ${repeated('explain', found, kept, seed)}`);
  return explanation.happened ? DONE : FAILED;
}

interface ExplainWish {
  readonly file: string;
  readonly what: string;
  readonly by: string | undefined;
  readonly when: string | undefined;
  readonly out: string | undefined;
  /** Replicates first, first + 1, ..., until it happens. */
  readonly first: number;
  readonly runs: number;
}

function wishOf(given: Given): ExplainWish {
  const { words, texts } = given;
  const file = scenarioFile('explain', words, "--what 'dead 88'");
  const what = texts.get('what');
  if (what === undefined)
    throw new UserError(
      "explain: say what to explain, as in --what 'dead 88' or --what 'unreached 12 of 3'",
    );
  return {
    ...{ file, what, by: texts.get('by'), when: texts.get('when') },
    out: drawable(texts.get('out')),
    first: wholeOption('explain', given, 'replicate', 0, 1_000_000) ?? 0,
    runs: wholeOption('explain', given, 'search', 1, 100_000) ?? 1,
  };
}

/** The first replicate in which it happens, or the last one that was looked at. */
async function firstOf(
  { first, runs }: ExplainWish,
  scenario: Group,
  seed: string,
  question: Question,
) {
  const { explain } = await import('../experiment/scenario/explain/index.ts');
  let replicate = first;
  let explained = explain(scenario, seed, replicate, question);
  while (!explained.explanation.happened && replicate + 1 < first + runs) {
    explained = explain(scenario, seed, ++replicate, question);
  }
  return { explained, replicate };
}

interface Shown {
  readonly seed: string;
  readonly replicate: number;
  readonly json: boolean;
}

async function show(explained: Explained, question: Question, { seed, replicate, json }: Shown) {
  const { print, widthOf } = await import('./terminal.ts');
  if (json) {
    const { explanationData } = await import('../report/explain/data.ts');
    print(JSON.stringify({ seed, replicate, ...explanationData(explained, question) }, null, 2));
  } else {
    const { explanationText } = await import('../report/explain/text.ts');
    print(explanationText(explained.explanation, widthOf(process.stdout)));
  }
}

function drawable(out: string | undefined): string | undefined {
  if (out === undefined || /\.(svg|png)$/.test(out)) return out;
  throw new UserError(`explain: --out must end in .svg or .png; got "${out}"`);
}

async function write(file: string, svg: string): Promise<void> {
  const { toPng } = await import('../report/render.ts');
  const bytes = file.endsWith('.png') ? await toPng(svg) : svg;
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw new UserError(`explain: --out ${file} cannot be written: ${(error as Error).message}`);
  }
}
