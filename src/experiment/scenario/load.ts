/** A scenario file and what the command line sets -> what it says, checked, with all defaults. */
import { stringify } from 'yaml';
import { UserError } from '../../base/errors.ts';
import type { Kind } from '../../base/kinds.ts';
import { protocols } from '../../protocols/registry.ts';
import { expand, type Group, OTHERWISE, readKind } from './read.ts';
import { type Basis, scenarioKind } from './schema.ts';
import { type Found, foundOf, type Mapping, type Problems, parse, parseValue } from './source.ts';
import { groupAt, numberAt, refusal } from './values.ts';

export interface Loaded {
  readonly scenario: Group;
  /** With every default, as it would be written. */
  readonly written: unknown;
}

/** The settings from a number on were typed behind another option than --set: errors name it. */
export interface Typed {
  readonly from: number;
  readonly option: string;
}

/** @param settings path=value, such as protocol.fanout=3. */
export function loadScenario(
  text: string,
  file: string,
  settings: readonly string[],
  typed?: Typed,
): Loaded {
  const problems: Problems = [];
  const found = foundIn(text, file, settings, typed);
  // Twice: some defaults hang on the protocol and the period.
  const first = readKind(scenarioKind({ periodMs: 1000, family: '' }), found, '', problems);
  refuse(problems);
  const { value, written } = readKind(
    scenarioKind(basisOf(first.value as Group)),
    found,
    '',
    problems,
  );
  refuse(problems);
  const scenario = value as Group;
  if (numberAt(scenario, 'warmUp') >= numberAt(scenario, 'duration')) {
    throw refusal(
      scenario.places.warmUp,
      `warmUp must be shorter than duration; got ${numberAt(scenario, 'warmUp')} ms, of ${numberAt(scenario, 'duration')} ms`,
    );
  }
  return { scenario, written };
}

/** The tree of the file with what is set in its place. */
export function foundIn(
  text: string,
  file: string,
  settings: readonly string[],
  typed: Typed = { from: settings.length, option: '--set' },
): Mapping {
  const problems: Problems = [];
  let found = parse(text, file, problems);
  refuse(problems);
  if (found.is !== 'map')
    throw new UserError(`${found.at}: expected a scenario, with keys such as nodes and protocol`);
  for (const [i, setting] of settings.entries()) {
    found = set(found, setting, i < typed.from ? '--set' : typed.option, problems);
  }
  refuse(problems);
  return found;
}

function basisOf(scenario: Group): Basis {
  const { family } = protocols[groupAt(scenario, 'protocol').word];
  return { family, periodMs: numberAt(groupAt(scenario, 'rounds'), 'period') };
}

function refuse(problems: Problems): void {
  if (problems.length > 0) throw new UserError(problems.join('\n'));
}

function set(root: Mapping, setting: string, option: string, problems: Problems): Mapping {
  const [, path, value] = /^([^=]+)=(.+)$/s.exec(setting) ?? [];
  if (path === undefined || value === undefined) {
    throw new UserError(`${option} must be path=value, as in protocol.fanout=3; got "${setting}"`);
  }
  const at = `${option} ${path}`;
  const given = parseValue(value, at, problems);
  const kind = scenarioKind({ periodMs: 1000, family: familyIn(root) });
  return graft(kind, root, path.split('.'), given, at) as Mapping;
}

/** Of the protocol that the file names, if it is known: defaults hang on it. */
function familyIn({ entries }: Mapping): Basis['family'] {
  const found = entries.get('protocol')?.found;
  const name = found?.is === 'map' ? found.entries.get('name')?.found : found;
  const isKnown = name?.is === 'scalar' && Object.hasOwn(protocols, name.text);
  return isKnown ? protocols[name.text].family : '';
}

/** The tree with `given` at the path. */
function graft(
  kind: Kind | undefined,
  found: Found,
  path: readonly string[],
  given: Found,
  at: string,
): Found {
  const [key, ...rest] = path;
  if (key === undefined) return given;
  const wide = kind?.is === 'record' || kind?.is === 'tagged' ? expand(kind, found) : found;
  if (wide.is === 'list') {
    const i = Number(key);
    if (!Number.isInteger(i) || i < 0 || i >= wide.items.length) {
      throw new UserError(
        `${at}: the list has ${entriesIn(wide.items.length)}, numbered from 0; got ${key}`,
      );
    }
    const of = kind?.is === 'list' ? kind.of : undefined;
    const items = wide.items.map((item, k) => (k === i ? graft(of, item, rest, given, at) : item));
    return { ...wide, items };
  }
  const entries = new Map(wide.is === 'map' ? wide.entries : []);
  const below = keyKind(kind, wide, key);
  const old = entries.get(key)?.found ?? below.found ?? foundOf({}, at);
  entries.set(key, { at, found: graft(below.kind, old, rest, given, at) });
  return { is: 'map', at: wide.at, entries };
}

const entriesIn = (count: number) => `${count} ${count === 1 ? 'entry' : 'entries'}`;

/** The kind of a key, and its default where it is not in the file. */
function keyKind(
  kind: Kind | undefined,
  found: Found,
  name: string,
): { kind?: Kind; found?: Found } {
  const tag =
    kind?.is === 'tagged' && found.is === 'map' ? found.entries.get(kind.tag)?.found : undefined;
  const variant = kind?.is === 'tagged' && tag?.is === 'scalar' ? kind.of[tag.text] : undefined;
  const key = (kind?.is === 'record' ? kind.keys : variant?.keys)?.[name];
  if (key === undefined) return {};
  return key.default === undefined
    ? { kind: key.kind }
    : { kind: key.kind, found: foundOf(key.default, found.at) };
}

/** YAML that says the same as the file, with every default; what has none stands in comments. */
export const configText = (written: unknown): string => `${lines(written, '').join('\n')}\n`;

function lines(written: unknown, indent: string): string[] {
  const record = written as Record<string | symbol, unknown>;
  const own = Object.entries(record).flatMap(([key, value]) => entry(key, value, indent));
  const otherwise = (record[OTHERWISE] ?? []) as readonly string[];
  return [...own, ...otherwise.map((text) => `${indent}# ${text}`)];
}

const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && OTHERWISE in value;

function entry(key: string, value: unknown, indent: string): string[] {
  if (isRecord(value)) return [`${indent}${key}:`, ...lines(value, `${indent}  `)];
  if (Array.isArray(value) && value.some(isRecord)) {
    const items = value.flatMap((item) => {
      const [first, ...rest] = lines(item, `${indent}    `);
      return [`${indent}  - ${first.trimStart()}`, ...rest];
    });
    return [`${indent}${key}:`, ...items];
  }
  return [`${indent}${key}: ${stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()}`];
}
