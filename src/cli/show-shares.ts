/** What the run of a shard puts on stdout: what it has finished, and what to do when the others have, too. */
import type { ShareResult } from '../experiment/result.ts';
import type { Ended } from './run-all.ts';
import { shardText } from './shard-option.ts';
import { rootsOf } from './show.ts';
import { print } from './terminal.ts';
import { commandLine, count, grouped } from './wording.ts';

/** @param repeat the command that does it all again. */
export function showShares({ results, failures }: Ended<ShareResult>, repeat: string): void {
  for (const result of results) print(sentenceOf(result));
  if (failures.length > 0) print(`Failed: ${count(failures.length, 'cell')}; stderr says which.`);
  for (const root of rootsOf(results)) {
    const all = results[0].shard.count;
    print(`When all of ${count(all, 'shard')} are finished: ${commandLine(['collect', root])}`);
    print(
      `If some have run on other disks, name copies of their folders after it: ${commandLine(['collect', root])} COPY...`,
    );
  }
  print(`Run again: ${repeat}`);
}

function sentenceOf({ plan, shard, folder, reused }: ShareResult): string {
  const { name } = plan.experiment;
  if (plan.runs === 0) return `${name}: nothing falls to shard ${shardText(shard)}.`;
  const before = reused > 0 ? `, ${grouped(reused)} of them before` : '';
  const size = `${count(plan.runs, 'run')} in ${count(plan.cells.length, 'cell')}`;
  return `${name}: shard ${shardText(shard)} has finished ${size}${before}; they are kept in ${folder}.`;
}

/** The same as data. */
export function showSharesJson({ results, failures }: Ended<ShareResult>, repeat: string): void {
  const experiments = results.map(({ plan, shard, folder, reused, ran }) => ({
    experiment: plan.experiment.name,
    shard: shardText(shard),
    seed: plan.seed,
    size: plan.size,
    cells: plan.cells.length,
    runs: plan.runs,
    reused,
    ran,
    folder,
  }));
  const collect = rootsOf(results).map((root) => commandLine(['collect', root]));
  print(JSON.stringify({ command: repeat, experiments, failures, collect }, null, 2));
}
