/** `hearsay replay`: a page that plays a run of a scenario. */
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { ReplayRequest } from '../report/replay/of-file.ts';
import { wholeOption } from './numbers.ts';
import { readScenario, scenarioFile } from './scenario-file.ts';
import { DONE, type Given, type Verb } from './verb.ts';
import { bytes } from './wording.ts';

export const replay: Verb = {
  name: 'replay',
  summary: 'Write a page that plays a run of a scenario: who knew or suspected what, and when.',
  words: { name: 'file', describe: 'a scenario file, such as those in experiments/scenarios' },
  options: {
    seed: { kind: 'text', value: 'TEXT', describe: "instead of the file's" },
    replicate: { kind: 'text', value: 'R', describe: 'which run of that seed (default: 0)' },
    set: {
      kind: 'list',
      value: 'PATH=VALUE',
      describe: 'another value at a place of the file, as in protocol.fanout=3; repeatable',
    },
    out: {
      kind: 'text',
      value: 'FILE',
      describe: 'the page (default: NAME.replay.html in this folder)',
    },
    serve: {
      kind: 'switch',
      describe: 'show it on a port of this machine, again whenever the file changes; Ctrl-C ends',
    },
    port: { kind: 'text', value: 'N', describe: 'with --serve (default: 8420, or a free one)' },
  },
  examples: [
    ['npx hearsay replay experiments/scenarios/push.yaml', 'how a rumour spreads'],
    ['npx hearsay replay experiments/scenarios/swim.yaml --set nodes=50', 'whom nodes suspect'],
    ['npx hearsay replay cluster.yaml --serve', 'while you write the file'],
  ],
  notes:
    'The page needs nothing else and asks no network: it can be opened from a disk and sent by mail. The\n' +
    'run is the one that simulate makes with that seed. The same file and seed give the same bytes. Of\n' +
    'runs with very many messages the page shows some, and says so.',
  run,
};

async function run(given: Given): Promise<number> {
  const { words, texts, lists, switches } = given;
  const file = scenarioFile('replay', words);
  const port = wholeOption('replay', given, 'port', 1, 65_535);
  const replicate = wholeOption('replay', given, 'replicate', 0, 999_999_999) ?? 0;
  const live = switches.has('serve');
  if (port !== undefined && !live) throw new UserError('replay: --port needs --serve');
  if (live && texts.has('out'))
    throw new UserError('replay: choose one of --serve and --out: what is served is not written');
  const seed = texts.get('seed');
  const request = async (): Promise<ReplayRequest> => ({
    text: await readScenario('replay', file),
    ...{ file, settings: lists.get('set') ?? [], replicate, live },
    ...(seed === undefined ? {} : { seed }),
  });
  return live ? serving(file, request, port) : writing(given, await request());
}

async function writing(given: Given, request: ReplayRequest): Promise<number> {
  const { pageOfFile } = await import('../report/replay/of-file.ts');
  const { say } = await import('./terminal.ts');
  const { file } = request;
  const out = given.texts.get('out') ?? `${basename(file, extname(file))}.replay.html`;
  refuseOther(out);
  const page = pageOfFile(request);
  try {
    writeFileSync(out, page);
  } catch (error) {
    throw new UserError(`replay: --out ${out} cannot be written: ${(error as Error).message}`);
  }
  say(`written: ${out}, ${bytes(Buffer.byteLength(page))}; open it in a browser`);
  return DONE;
}

/** A page of ours is written anew, nothing else. */
function refuseOther(out: string): void {
  let start = '';
  try {
    const file = openSync(out, 'r');
    const head = Buffer.alloc(2000);
    start = head.toString('utf8', 0, readSync(file, head));
    closeSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new UserError(`replay: --out ${out} cannot be written: ${(error as Error).message}`);
  }
  if (start === '' || start.includes('<meta name="generator" content="hearsay">')) return;
  throw new UserError(`replay: ${out} is there and is no page of hearsay; choose another --out`);
}

async function serving(
  file: string,
  request: () => Promise<ReplayRequest>,
  port: number | undefined,
): Promise<number> {
  const { pageOfFile } = await import('../report/replay/of-file.ts');
  const { problemPage } = await import('../report/replay/problem-page.ts');
  const { serve } = await import('./serve.ts');
  const { interruptible } = await import('./interrupt.ts');
  const { say } = await import('./terminal.ts');
  await request(); // a file that is not there is no page
  const make = async () => {
    try {
      return pageOfFile(await request());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      say(error.message);
      return problemPage(file, error.message);
    }
  };
  const { signal, release } = interruptible();
  try {
    await serve({
      ...{ file, make, port, signal },
      onReady: (address) => say(`${address} plays ${file} and follows it; Ctrl-C ends`),
      onChange: () => say(`${file} has changed`),
    });
  } finally {
    release();
  }
  return DONE;
}
