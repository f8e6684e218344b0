/** What finders of programs have in common. */
import type { Case, Program } from '../model.ts';

/** Looks for what some programs need, and builds them in `folder`; throws a NotHere if something is not there. */
export interface Finder {
  readonly programs: string; // what they are called if they are missing
  readonly find: (folder: string) => readonly Program[];
}

/** What programs with the shared luck compute exactly alike. */
export const EXACT = {
  hold: ['time', 'times', 'order'],
  push: ['events', 'reached', 'last'],
  heartbeat: ['events', 'merges', 'risen', 'stale', 'heartbeats', 'times'],
  merge: ['risen', 'state'],
} as const;

/** Arguments for many runs in one process: nodes, runs that are not measured, runs that are. */
export const runsOf = ({ n, amount }: Case): string[] =>
  [n, Math.max(5, Math.ceil(amount / 19)), amount].map(String);
