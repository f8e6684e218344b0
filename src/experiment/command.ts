/** Commands to show: what repeats a run, and what repeats one cell of it. */
import { relative } from 'node:path';
import type { Cell } from './model.ts';
import type { Plan, Request } from './plan.ts';
import { isOwn } from './registry.ts';
import { type SweepRequest, settingOf } from './scenario/sweep/model.ts';
import { quoted } from './shell.ts';

export function commandOf({ experiment, modulePath, request }: Plan): string {
  if (request.sweep !== undefined) return sweepCommand(request, request.sweep);
  const { quick, seed, set = {}, reference } = request;
  const words = ['npx hearsay run', target(experiment.name, modulePath)];
  if (quick) words.push('--quick');
  if (seed !== undefined) words.push('--seed', quoted(seed));
  words.push(...sizeWords(request));
  for (const [axis, values] of Object.entries(set)) {
    words.push('--set', quoted(`${axis}=${values.join(',')}`));
  }
  if (reference !== undefined) words.push('--reference', quoted(reference));
  return words.join(' ');
}

function sweepCommand(request: Request, { file, set, typed, measures }: SweepRequest): string {
  const words = ['npx hearsay sweep', quoted(file)];
  for (const setting of set) words.push('--set', quoted(setting));
  for (const axis of typed) words.push('--over', quoted(axis));
  for (const measure of measures) words.push('--measure', measure);
  words.push(...sizeWords(request));
  if (request.seed !== undefined) words.push('--seed', quoted(request.seed));
  return words.join(' ');
}

/** How many replicates, or how they are found. */
function sizeWords({ replicates, precision, sweep }: Request): string[] {
  if (precision === undefined)
    return replicates === undefined ? [] : ['--replicates', String(replicates)];
  const { within, least, most, measures } = precision;
  const named = sweep === undefined ? measures.flatMap((name) => ['--measure', name]) : [];
  const sizes = ['--min-replicates', String(least), '--max-replicates', String(most)];
  return ['--precision', quoted(within), ...named, ...sizes];
}

/**
 * Runs the replicates of one cell up to and with the given one.
 * @param root the results root, where it is not the usual one.
 */
export function cellCommand(plan: Plan, cell: Cell, replicate: number, root?: string): string {
  const { experiment, modulePath, seed, request } = plan;
  if (request.sweep !== undefined) {
    const { file, set, over } = request.sweep;
    const settings = [...set, ...over.map((axis) => settingOf(axis, cell[axis.column]))];
    const words = settings.flatMap((setting) => ['--set', quoted(setting)]);
    const size = ['--replicates', String(replicate + 1), '--seed', quoted(seed)];
    return ['npx hearsay simulate', quoted(file), ...words, ...size].join(' ');
  }
  const axes = Object.entries(cell).map(([axis, value]) => `--set ${quoted(`${axis}=${value}`)}`);
  return [
    'npx hearsay run',
    target(experiment.name, modulePath),
    `--seed ${quoted(seed)}`,
    `--replicates ${replicate + 1}`,
    ...axes,
    ...(request.reference === undefined ? [] : [`--reference ${quoted(request.reference)}`]),
    ...(root === undefined ? [] : [`--out ${quoted(root)}`]),
  ].join(' ');
}

const target = (name: string, modulePath: string): string =>
  isOwn(modulePath) ? name : quoted(relative(process.cwd(), modulePath));
