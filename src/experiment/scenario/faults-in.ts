/** Which faults a scenario has, as far as meters must know. */
import type { Group } from './read.ts';
import { groupsAt } from './values.ts';

export const hasFault = (scenario: Group, ...faults: readonly string[]): boolean =>
  groupsAt(scenario, 'faults').some(({ word }) => faults.includes(word));

/** Whom a node watches from its start: all, or where some come later, those that it has heard of. */
export const membersIn = (scenario: Group): 'all' | 'joined' =>
  hasFault(scenario, 'join', 'joins', 'churn') ? 'joined' : 'all';
