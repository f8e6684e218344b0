/** The run that is traced, and where the trace goes: piece by piece, no faster than its reader takes it. */
import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RunFailed, UserError } from '../base/errors.ts';
import { chronicleOf, loadScenario } from '../experiment/scenario/index.ts';
import { numberAt, textAt } from '../experiment/scenario/values.ts';
import { pieces, shownOf, type TraceOptions } from '../report/trace/index.ts';
import { say } from './terminal.ts';
import { checkOut, formatFor, mattersIn, nodesIn, timeIn } from './trace-wish.ts';
import { DONE } from './verb.ts';
import { commandLine, count, grouped } from './wording.ts';

const SHIVIZ_EVENTS = 1000;

type Text = string | undefined;

export interface TraceWish {
  readonly file: string;
  readonly text: string;
  readonly set: readonly string[];
  readonly replicate: number;
  readonly seed: Text;
  readonly format: Text;
  readonly out: Text;
  readonly from: Text;
  readonly until: Text;
  readonly nodes: Text;
  readonly only: Text;
}

/** Resolves to the exit code. */
export async function traceFile(wish: TraceWish): Promise<number> {
  const { file, out, replicate } = wish;
  const format = formatFor(wish.format, out, process.stdout.isTTY);
  const { scenario } = loadScenario(wish.text, file, wish.set);
  const seed = wish.seed ?? textAt(scenario, 'seed');
  const title = [basename(file), ...wish.set, `seed ${seed}`, `replicate ${replicate}`].join(', ');
  const options = { title, ...optionsOf(wish, numberAt(scenario, 'nodes')) };
  if (out !== undefined) checkOut(out, file);
  say(`seed ${seed}, replicate ${replicate}`);
  const { chronicle } = chronicleOf(scenario, seed, replicate);
  const shown = shownOf(chronicle, options);
  const readable = Readable.from(pieces(chronicle, format, options));
  if (out === undefined) await pipeline(readable, process.stdout, { end: false });
  else await written(readable, out);
  const where = out === undefined ? '' : ` -> ${out}`;
  say(`${grouped(shown)} of ${count(chronicle.length, 'happening')}${where}`);
  if (format === 'shiviz' && shown > SHIVIZ_EVENTS) {
    say('ShiViz is slow beyond some 1,000 events: --nodes, --only, --from and --until choose');
  }
  say(`again: ${again(wish, seed)}`);
  return DONE;
}

function optionsOf({ from, until, nodes, only }: TraceWish, n: number): TraceOptions {
  const fromMs = from === undefined ? 0 : timeIn('from', from);
  const untilMs = until === undefined ? Infinity : timeIn('until', until);
  if (untilMs < fromMs) {
    throw new UserError(`trace: --until must not be before --from; got ${from} and ${until}`);
  }
  return {
    ...{ fromMs, untilMs },
    ...(nodes !== undefined && { nodes: nodesIn(nodes, n) }),
    ...(only !== undefined && { only: mattersIn(only) }),
  };
}

async function written(readable: Readable, out: string): Promise<void> {
  try {
    await pipeline(readable, createWriteStream(out));
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new RunFailed(`trace: --out ${out} cannot be written: ${error.message}`);
  }
}

function again(wish: TraceWish, seed: string): string {
  const options = { ...wish, seed, replicate: String(wish.replicate) };
  const given = (['replicate', 'seed', 'from', 'until', 'nodes', 'only', 'format', 'out'] as const)
    .filter((name) => options[name] !== undefined)
    .flatMap((name) => [`--${name}`, options[name]!]);
  return commandLine([
    'trace',
    wish.file,
    ...wish.set.flatMap((each) => ['--set', each]),
    ...given,
  ]);
}
