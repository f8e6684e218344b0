/** What a group of cases is to the runner. */
import type { Version, VersionName } from '../src/protocols/cassandra/versions.ts';
import type { Case, Fields, Group } from './format.ts';

/** One case under one preset. */
export interface Test {
  readonly item: Case;
  readonly fields: Fields;
  readonly group: Group;
  readonly version: Version;
  readonly versionName: VersionName;
}

/** What differs from the expectation, each in a sentence; empty: the case passes. */
export type Judge = (test: Test) => readonly string[];

export interface GroupJudge {
  readonly judge: Judge;
  /** The releases do not differ in it: one preset stands for all of those that a case names. */
  readonly once?: boolean;
}
