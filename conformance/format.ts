/**
 * The format of a conformance file: JSON with `groups`, each with a name and `cases`. A case has an `id`, its input in
 * fields that its group defines, what is expected, and perhaps `versions`: to which releases it applies (absent: all).
 * Words in `source`, `note`, `about` and `why` are for people.
 */
import { UserError } from '../src/base/errors.ts';
import { VERSIONS, type VersionName } from '../src/protocols/cassandra/versions.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Case {
  readonly id: string;
  readonly fields: Fields;
  readonly versions: readonly VersionName[];
}

export interface Group {
  readonly name: string;
  readonly cases: readonly Case[];
}

export interface ConformanceFile {
  readonly constants: Fields | undefined;
  readonly groups: readonly Group[];
}

/** The file of that text, or a UserError. `where`: what it is called. */
export function parseFile(text: string, where: string): ConformanceFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${where}: must be JSON; ${(error as Error).message}`);
  }
  if (!isFields(json) || !Array.isArray(json.groups)) {
    throw new UserError(`${where}: must be an object with a list 'groups', each a group of cases`);
  }
  if (json.format !== 1)
    throw new UserError(`${where}: 'format' must be 1; got ${shownJson(json.format)}`);
  const { constants } = json;
  if (constants !== undefined && !isFields(constants)) {
    throw new UserError(`${where}: 'constants' must be an object; got ${shownJson(constants)}`);
  }
  return {
    constants,
    groups: json.groups.map((group, i) => groupOf(group, `${where}: groups[${i}]`)),
  };
}

function groupOf(json: unknown, where: string): Group {
  if (!isFields(json) || typeof json.group !== 'string' || !Array.isArray(json.cases)) {
    throw new UserError(`${where}: must be an object with a text 'group' and a list 'cases'`);
  }
  const name = json.group;
  const all = name.endsWith('-trunk') ? TRUNK : NAMES;
  return {
    name,
    cases: json.cases.map((item, i) => caseOf(item, `${where} (${name}): cases[${i}]`, all)),
  };
}

function caseOf(json: unknown, where: string, all: readonly VersionName[]): Case {
  if (!isFields(json) || typeof json.id !== 'string') {
    throw new UserError(`${where}: must be an object with a text 'id'; got ${shownJson(json)}`);
  }
  const { id, versions } = json;
  return {
    id,
    fields: json,
    versions: versions === undefined ? all : versionsOf(versions, `${where} (${id})`),
  };
}

const NAMES = Object.keys(VERSIONS) as VersionName[];
/** What a group called ...-trunk is about. */
const TRUNK: readonly VersionName[] = ['trunk'];
/** '3.0' and '3.11' are one preset, '5.0' both that with the fault in the cap and the one without. */
const FIRST: Readonly<Record<string, VersionName>> = { '3.0': '3.11', '5.1': 'trunk' };
const LAST: Readonly<Record<string, VersionName>> = {
  '3.0': '3.11',
  '5.0': '5.0-fixed',
  '5.1': 'trunk',
};

/** '4.0+', '3.11-5.0', '3.11,4.0', 'trunk': the presets meant. */
function versionsOf(json: unknown, where: string): readonly VersionName[] {
  if (typeof json !== 'string') {
    throw new UserError(
      `${where}: 'versions' must be a text such as '4.0+'; got ${shownJson(json)}`,
    );
  }
  return json.split(',').flatMap((part) => {
    const found = /^(trunk|5\.0-fixed|\d\.\d+)(\+|-(trunk|\d\.\d+))?$/.exec(part.trim());
    const first = found === null ? -1 : NAMES.indexOf(FIRST[found[1]] ?? (found[1] as VersionName));
    const until = found?.[3] ?? found?.[1] ?? '';
    const last =
      found?.[2] === '+' ? NAMES.length - 1 : NAMES.indexOf(LAST[until] ?? (until as VersionName));
    if (first < 0 || last < first) {
      throw new UserError(
        `${where}: 'versions' must name releases among ${NAMES.join(', ')}, as in '4.0+' or '3.11-5.0'; got ${shownJson(json)}`,
      );
    }
    return NAMES.slice(first, last + 1);
  });
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON value in an error message. */
export function shownJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 70 ? `${text.slice(0, 67)}...` : text;
}
