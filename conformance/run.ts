/** Runs all cases of a file, each under every preset that it applies to. */
import { UserError } from '../src/base/errors.ts';
import { VERSIONS } from '../src/protocols/cassandra/versions.ts';
import type { Case, ConformanceFile, Group } from './format.ts';
import { checkConstants } from './groups/constants.ts';
import { GROUPS } from './groups/index.ts';
import type { GroupJudge } from './test.ts';

export interface GroupReport {
  readonly name: string;
  readonly cases: number;
  /** Cases times presets. */
  readonly runs: number;
  readonly failed: number; // cases
  /** A sentence for each difference. */
  readonly failures: readonly string[];
  /** Cases that could not be understood, and why, in sentences. */
  readonly unknown: number;
  readonly notUnderstood: readonly string[];
}

export function runFile(
  { constants, groups }: ConformanceFile,
  each: (report: GroupReport) => void,
): void {
  if (constants !== undefined) {
    const { checked, failures } = checkConstants(constants);
    each({
      name: 'constants',
      cases: checked,
      runs: checked,
      failed: failures.length,
      failures,
      unknown: 0,
      notUnderstood: [],
    });
  }
  for (const group of groups) each(runGroup(group));
}

function runGroup(group: Group): GroupReport {
  const { name, cases } = group;
  if (!Object.hasOwn(GROUPS, name)) {
    const unknown = `the group must be one of ${Object.keys(GROUPS).join(', ')}; got ${name}`;
    return {
      name,
      cases: cases.length,
      runs: 0,
      failed: 0,
      failures: [],
      unknown: cases.length,
      notUnderstood: [unknown],
    };
  }
  const failures: string[] = [];
  const notUnderstood: string[] = [];
  let runs = 0;
  let failed = 0;
  for (const item of cases) {
    const { found, unknown, presets } = runCase(item, group, GROUPS[name]);
    runs += presets;
    if (found.length > 0) failed++;
    failures.push(...found.map((text) => `${item.id}: ${text}`));
    if (unknown !== undefined) notUnderstood.push(`${item.id}: ${unknown}`);
  }
  return {
    name,
    cases: cases.length,
    runs,
    failed,
    failures,
    unknown: notUnderstood.length,
    notUnderstood,
  };
}

/** What differs, with the presets under which it does. */
function runCase(item: Case, group: Group, known: GroupJudge) {
  const presets = known.once === true ? item.versions.slice(0, 1) : item.versions;
  const under = new Map<string, string[]>(); // difference -> presets
  try {
    for (const versionName of presets) {
      const version = VERSIONS[versionName];
      for (const text of known.judge({ item, fields: item.fields, group, version, versionName })) {
        under.set(text, [...(under.get(text) ?? []), versionName]);
      }
    }
  } catch (error) {
    if (error instanceof UserError) return { found: [], unknown: error.message, presets: 0 };
    throw error;
  }
  const found = [...under].map(([text, versions]) =>
    versions.length === presets.length ? text : `${text} (${versions.join(', ')})`,
  );
  return { found, unknown: undefined, presets: presets.length };
}
