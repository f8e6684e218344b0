/** A tree of a file -> values, by kinds: with every default, and a sentence for everything that is wrong. */
import { shown } from '../../base/errors.ts';
import type { Key, Keys, Kind, TaggedKind } from '../../base/kinds.ts';
import { nearestOf } from '../../base/nearest.ts';
import { readNodes } from './nodes.ts';
import { gotOf, NOTHING, oneOf, type Read, readScalar } from './read-scalar.ts';
import { type Entry, type Found, foundOf, type Mapping, type Problems } from './source.ts';

/** A record that was read: where it stands, its word if it is tagged, and the values of its keys. */
export interface Group {
  readonly at: string;
  readonly word: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Where the values of its keys stand. */
  readonly places: Readonly<Record<string, string>>;
}

export const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'places');

/** Of a record: keys that are absent, with what holds instead; for --show-config. */
export const OTHERWISE: unique symbol = Symbol('otherwise');

export function readKind(kind: Kind, found: Found, path: string, problems: Problems): Read {
  switch (kind.is) {
    case 'record':
    case 'tagged':
      return readGroup(kind, found, path, problems);
    case 'list':
      return readList(kind, found, path, problems);
    case 'nodes':
      return readNodes(found, path, problems);
    default:
      return readScalar(kind, found, path, problems);
  }
}

function readList(
  { of, one }: Extract<Kind, { is: 'list' }>,
  found: Found,
  path: string,
  problems: Problems,
): Read {
  if (found.is !== 'list' && !one) {
    problems.push(`${found.at}: ${path} must be a list; got ${gotOf(found)}.`);
    return NOTHING;
  }
  const items = found.is === 'list' ? found.items : [found];
  const read = items.map((item, i) =>
    readKind(of, item, found.is === 'list' ? `${path}.${i}` : path, problems),
  );
  return { value: read.map(({ value }) => value), written: read.map(({ written }) => written) };
}

type Grouped = Extract<Kind, { is: 'record' | 'tagged' }>;

/** A plain value stands for a record: `protocol: swim`, `latency: 50ms`. */
export function expand(kind: Grouped, found: Found): Found {
  if (found.is === 'map' || (found.is === 'scalar' && found.value === null)) return found;
  const { at } = found;
  const record = (short: string, ...entries: [string, Found][]): Mapping => ({
    is: 'map',
    at,
    short,
    entries: new Map(entries.map(([key, value]): [string, Entry] => [key, { at, found: value }])),
  });
  if (kind.is === 'record')
    return kind.short === undefined ? found : record(kind.short, [kind.short, found]);
  if (found.is === 'scalar' && (Object.hasOwn(kind.of, found.text) || kind.short === undefined)) {
    return record(kind.tag, [kind.tag, found]);
  }
  if (kind.short === undefined) return found;
  return record(kind.short.key, [kind.tag, foundOf(kind.short.word, at)], [kind.short.key, found]);
}

function readGroup(kind: Grouped, original: Found, path: string, problems: Problems): Read {
  const found = expand(kind, original);
  if (found.is !== 'map') {
    const what = kind.is === 'record' ? Object.keys(kind.keys) : [kind.tag];
    problems.push(`${found.at}: ${path} must have keys (${what.join(', ')}); got ${gotOf(found)}.`);
    return NOTHING;
  }
  if (kind.is === 'record') return readKeys(kind.keys, found, path, problems);
  const tag = found.entries.get(kind.tag);
  const words = Object.keys(kind.of);
  const [alone] = words;
  const read =
    tag === undefined && words.length === 1
      ? { value: alone }
      : tag === undefined
        ? missing(kind, found, path, problems)
        : readKind({ is: 'word', words }, tag.found, tagPath(path, kind, original), problems);
  if (read.value === undefined) return NOTHING;
  const word = String(read.value);
  return readKeys(kind.of[word].keys, found, path, problems, { key: kind.tag, word });
}

const tagPath = (path: string, { tag }: TaggedKind, original: Found): string =>
  original.is === 'map' ? join(path, tag) : path;

function missing({ tag, of }: TaggedKind, { at }: Found, path: string, problems: Problems): Read {
  problems.push(`${at}: ${join(path, tag)} is missing: ${oneOf(Object.keys(of))}.`);
  return NOTHING;
}

function readKeys(
  keys: Keys,
  found: Mapping,
  path: string,
  problems: Problems,
  tag?: { readonly key: string; readonly word: string },
): Read {
  const known = [...(tag === undefined ? [] : [tag.key]), ...Object.keys(keys)];
  for (const [key, { at }] of found.entries) {
    if (known.includes(key)) continue;
    const near = nearestOf(key, known);
    const help = near === undefined ? `known: ${known.join(', ')}` : `nearest: ${near}`;
    const where = path === '' ? '' : ` in ${path}${tag === undefined ? '' : ` (${tag.word})`}`;
    problems.push(`${at}: ${shown(key)} is not known here${where}; ${help}.`);
  }
  const values: Record<string, unknown> = {};
  const places: Record<string, string> = {};
  const written: Record<string | symbol, unknown> =
    tag === undefined ? {} : { [tag.key]: tag.word };
  const otherwise: string[] = [];
  for (const [name, key] of Object.entries(keys)) {
    const entry = found.entries.get(name);
    const given = entry?.found ?? defaultOf(key, found.at);
    if (given === undefined) {
      if (key.required) {
        problems.push(`${found.at}: ${join(path, name)} is missing: ${key.about}.`);
      } else otherwise.push(`${name}: ${key.otherwise ?? 'none'}`);
      continue;
    }
    const below = entry !== undefined && found.short === name ? path : join(path, name);
    const read = readKind(key.kind, given, below, problems);
    values[name] = read.value;
    places[name] = given.at;
    written[name] = read.written;
  }
  written[OTHERWISE] = otherwise;
  const group: Group = { at: found.at, word: tag?.word ?? '', values, places };
  return { value: group, written };
}

const defaultOf = (key: Key, at: string): Found | undefined =>
  key.default === undefined ? undefined : foundOf(key.default, at);

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
