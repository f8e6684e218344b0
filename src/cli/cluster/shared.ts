/** A command that many machines are to share: what it runs, where results go, and what one shard takes of a machine. */
import { UserError } from '../../base/errors.ts';
import { memoryOf } from '../../experiment/memory.ts';
import { USUAL_NS } from '../../experiment/pace.ts';
import { wholeOption } from '../numbers.ts';
import { read } from '../parse.ts';
import { type Job, planned } from '../prepare.ts';
import { repeatOf, run, wishOf } from '../run.ts';
import { plannedSweep, repeatOf as repeatOfSweep, sweep } from '../sweep.ts';
import type { Given, Verb } from '../verb.ts';
import { commandLine, count } from '../wording.ts';

export interface Shared {
  /** For names of jobs: lower case, digits and dashes. */
  readonly name: string;
  readonly shards: number;
  /** The experiments' size in words. */
  readonly about: string;
  /** The command of a shard into the folder, to which ` --shard K/N` is added. */
  readonly commandInto: (out: string) => string;
  readonly out: string;
  /** Worker threads of a shard. */
  readonly threads: number;
  /** What a shard takes at most, about: memory, and time on a usual machine. */
  readonly bytes: number;
  readonly seconds: number;
  /** What gathering takes: memory. */
  readonly collectBytes: number;
}

type Planned = Pick<Job, 'plan' | 'root'>;

const NOT_FOR_SHARDS = ['shard', 'dry-run', 'format', 'fresh', 'redis', 'precision'];
const SLACK = 1.5; // declared memory is an estimate, and clusters end what takes more
const COLLECT_BYTES = 1e9; // figures
const ROW_BYTES = 4_000; // a run, while all are summarised
const UNEVEN = 9 / 8; // shares differ by an eighth at most, or by one run

/** A command that can be shared: what it runs, and the command that does so into a folder. */
interface Command {
  readonly jobs: readonly Planned[];
  readonly into: (out: string) => string;
}

const COMMANDS: Readonly<Record<string, { verb: Verb; of: (given: Given) => Promise<Command> }>> = {
  run: {
    verb: run,
    async of(given) {
      const wish = await wishOf(given);
      const into = (out: string) => repeatOf({ ...wish, out });
      return { jobs: await planned(wish), into };
    },
  },
  sweep: {
    verb: sweep,
    async of(given) {
      const job = await plannedSweep(given);
      return { jobs: [job], into: (root) => repeatOfSweep(job.plan, root) };
    },
  },
};

/** @param words a command without `hearsay`: `run fanout --quick` */
export async function sharedOf(words: readonly string[], shards: number): Promise<Shared> {
  const [name] = words;
  if (!Object.hasOwn(COMMANDS, name))
    throw new UserError(
      `cluster: after -- comes the command to be shared, run or sweep, as in -- run fanout; found ${name}`,
    );
  const { verb, of } = COMMANDS[name];
  const given = await read(verb, words);
  for (const option of NOT_FOR_SHARDS) {
    if (given.texts.has(option) || given.switches.has(option))
      throw new UserError(`cluster: leave --${option} out of the command to be shared`);
  }
  const threads = wholeOption(name, given, 'jobs', 1, 1024) ?? 1;
  const { jobs, into } = await of(given);
  const out = rootOf(jobs);
  const runs = sum(jobs, ({ plan }) => plan.runs);
  if (shards > runs)
    throw new UserError(
      `cluster: the command has ${count(runs, 'run')}, and --shards must not be more; got ${shards}`,
    );
  const cells = sum(jobs, ({ plan }) => plan.cells.length);
  const names = jobs.map(({ plan }) => plan.experiment.name);
  return {
    name: names.length === 1 ? `hearsay-${names[0]}`.slice(0, 50) : 'hearsay',
    shards,
    about: `${names.join(', ')}: ${count(cells, 'cell')}, ${count(runs, 'run')}, dealt out to ${count(shards, 'shard')}`,
    commandInto: (folder) => `${into(folder)} --jobs ${threads}`,
    out,
    threads,
    bytes: SLACK * Math.max(...jobs.map(({ plan }) => memoryOf(plan, threads))),
    seconds: sum(jobs, (job) => secondsOf(job, shards, threads)),
    collectBytes: COLLECT_BYTES + ROW_BYTES * runs,
  };
}

/** Of the largest share, at the usual pace. */
function secondsOf({ plan }: Planned, shards: number, threads: number): number {
  const heaviest = plan.cells.reduce((most, { events }) => Math.max(most, events), 0);
  const share = (UNEVEN * plan.events) / (shards * threads);
  return (Math.max(share, heaviest + share / UNEVEN) * USUAL_NS) / 1e9;
}

function rootOf(jobs: readonly Planned[]): string {
  const [first, ...others] = new Set(jobs.map(({ root }) => root));
  if (others.length === 0) return first;
  throw new UserError(
    `cluster: the results would go into several folders (${[first, ...others].join(', ')}); name one with --out`,
  );
}

/** The command that gathers the shards of a folder. */
export const collectCommand = (out: string): string => commandLine(['collect', out]);

const sum = (jobs: readonly Planned[], of: (job: Planned) => number): number =>
  jobs.reduce((total, job) => total + of(job), 0);
