/** `--axis PATH=LOW..HIGH`: what is searched, in its unit; whole numbers where the scenario takes no others. */
import { shown, UserError } from '../../../base/errors.ts';
import type { Unit } from '../../../base/kinds.ts';
import { loadScenario } from '../load.ts';
import { axesOf, type Basis } from '../sweep/axes.ts';
import { type SweptAxis, settingOf } from '../sweep/model.ts';
import { inUnit } from '../units.ts';

export interface SearchedAxis {
  readonly axis: SweptAxis;
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

const TYPED = /^([^=\s]+)=(.+?)\.\.(.+)$/;
const UNITS: Readonly<Record<string, Unit>> = {
  '': 'none',
  ms: 'ms',
  B: 'bytes',
  'B/s': 'bytes/s',
};

export function searchedAxis(basis: Basis, typed: string): SearchedAxis {
  const [, path, from, to] = TYPED.exec(typed) ?? [];
  if (path === undefined || from.includes('..') || to.includes(':') || to.includes(',')) {
    throw new UserError(
      `find: --axis must be PATH=LOW..HIGH, as in loss=0..0.5 or nodes=10..1000; got ${shown(typed)}`,
    );
  }
  const [axis] = axesOf(basis, [`${path}=${from},${to}`]);
  const [low, high] = axis.values;
  if (typeof low !== 'number' || typeof high !== 'number') {
    throw new UserError(
      `find: --axis ${path} must go from one number to another; got ${from}..${to}`,
    );
  }
  if (low >= high) throw new UserError(`find: --axis ${typed}: ${to} is not above ${from}`);
  const option = { from: basis.set.length, option: '--axis' };
  for (const end of [low, high])
    loadScenario(basis.text, basis.file, set(basis, axis, end), option);
  return { axis, low, high, whole: takesWhole(basis, axis, low, high) };
}

const set = (basis: Basis, axis: SweptAxis, x: number): string[] => [
  ...basis.set,
  settingOf(axis, x),
];

/** Between two whole ends that it takes, something else is refused. */
function takesWhole(basis: Basis, axis: SweptAxis, low: number, high: number): boolean {
  if (!Number.isInteger(low) || !Number.isInteger(high)) return false;
  try {
    loadScenario(basis.text, basis.file, set(basis, axis, low + 0.5));
    return false;
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}

/** How wide the bracket may be: as typed, in the unit of the axis; else a hundredth of the range. */
export function precisionOf(
  { axis, low, high, whole }: SearchedAxis,
  typed: string | undefined,
): number {
  if (typed === undefined)
    return whole ? Math.max(1, Math.floor((high - low) / 100)) : (high - low) / 100;
  const value = inUnit(typed, UNITS[axis.suffix]) ?? inUnit(typed, 'none');
  const least = whole ? 1 : (high - low) / 1e6;
  if (value === undefined || value < least || value > high - low) {
    throw new UserError(
      `find: --precision must be a part of the range, from ${least}${axis.suffix} to ${high - low}${axis.suffix}; got ${shown(typed)}`,
    );
  }
  return value;
}
