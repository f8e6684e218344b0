/** Gathers the shards of every experiment that has some, one after the other. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { writeClaims } from '../experiment/claims-table.ts';
import { collect } from '../experiment/collect.ts';
import { Incomplete, type RunResult } from '../experiment/result.ts';
import { holdsShards } from '../experiment/shard-plan.ts';
import { finish } from './finish.ts';
import { makeFolder } from './make-folder.ts';
import { showEnd, showJson, showResult } from './show.ts';
import { showSweep } from './show-sweep.ts';
import { say } from './terminal.ts';
import { DONE, FAILED } from './verb.ts';
import { commandLine } from './wording.ts';

/** Resolves to the exit code. `out` and `from` have a folder for each experiment. */
export async function collectFolders(
  out: string,
  from: readonly string[],
  json: boolean,
): Promise<number> {
  for (const root of from) refuseIfNoFolder(root);
  const names = [...new Set([out, ...from].flatMap(shardedIn))].sort();
  if (names.length === 0) throw new UserError(noShards([out, ...from]));
  makeFolder('collect', out);
  const repeat = commandLine(['collect', out, ...from]);
  const results: RunResult[] = [];
  const failures: string[] = [];
  for (const name of names) {
    try {
      const folders = from.map((root) => join(root, name)).filter(existsSync);
      const result = await collect({ out: join(out, name), from: folders, onWarning: say, finish });
      results.push(result);
      if (isSweep(result)) {
        if (!json) showSweep(result, repeat);
        continue;
      }
      for (const sentence of writeClaims(out).damaged) say(`claims.csv: ${sentence}`);
      if (!json) showResult(result);
    } catch (error) {
      if (!(error instanceof Incomplete)) throw error;
      failures.push(error.message);
    }
  }
  for (const sentence of failures) say(sentence);
  const claimed = results.filter((result) => !isSweep(result));
  if (json) showJson({ results, failures, interrupted: false }, repeat);
  else if (claimed.length > 0) showEnd({ results: claimed, failures, interrupted: false }, repeat);
  return failures.length > 0 ? FAILED : DONE;
}

/** A sweep claims nothing. */
const isSweep = ({ plan }: RunResult): boolean => plan.request.sweep !== undefined;

/** Names of the experiments of which a root holds shards. */
const shardedIn = (root: string): string[] =>
  existsSync(root) && statSync(root).isDirectory()
    ? readdirSync(root).filter((name) => holdsShards(join(root, name)))
    : [];

function refuseIfNoFolder(root: string): void {
  if (existsSync(root) && statSync(root).isDirectory()) return;
  throw new UserError(`collect: there is no folder ${root}; name copies of the --out of shards`);
}

function noShards(roots: readonly string[]): string {
  const one = roots.find(holdsShards);
  if (one !== undefined)
    return `collect: ${one} is the folder of one experiment; name the one above it: ${commandLine(['collect', dirname(one)])}`;
  const empty = `collect: there are no shards in ${roots.join(', ')}`;
  return `${empty}; hearsay run NAME --shard 1/2 --out ${roots[0]} would put some there`;
}
