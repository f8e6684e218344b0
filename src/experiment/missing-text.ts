/** What shards have left undone, and the commands that do it, in a sentence or two. */
import { dirname } from 'node:path';
import { commandOf } from './command.ts';
import { shardCorners } from './folder.ts';
import { cellText } from './grid.ts';
import type { Plan } from './plan.ts';
import { shardsWith } from './share.ts';
import { quoted } from './shell.ts';
import type { Work } from './tasks.ts';

const MOST_CELLS = 3; // shown one by one
const MOST_SHARDS = 10;

/**
 * @param folders the first is the one in which the results shall be
 * @param unused how many runs there are that the plan has no use for
 */
export function missingText(
  plan: Plan,
  missing: readonly Work[],
  folders: readonly string[],
  unused: number,
): string {
  const { name } = plan.experiment;
  const runs = missing.reduce((sum, { replicates }) => sum + replicates.length, 0);
  const cells = missing.map(
    ({ planned, replicates }) => `${cellText(planned.cell)} (${replicates.length})`,
  );
  return [
    `${name}: ${runs} of ${plan.runs} runs are missing, in ${missing.length} of ${plan.cells.length} cells: ${few(cells, MOST_CELLS, '; ')}`,
    ...(unused > 0
      ? [
          `${unused} finished runs are of another version, seed or size of ${name} and were left out`,
        ]
      : []),
    commandsText(plan, missing, folders),
  ].join('. ');
}

function commandsText(plan: Plan, missing: readonly Work[], folders: readonly string[]): string {
  const command = `${commandOf(plan)} --out ${quoted(dirname(folders[0]))}`;
  const count = shardCountOf(folders);
  if (count === undefined) return `This runs them: ${command}`;
  const shards = shardsWith(missing, plan, count).map((index) => `${index}/${count}`);
  const one = `${command} --shard ${shards[0]}`;
  const which = few(shards, MOST_SHARDS, ', ');
  return `They belong to shard${shards.length > 1 ? 's' : ''} ${which}, as in ${one}; and this runs all of them here: ${command}`;
}

/** Into how many shards the plan was dealt out; the usual answer where there are several. */
function shardCountOf(folders: readonly string[]): number | undefined {
  const times = new Map<number, number>(); // [count] corners
  for (const corner of folders.flatMap(shardCorners)) {
    const count = Number(corner.split('-of-')[1]);
    times.set(count, (times.get(count) ?? 0) + 1);
  }
  return [...times].sort(([, a], [, b]) => b - a)[0]?.[0];
}

const few = (texts: readonly string[], most: number, between: string): string =>
  texts.length <= most
    ? texts.join(between)
    : `${texts.slice(0, most).join(between)}${between}and ${texts.length - most} more`;
