/** `--set n=100,1000`: axis values from the command line, read by the type of the values the axis declares. */
import { shown, UserError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import type { Axes } from './grid.ts';
import type { Experiment, Value } from './model.ts';

/** Axis -> its values as typed. */
export type Settings = Readonly<Record<string, readonly string[]>>;

/** The axes with those of `set` replaced. */
export function withSettings(experiment: Experiment, axes: Axes, set: Settings): Axes {
  const replaced: Record<string, readonly Value[]> = { ...axes };
  for (const [axis, texts] of Object.entries(set)) {
    replaced[axis] = readAxis(experiment, axis, texts);
  }
  return replaced;
}

function readAxis(experiment: Experiment, axis: string, texts: readonly string[]): Value[] {
  const { name, grid, quick } = experiment;
  if (!Object.hasOwn(grid, axis)) {
    const known = Object.keys(grid);
    throw new UserError(
      `${name}: there is no axis ${shown(axis)}.${didYouMean(axis, known)} The axes are ${known.join(', ')}`,
    );
  }
  const where = `${name}: axis ${axis}`;
  if (texts.length === 0 || texts.some((text) => text.trim() === '')) {
    throw new UserError(
      `${where} must be given values, as in --set ${axis}=${grid[axis].join(',')}; got ${shown(texts.join(','))}`,
    );
  }
  const declared = [...new Set([...grid[axis], ...(quick.grid?.[axis] ?? [])])];
  const values = texts.map((text) => readValue(where, text.trim(), declared));
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) {
    throw new UserError(`${where} must have different values; got ${shown(twice)} twice`);
  }
  return values;
}

/** A text must be one of those declared; a number may be any. Where an axis has several types, text comes last. */
function readValue(where: string, text: string, declared: readonly Value[]): Value {
  const has = (type: string) => declared.some((value) => typeof value === type);
  if (has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (has('number') && Number.isFinite(Number(text))) return Number(text);
  const words = declared.filter((value) => typeof value === 'string');
  if (words.includes(text)) return text;
  const expected = [
    ...(has('number') ? ['finite numbers'] : []),
    ...(has('boolean') ? ['true or false'] : []),
    ...words,
  ];
  const hint = didYouMean(text, words);
  throw new UserError(
    `${where} takes ${expected.join(', ')}; got ${shown(text)}${hint === '' ? '' : `.${hint}`}`,
  );
}
