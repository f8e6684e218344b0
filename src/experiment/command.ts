/** Commands to show: what repeats a run, and what repeats one cell of it. */
import { relative } from 'node:path';
import type { Cell } from './model.ts';
import type { Plan } from './plan.ts';
import { isOwn } from './registry.ts';
import { quoted } from './shell.ts';

export function commandOf({ experiment, modulePath, request }: Plan): string {
  const { quick, seed, replicates, set = {}, reference } = request;
  const words = ['npx hearsay run', target(experiment.name, modulePath)];
  if (quick) words.push('--quick');
  if (seed !== undefined) words.push('--seed', quoted(seed));
  if (replicates !== undefined) words.push('--replicates', String(replicates));
  for (const [axis, values] of Object.entries(set)) {
    words.push('--set', quoted(`${axis}=${values.join(',')}`));
  }
  if (reference !== undefined) words.push('--reference', quoted(reference));
  return words.join(' ');
}

/** Runs the replicates of one cell up to and with the given one. */
export function cellCommand(plan: Plan, cell: Cell, replicate: number): string {
  const { experiment, modulePath, seed, request } = plan;
  const axes = Object.entries(cell).map(([axis, value]) => `--set ${quoted(`${axis}=${value}`)}`);
  return [
    'npx hearsay run',
    target(experiment.name, modulePath),
    `--seed ${quoted(seed)}`,
    `--replicates ${replicate + 1}`,
    ...axes,
    ...(request.reference === undefined ? [] : [`--reference ${quoted(request.reference)}`]),
  ].join(' ');
}

const target = (name: string, modulePath: string): string =>
  isOwn(modulePath) ? name : quoted(relative(process.cwd(), modulePath));
