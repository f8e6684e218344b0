/**
 * Whether programs did equal work. With the shared luck they must compute exactly the same; with luck of their own they
 * must count about the same events; and each must compute the same in every round.
 */
import type { Series } from './model.ts';
import type { Report } from './ours/report.ts';

export type Check = Report['check'];

/** Counts that depend on luck may differ by so much. */
export const TOLERANCE = 0.01;

/** One who computed something, and what of it must be exactly that of others. */
export interface Checked {
  readonly name: string;
  readonly exact: readonly string[];
  readonly check: Check;
}

export interface Inequality {
  readonly name: string;
  /** A sentence. */
  readonly why: string;
}

/** Against the first of all, whose luck may be its own, and against the first with the shared luck. */
export function inequalities(all: readonly Checked[], counts: readonly string[]): Inequality[] {
  const references = new Set([all[0], all.find(({ exact }) => exact.length > 0) ?? all[0]]);
  return all.flatMap((other) =>
    [...references]
      .filter((reference) => reference !== other)
      .flatMap((reference) => differences(reference, other, counts))
      .map((why) => ({ name: other.name, why })),
  );
}

/** What is unequal, a sentence each. */
function differences(reference: Checked, other: Checked, counts: readonly string[]): string[] {
  const exact = other.exact.filter((field) => reference.exact.includes(field));
  const sentence = (field: string, rule: string) =>
    `${field} is ${other.check[field]}, and that of ${reference.name} ${reference.check[field]}: ${rule}.`;
  return [
    ...exact
      .filter((field) => other.check[field] !== reference.check[field])
      .map((field) => sentence(field, 'they must be equal')),
    ...counts
      .filter((field) => !exact.includes(field))
      .filter((field) => !about(other.check[field], reference.check[field]))
      .map((field) => sentence(field, `they may differ by ${100 * TOLERANCE} %`)),
  ];
}

const about = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE * Math.abs(b);

/** Rounds of one program that computed something else than its first. */
export function unsteady({ runs }: Series): string[] {
  const first = JSON.stringify(runs[0].check);
  const other = runs.find(({ check }) => JSON.stringify(check) !== first);
  if (other === undefined) return [];
  return [`it computed ${first}, and in another round ${JSON.stringify(other.check)}.`];
}
