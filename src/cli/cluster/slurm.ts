/** Slurm: a job array with a task per shard, and a job that collects them when all have ended (`man sbatch`). */
import { duration } from '../wording.ts';
import { collectCommand, type Shared } from './shared.ts';

const TIMES = 4; // what a slower machine may take
const SPARE_MINUTES = 5; // to start
const COLLECT_MINUTES = 60;

/** @param minutes the time limit of a shard, if the user knows better */
export function slurm(shared: Shared, minutes?: number): string {
  const { name, shards, about, commandInto, out, threads, bytes, seconds, collectBytes } = shared;
  const limit = minutes ?? Math.ceil((TIMES * seconds) / 60) + SPARE_MINUTES;
  const array = batch({
    'job-name': name,
    array: `1-${shards}`,
    'cpus-per-task': threads,
    mem: mebibytes(bytes),
    time: limit,
    output: `${name}-%A-%a.log`,
  });
  const collect = batch({
    'job-name': `${name}-collect`,
    'cpus-per-task': 1,
    mem: mebibytes(collectBytes),
    time: COLLECT_MINUTES,
    output: `${name}-collect-%j.log`,
  });
  return `#!/bin/sh
# ${about}; then collected in ${out}.
# Run this on the login node, in a folder that all nodes share: sh FILE
# Memory is half as much again as the experiments declare. The time limit, in minutes, allows for ${TIMES} times what is
# estimated (${duration(seconds)}). After a shard was ended or has failed run this again: what is finished is kept.
set -eu

shards=$(sbatch --parsable <<'END'
${array}
exec ${commandInto(out)} --shard "$SLURM_ARRAY_TASK_ID/${shards}"
END
)
# afterany: also after a shard that failed; collect then says what is missing.
sbatch --dependency="afterany:\${shards%%;*}" <<'END'
${collect}
exec ${collectCommand(out)}
END`;
}

const batch = (options: Readonly<Record<string, string | number>>): string =>
  [
    '#!/bin/sh',
    ...Object.entries(options).map(([name, value]) => `#SBATCH --${name}=${value}`),
  ].join('\n');

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)}M`;
