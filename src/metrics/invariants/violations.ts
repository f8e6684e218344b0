/** Runs a scenario under invariants: what breaks them, if anything does. */
import type { Observer, Outcome, Scenario } from '../../engine/model.ts';
import { simulate } from '../../engine/simulate.ts';
import { balance } from './balance.ts';
import type { Invariant, Violation } from './model.ts';
import { newcomers } from './newcomers.ts';
import { queues, writes } from './queues.ts';
import { rumours } from './rumours.ts';
import { silence } from './silence.ts';
import { suspicions } from './suspicions.ts';
import { time } from './time.ts';

/** Those that hold for every protocol. */
export const INVARIANTS: readonly Invariant[] = [
  ...[time, balance, silence],
  ...[rumours, suspicions, newcomers, queues, writes],
];

/** Observers for one run, and what they have found. */
export interface Guard<M> {
  readonly observers: readonly Observer<M>[];
  /** What was broken so far: the first time of each invariant. After the run with its outcome. */
  readonly violations: (outcome?: Outcome) => readonly Violation[];
}

/** Watches over one run. */
export function guard<M>(scenario: Scenario<M>, invariants: readonly Invariant<M>[]): Guard<M> {
  const first = new Map<string, Violation>();
  const observers = invariants.map(({ name, watch }) =>
    watch(scenario, (at, sentence) => {
      if (!first.has(name)) first.set(name, { invariant: name, at, sentence });
    }),
  );
  return {
    observers,
    violations(outcome) {
      if (outcome !== undefined) for (const observer of observers) observer.onEnd?.(outcome);
      return [...first.values()];
    },
  };
}

/**
 * Runs the scenario twice, checked: under the invariants, and as it is. The outcome must be the same.
 * Throws what the run throws: a UserError if the scenario is not valid, and an Error that starts with BUG.
 * @param invariants default: those that hold for every protocol.
 */
export function violations<M>(
  scenario: Scenario<M>,
  invariants: readonly Invariant<M>[] = INVARIANTS,
): readonly Violation[] {
  const { observers, violations: broken } = guard(scenario, invariants);
  const watched = simulate({
    ...scenario,
    checked: true,
    observers: [...(scenario.observers ?? []), ...observers],
  });
  return [...broken(watched), ...repeats(scenario, watched)];
}

/** The same run again, with nobody who watches and nothing that is checked. */
export function repeats<M>(scenario: Scenario<M>, { hash, events, end }: Outcome): Violation[] {
  const { observers: _, ...bare } = scenario;
  const again = simulate({ ...bare, checked: false });
  if (again.hash === hash && again.events === events && again.end === end) return [];
  const sentence = `the run has ${events} events and the hash ${hash}; again, and not watched, ${again.events} and ${again.hash}`;
  return [{ invariant: 'repeats', at: end, sentence }];
}
