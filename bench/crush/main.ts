/**
 * TestU01 on the project's own draws: `npm run bench:crush`. Needs gcc and TestU01 (Debian's libtestu01-0-dev, in its
 * non-free archive). All p-values go to OUT/randomness-BATTERY-ORDER.csv, TestU01's own report beside, as .txt.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { oneOf, UserError } from '../../src/base/errors.ts';
import { csv } from '../../src/experiment/csv.ts';
import { DIST, PACKAGE_ROOT } from '../../src/experiment/package.ts';
import { orders } from './orders.ts';

const SEED = 'crush';
const BATTERIES = ['small', 'crush', 'big'];
/** A p-value nearer to 0 or 1 is named. Of the 144 of Crush, one in 35 batteries has such a value by chance. */
const SUSPECT = 1e-4;

const USAGE = `npm run bench:crush -- [--battery small|crush|big] [--order ORDER,...] [--seed TEXT] [--out FOLDER]

Feeds the draws of the simulator to a battery of TestU01. Orders: ${Object.keys(orders).join(', ')}.
  --battery  default small: half a minute of CPU time an order; crush: half an hour, and ten minutes for the draws; big: most of a day
  --order    default all
  --seed     default crush; another one's files have it in their names
  --out      default results/bench`;

interface Outcome {
  readonly words: number;
  readonly cpu_s: number; // of TestU01, without the draws
  readonly p: readonly (readonly [test: string, p: number])[];
}

function build(folder: string): string {
  const program = join(folder, 'battery');
  const source = join(PACKAGE_ROOT, 'bench', 'crush', 'battery.c');
  const libraries = ['-ltestu01', '-ltestu01probdist', '-ltestu01mylib', '-lm'];
  const words = ['-O2', '-I/usr/include/testu01', source, '-o', program, ...libraries];
  const { status, stderr, error } = spawnSync('gcc', words, { encoding: 'utf8' });
  if (status === 0) return program;
  throw new UserError(
    `bench:crush: gcc and Debian's libtestu01-0-dev (non-free) are needed. ${(stderr ?? String(error)).split('\n')[0]}`,
  );
}

function tested(
  program: string,
  battery: string,
  order: string,
  seed: string,
  report: string,
): Outcome {
  const feed = join(DIST, 'bench', 'crush', 'feed.js');
  // A shell's pipe blocks at both ends, which the feed relies on.
  const pipe = '"$0" "$1" "$2" "$3" | "$4" "$5"';
  const words = ['-c', pipe, process.execPath, feed, order, seed, program, battery];
  const { status } = spawnSync('sh', words, {
    stdio: ['ignore', openSync(report, 'w'), 'inherit'],
  });
  if (status !== 0) throw new Error(`bench:crush: ${battery}, ${order}: the battery ended badly`);
  return JSON.parse(readFileSync(report, 'utf8').trim().split('\n').at(-1)!);
}

function main(): void {
  const { values } = parseArgs({
    options: {
      battery: { type: 'string', default: 'small' },
      order: { type: 'string', default: Object.keys(orders).join(',') },
      out: { type: 'string', default: 'results/bench' },
      seed: { type: 'string', default: SEED },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { battery, out, seed } = values;
  oneOf('bench:crush', '--battery', battery, BATTERIES);
  const wanted = values.order.split(',');
  for (const order of wanted) oneOf('bench:crush', '--order', order, Object.keys(orders));
  const folder = mkdtempSync(join(tmpdir(), 'hearsay-crush-'));
  try {
    const program = build(folder);
    mkdirSync(out, { recursive: true });
    for (const order of wanted) {
      const suffix = seed === SEED ? '' : `-${seed}`;
      const path = join(out, `randomness-${battery}-${order}${suffix}`);
      const { words, cpu_s, p } = tested(program, battery, order, seed, `${path}.txt`);
      writeFileSync(`${path}.csv`, csv(['test', 'p'], p));
      const named = p.filter(([, value]) => value < SUSPECT || value > 1 - SUSPECT);
      const suspects = named.map(([test, value]) => `${test} ${value}`).join(', ') || 'none';
      console.log(
        `${battery}, ${order}: ${words} words, ${p.length} p-values, ${cpu_s} s of CPU; outside [1e-4, 1 - 1e-4]: ${suspects}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
