/** One run of a scenario file under invariants. */
import { UserError } from '../../base/errors.ts';
import type { Observer, Outcome, Scenario } from '../../engine/model.ts';
import { simulate } from '../../engine/simulate.ts';
import {
  cassandraSources,
  type Guard,
  guard,
  INVARIANTS,
  type Invariant,
  memberlistSources,
  repeats,
  scuttlebuttSources,
  swimSources,
  type Violation,
} from '../../metrics/invariants/index.ts';
import { scenarioOf } from '../scenario/build.ts';
import type { Run } from '../scenario/index.ts';
import { metersOf } from '../scenario/measures.ts';
import type { Group } from '../scenario/read.ts';
import { groupAt, located } from '../scenario/values.ts';
import { replicateSeed } from '../seeds.ts';
import { outOfRange, RANGES } from './ranges.ts';

/** Where a protocol tells more of itself than facts. */
const FAMILIES: Readonly<Record<string, (n: number) => Invariant<never>>> = {
  swim: () => swimSources,
  memberlist: () => memberlistSources,
  cassandra: () => cassandraSources,
  scuttlebutt: scuttlebuttSources,
};

/** All invariants that the scenario's protocol must keep. */
export function invariantsFor(scenario: Group, n: number): readonly Invariant<unknown>[] {
  const family = FAMILIES[groupAt(scenario, 'protocol').word];
  return family === undefined ? INVARIANTS : [...INVARIANTS, family(n) as Invariant<unknown>];
}

export interface Trial {
  readonly violations: readonly Violation[];
  /** Undefined where the run was cut off. */
  readonly measured?: Run['measured'];
  readonly events: number;
}

/** The run had as many events as it may. */
class Enough extends Error {}

/** Ends a run after so many messages, rounds and timers. */
function limit(most: number): Observer<unknown> & { seen: number } {
  const self = { seen: 0, onSend: step, onRound: step, onTimer: step };
  function step() {
    if (++self.seen > most) throw new Enough();
  }
  return self;
}

/**
 * The run of the first replicate, checked and guarded, and again as it is. An assertion that fails is a violation.
 * Throws a UserError where the scenario is not valid.
 * @param most messages, rounds and timers; a longer run is cut off there.
 */
export function trial(scenario: Group, seed: string, most = Infinity): Trial {
  const run = scenarioOf(scenario, replicateSeed(seed, 0));
  const again = scenarioOf(scenario, replicateSeed(seed, 0)); // what protocols hold of a run is in the scenario
  const watch = guard(run, invariantsFor(scenario, run.n));
  const meters = metersOf(scenario, run);
  const clock = limit(most);
  const observers = [clock, ...watch.observers, ...meters.map(({ observer }) => observer)];
  let outcome: Outcome;
  try {
    const simulated = () => simulate({ ...run, checked: true, observers });
    outcome = located(groupAt(scenario, 'protocol'), simulated);
  } catch (error) {
    return { violations: [...watch.violations(), ...broken(error)], events: clock.seen };
  }
  const { events } = outcome;
  const violations = judged(watch, again, outcome);
  if (violations.length > 0) return { violations, events };
  const measured: Run['measured'] = Object.assign(
    {},
    ...meters.map(({ measure }) => measure(outcome)),
  );
  const sentence = outOfRange(measured);
  const wrong = sentence === undefined ? [] : [{ invariant: RANGES, at: outcome.end, sentence }];
  return { violations: wrong, measured, events };
}

function judged(watch: Guard<unknown>, run: Scenario<unknown>, outcome: Outcome) {
  const violations = watch.violations(outcome);
  return violations.length > 0 ? violations : repeats(run, outcome);
}

function broken(error: unknown): Violation[] {
  if (error instanceof Enough) return [];
  if (error instanceof UserError) throw error;
  return [{ invariant: 'assertions', at: 0, sentence: (error as Error).message }];
}

/** What a run breaks of these, and nothing else is looked at. */
export function watched(
  scenario: Group,
  seed: string,
  invariants: readonly Invariant[],
): readonly Violation[] {
  const run = scenarioOf(scenario, replicateSeed(seed, 0));
  const watch = guard(run, invariants);
  const simulated = () => simulate({ ...run, observers: watch.observers });
  return watch.violations(located(groupAt(scenario, 'protocol'), simulated));
}
