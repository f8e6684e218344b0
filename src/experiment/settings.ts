/** `--set n=100,1000`: axis values from the command line, read by the type of the values the axis declares. */
import { shown, UserError } from '../base/errors.ts';
import type { Axes } from './grid.ts';
import type { Experiment, Value } from './model.ts';
import { didYouMean } from './nearest.ts';

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
  const { name, grid } = experiment;
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
  const types = new Set(grid[axis].map((value) => typeof value));
  const values = texts.map((text) => readValue(where, text.trim(), types));
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) {
    throw new UserError(`${where} must have different values; got ${shown(twice)} twice`);
  }
  return values;
}

/** Numbers and booleans go before text, where an axis declares several types. */
function readValue(where: string, text: string, types: ReadonlySet<string>): Value {
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (types.has('number') && Number.isFinite(Number(text))) return Number(text);
  if (types.has('string')) return text;
  const expected = [
    types.has('number') ? 'finite numbers' : '',
    types.has('boolean') ? 'true or false' : '',
  ];
  throw new UserError(
    `${where} takes ${expected.filter((type) => type !== '').join(', or ')}; got ${shown(text)}`,
  );
}
