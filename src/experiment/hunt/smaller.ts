/** Values of a kind that say less than a value: without a part, or with a smaller number. For shrinking. */
import type { Keys, Kind, NumberKind, TaggedKind } from '../../base/kinds.ts';
import { inUnit } from '../scenario/units.ts';
import { duration } from './draw-number.ts';

import { isTree as isPlain, type Tree as Plain } from './plain.ts';

/** The boldest first. */
export function* smaller(kind: Kind, value: unknown): Generator<unknown> {
  if (kind.is === 'number') yield* lessThan(kind, value);
  else if (kind.is === 'nodes') yield* fewer(value);
  else if (kind.is === 'list') yield* shorter(kind.of, value);
  else if (kind.is === 'record' && isPlain(value)) yield* simpler(kind.keys, value);
  else if (kind.is === 'tagged' && isPlain(value)) {
    yield* plainer(kind, value);
    const variant = kind.of[String(value[kind.tag])];
    if (variant !== undefined) yield* simpler(variant.keys, value);
  } else if (kind.is === 'tagged' && kind.short !== undefined) {
    const { word, key } = kind.short;
    yield* smaller(kind.of[word].keys[key].kind, value);
  }
}

const DURATIONS = ['1ms', '10ms', '100ms', '1s', '10s', '100s', '1000s'];
const NUMBERS = [0.01, 0.1, 0.5, 1];

/** Instead of another law the plain one, with the least of these that will do. */
function* plainer({ tag, of, short }: TaggedKind, value: Plain): Generator<unknown> {
  if (short === undefined) return;
  if (value[tag] === short.word) {
    yield value[short.key];
    return;
  }
  const { kind } = of[short.word].keys[short.key];
  if (kind.is === 'number') yield* kind.unit === 'ms' ? DURATIONS : NUMBERS;
}

function* shorter(of: Kind, value: unknown): Generator<unknown> {
  if (!Array.isArray(value)) {
    yield* smaller(of, value);
    return;
  }
  for (let i = 0; i < value.length; i++) yield value.toSpliced(i, 1);
  for (let i = 0; i < value.length; i++)
    for (const less of smaller(of, value[i])) yield value.with(i, less);
}

/** Instead of again and again, or at random: once, at one of these times. */
const ONCE = ['0s', '1s', '10s'];

function* simpler(keys: Keys, value: Plain): Generator<Plain> {
  const { every, perHour, phase: _phase, from, until: _until, ...rest } = value;
  if ('at' in keys && (every ?? perHour) !== undefined) {
    for (const at of [from, every, ...ONCE]) if (at !== undefined) yield { ...rest, at };
  }
  for (const [name, { kind, default: otherwise }] of Object.entries(keys)) {
    // One node is less than all, which is what holds where none is named.
    if (kind.is !== 'nodes' || otherwise !== 'all' || name in value) continue;
    for (const node of [0, 1, 2]) yield { ...value, [name]: node };
  }
  for (const [name, { required }] of Object.entries(keys)) {
    if (required || !(name in value)) continue;
    const { [name]: _, ...rest } = value;
    yield rest;
  }
  for (const [name, { kind }] of Object.entries(keys)) {
    if (!(name in value)) continue;
    for (const less of smaller(kind, value[name])) yield { ...value, [name]: less };
  }
}

/** Towards the least that it may be: all, half, a quarter or a tenth of the way, in two digits. */
function* lessThan(kind: NumberKind, value: unknown): Generator<unknown> {
  const { unit, least, whole, above } = kind;
  const now = typeof value === 'number' ? value : inUnit(String(value), unit);
  if (now === undefined) return;
  const floor = least === -Infinity ? 0 : least;
  const tried = new Set([now]);
  for (const way of [1, 0.5, 0.25, 0.1]) {
    const exact = now - way * (now - floor);
    const less = whole ? Math.floor(exact) : Number(exact.toPrecision(2));
    const isOut = Math.abs(less - floor) >= Math.abs(now - floor) || (above && less === floor);
    if (isOut || tried.has(less)) continue;
    tried.add(less);
    yield typeof value === 'number' ? less : again(less, unit);
  }
}

const again = (value: number, unit: NumberKind['unit']): unknown =>
  unit === 'ms'
    ? duration(value)
    : unit === 'none'
      ? value
      : `${value}${unit === 'bytes' ? 'B' : 'B/s'}`;

function* fewer(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    yield* value;
    for (let i = 0; i < value.length && value.length > 1; i++) yield value.toSpliced(i, 1);
  } else if (isPlain(value)) {
    const count = value.count;
    if (typeof count === 'number' && count > 1) yield { count: Math.floor(count / 2) };
    if (typeof count === 'number' && count > 1) yield { count: count - 1 };
    const share = value.share;
    if (typeof share === 'number' && share > 0) yield { share: Number((share / 2).toPrecision(2)) };
    yield { count: 1 };
  } else if (value === 'all') {
    yield 0;
    yield { share: 0.5 };
  } else if (typeof value === 'string') {
    const [first, last = first] = value.split('-').map(Number);
    if (last > first) yield first;
    if (last > first + 1) yield `${first}-${Math.floor((first + last) / 2)}`;
  }
}

/** The value with every node below `n`. */
export function within(kind: Kind, value: unknown, n: number): unknown {
  if (kind.is === 'nodes') return nodesWithin(value, n);
  if (kind.is === 'list' && Array.isArray(value))
    return value.map((item) => within(kind.of, item, n));
  if (!isPlain(value)) return value;
  const keys =
    kind.is === 'record'
      ? kind.keys
      : kind.is === 'tagged'
        ? (kind.of[String(value[kind.tag])]?.keys ?? {})
        : {};
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      keys[name] === undefined ? part : within(keys[name].kind, part, n),
    ]),
  );
}

function nodesWithin(value: unknown, n: number): unknown {
  if (typeof value === 'number') return Math.min(value, n - 1);
  if (Array.isArray(value)) return [...new Set(value.map((one) => nodesWithin(one, n)))];
  if (isPlain(value) && typeof value.count === 'number') return { count: Math.min(value.count, n) };
  if (typeof value !== 'string' || value === 'all') return value;
  const ends = value.split('-').map((end) => Math.min(Number(end), n - 1));
  return ends.join('-');
}
