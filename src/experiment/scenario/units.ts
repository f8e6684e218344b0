/** Durations, sizes and rates as people write them: 250ms, 1400B, 10Mbit/s. */
import type { NumberKind, Unit } from '../../base/kinds.ts';
import { nearestOf } from '../../base/nearest.ts';

/** unit -> how many of what is counted in: ms, bytes, bytes per second. */
const SCALES: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  none: { '': 1, '%': 0.01 },
  ms: { us: 0.001, ms: 1, s: 1000, min: 60_000, m: 60_000, h: 3_600_000, d: 86_400_000 },
  bytes: { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 },
  'bytes/s': {
    ...{ 'B/s': 1, 'kB/s': 1e3, 'KB/s': 1e3, 'MB/s': 1e6, 'GB/s': 1e9 },
    ...{ 'bit/s': 1 / 8, 'kbit/s': 125, 'Mbit/s': 125_000, 'Gbit/s': 125e6 },
  },
};
/** Long names of units of time, which no hint proposes. */
const IN_FULL: Readonly<Record<string, string>> = {
  ...{ sec: 's', secs: 's', second: 's', seconds: 's', mins: 'min', minute: 'min', minutes: 'min' },
  ...{ hour: 'h', hours: 'h', day: 'd', days: 'd' },
};
const EXAMPLES: Readonly<Record<Unit, string>> = {
  none: '',
  ms: 'a duration such as 250ms, 30s or 10m',
  bytes: 'a size such as 1400B or 64KiB',
  'bytes/s': 'a rate such as 1MB/s or 10Mbit/s',
};
/** What a number without a unit may have meant. */
const USUAL: Readonly<Record<Unit, readonly string[]>> = {
  ...{ none: [], ms: ['ms', 's'], bytes: ['B'], 'bytes/s': ['B/s'] },
};
const WRITTEN = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?) *([a-z%/]*)$/i;

/** The number meant; undefined if the text is none of that unit. */
export function inUnit(text: string, unit: Unit): number | undefined {
  const [, digits, suffix] = WRITTEN.exec(text.trim()) ?? [];
  const scale = digits === undefined ? undefined : scaleOf(suffix, unit);
  if (scale === undefined) return undefined;
  const value = Number(digits) * scale;
  return Number.isFinite(value) ? Number(value.toPrecision(15)) : undefined;
}

function scaleOf(suffix: string, unit: Unit): number | undefined {
  const short = unit === 'ms' && Object.hasOwn(IN_FULL, suffix) ? IN_FULL[suffix] : suffix;
  return Object.hasOwn(SCALES[unit], short) ? SCALES[unit][short] : undefined;
}

export const isWithin = (value: number, { least, most, above }: NumberKind): boolean =>
  value >= least && value <= most && !(above && value === least);

/** ' Did you mean 30ms, or 30s?', of what would be taken; nothing where the unit is not what is wrong. */
export function unitHint(text: string, kind: NumberKind): string {
  const { unit, bare } = kind;
  const [, digits, suffix] = WRITTEN.exec(text.trim()) ?? [];
  if (digits === undefined || (suffix === '' && bare)) return '';
  if (unit === 'none' || scaleOf(suffix, unit) !== undefined) return '';
  const near = suffix === '' ? USUAL[unit] : [nearestOf(suffix, Object.keys(SCALES[unit]))];
  const meant = near
    .flatMap((each) => (each === undefined ? [] : [digits + each]))
    .filter((each) => isWithin(inUnit(each, unit) ?? NaN, kind));
  return meant.length === 0 ? '' : ` Did you mean ${meant.join(', or ')}?`;
}

/** 'a share from 0 to 1', 'a duration such as 250ms, at least 1ms'. */
export function expected(kind: NumberKind): string {
  const { unit, least, most, above, whole, words = {} } = kind;
  const also = Object.keys(words).map((word) => `, or ${word}`);
  if (unit === 'none' && least === 0 && most === 1 && !whole) return `a share from 0 to 1${also}`;
  const noun = unit === 'none' ? `a ${whole ? 'whole ' : ''}number` : EXAMPLES[unit];
  return `${noun}${rangeOf(least, most, above, unit)}${also}`;
}

function rangeOf(least: number, most: number, above: boolean | undefined, unit: Unit): string {
  const [of, and] = unit === 'none' ? [' ', ''] : [', ', unit === 'bytes/s' ? 'B/s' : UNITS[unit]];
  if (most < Infinity) return `${of}from ${least}${and} to ${most}${and}`;
  if (least === -Infinity) return '';
  if (above) return `${of}above ${least}`;
  return least === 0 && unit !== 'none' ? '' : `${of}of at least ${least}${and}`;
}

const UNITS: Readonly<Record<string, string>> = { ms: 'ms', bytes: 'B' };
