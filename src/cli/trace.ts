import { wholeOption } from './numbers.ts';
import { readScenario, scenarioFile } from './scenario-file.ts';
import type { Given, Verb } from './verb.ts';

const FORMATS = ['text', 'csv', 'parquet', 'chrome', 'shiviz', 'pcap', 'gexf', 'graphml'];

export const trace: Verb = {
  name: 'trace',
  summary: 'Write down a run, event by event, for people or for other viewers.',
  words: { name: 'file', describe: 'a scenario file, such as those in experiments/scenarios' },
  options: {
    format: {
      kind: 'text',
      value: 'FORMAT',
      choices: FORMATS,
      describe: `${FORMATS.join(', ')} (default: by the name of --out, else text)`,
    },
    out: { kind: 'text', value: 'FILE', describe: 'where it goes, not to stdout' },
    seed: { kind: 'text', value: 'TEXT', describe: "instead of the file's" },
    replicate: {
      kind: 'text',
      value: 'R',
      describe: 'which run: replicate R of simulate (default: 0, the first)',
    },
    set: {
      kind: 'list',
      value: 'PATH=VALUE',
      describe: 'another value at a place of the file, as in protocol.fanout=3; repeatable',
    },
    from: { kind: 'text', value: 'TIME', describe: 'only what happens from then on, as in 30s' },
    until: { kind: 'text', value: 'TIME', describe: 'only what happens up to then' },
    nodes: {
      kind: 'text',
      value: 'LIST',
      describe: 'only what these do, are sent or are said to be, as in 3,5-9',
    },
    only: { kind: 'text', value: 'WHAT,...', describe: 'only facts, messages or faults' },
  },
  examples: [
    ['npx hearsay trace experiments/scenarios/push.yaml --until 2s', 'to read'],
    ['npx hearsay trace experiments/scenarios/swim.yaml --only facts,faults', 'who suspects whom'],
    [
      'npx hearsay trace experiments/scenarios/push.yaml --out push.json',
      'open it at ui.perfetto.dev or speedscope.app',
    ],
    ['npx hearsay trace experiments/scenarios/swim.yaml --out swim.pcap', 'open it in Wireshark'],
  ],
  notes:
    'A name says the format: .txt, .csv, .parquet (DuckDB, pandas), .json (Chrome trace, for Perfetto\n' +
    'and speedscope), .log (ShiViz), .pcap (Wireshark), .gexf (Gephi), .graphml (igraph, NetworkX).\n' +
    'Times are simulated, 0 is the start of the run; in a capture that is 1 January 1970. A capture has\n' +
    'every message when it is sent; what is lost has the DSCP 1: ip.dsfield.dscp == 1 finds it.',
  run,
};

async function run(given: Given): Promise<number> {
  const { words, texts, lists } = given;
  const file = scenarioFile('trace', words);
  const replicate = wholeOption('trace', given, 'replicate', 0, 1_000_000_000) ?? 0;
  const { traceFile } = await import('./trace-file.ts');
  return traceFile({
    ...{ file, text: await readScenario('trace', file), set: lists.get('set') ?? [], replicate },
    ...{ seed: texts.get('seed'), format: texts.get('format'), out: texts.get('out') },
    ...{ from: texts.get('from'), until: texts.get('until') },
    ...{ nodes: texts.get('nodes'), only: texts.get('only') },
  });
}
