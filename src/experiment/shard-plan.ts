/** What shards are shards of: each writes it down in its folder, so that who gathers them can say what is missing. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { CELLS, type Folder, notWritable, PLAN, readRecord, shardCorners } from './folder.ts';
import { refuseIfLocked } from './lock.ts';
import type { Plan } from './plan.ts';
import { planOf, planRecord } from './recorded-plan.ts';

/** Writes the plan down. A `UserError` if shards of another one are at work in the folder. */
export function declarePlan(plan: Plan, { path, corner }: Folder): void {
  const place = join(path, PLAN);
  const text = `${JSON.stringify(planRecord(plan, path), null, 2)}\n`;
  if (existsSync(place)) {
    if (readFileSync(place, 'utf8') === text) return;
    const others = shardCorners(path).map((name) => join(path, CELLS, name));
    for (const other of others) if (other !== corner) refuseIfLocked(other);
  }
  try {
    writeFileSync(join(corner, 'plan.new'), text);
    renameSync(join(corner, 'plan.new'), place);
  } catch (error) {
    throw notWritable(path, error);
  }
}

export const holdsShards = (folder: string): boolean => existsSync(join(folder, PLAN));

/** The plan of which there are shards in each of the folders. A `UserError` if they differ. */
export async function planOfShards(folders: readonly string[]): Promise<Plan> {
  const [first, ...others] = folders.map((folder) => ({
    folder,
    record: readRecord(join(folder, PLAN)),
  }));
  const textOf = ({ module: _, ...record }: Record<string, unknown>) => JSON.stringify(record);
  for (const { folder, record } of others) {
    if (textOf(record) === textOf(first.record)) continue;
    throw new UserError(
      `${first.folder} and ${folder} hold shards of different plans (see their ${PLAN}); collect them apart, each with its own folder`,
    );
  }
  return planOf(first.record, join(first.folder, PLAN), first.folder);
}
