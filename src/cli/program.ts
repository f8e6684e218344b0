/** What the command `hearsay` is made of. */
import { packageVersion } from '../experiment/package.ts';
import { bench } from './bench.ts';
import { cluster } from './cluster.ts';
import { collect } from './collect.ts';
import { compare } from './compare.ts';
import { completion } from './completion.ts';
import { detect } from './detect.ts';
import { explain } from './explain.ts';
import { exportTable } from './export.ts';
import { find } from './find.ts';
import { hunt } from './hunt.ts';
import { list } from './list.ts';
import { namesFor } from './names.ts';
import { plot } from './plot.ts';
import { replay } from './replay.ts';
import { report } from './report.ts';
import { reproduce } from './reproduce.ts';
import { run } from './run.ts';
import { schema } from './schema.ts';
import { simulate } from './simulate.ts';
import { sweep } from './sweep.ts';
import { trace } from './trace.ts';
import { tune } from './tune.ts';
import type { Verb } from './verb.ts';
import { worker } from './worker.ts';

export interface Program {
  readonly name: string;
  readonly version: string;
  readonly usage: string;
  readonly examples: Verb['examples'];
  readonly epilogue: string;
  readonly verbs: readonly Verb[];
  /** The names that completion offers after a verb. */
  readonly namesFor: (verb: string) => Promise<readonly string[]>;
}

export const program: Program = {
  name: 'hearsay',
  version: packageVersion(),
  usage:
    'hearsay VERB [options]\n\n' +
    'A deterministic simulator of gossip protocols. Experiments hold published claims against\n' +
    'simulation; every number and figure can be had again, byte for byte, from its seed.',
  examples: [
    ['npx hearsay run tour', 'what a newcomer should see first, in under two minutes'],
    ['npx hearsay list', 'all experiments, with the claim that each one tests'],
    ['npx hearsay run fanout --quick', 'one experiment, small'],
    ['npx hearsay run fanout --set fanout=2,3', 'a question of your own'],
    ['npx hearsay simulate cluster.yaml', 'a cluster of your own, from a file'],
    ['npx hearsay reproduce', 'run again what results/ holds, and compare byte for byte'],
  ],
  epilogue:
    'hearsay VERB --help shows options and examples. Data goes to stdout, progress to stderr.\n' +
    'Exit codes: 0 done, 1 the run failed, 2 the input was wrong, 130 interrupted.',
  verbs: [
    list,
    run,
    simulate,
    sweep,
    compare,
    find,
    tune,
    hunt,
    explain,
    trace,
    replay,
    plot,
    report,
    schema,
    collect,
    exportTable,
    cluster,
    worker,
    reproduce,
    detect,
    bench,
    completion,
  ],
  namesFor,
};
