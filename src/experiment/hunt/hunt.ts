/**
 * The search for faults that break a property of a scenario: random schedules of few faults, until one breaks it; that
 * one is made smaller for as long as the property stays broken. From its seed it finds the same again.
 */
import { UserError } from '../../base/errors.ts';
import { faultsOf } from '../../engine/fault-check.ts';
import { simulate } from '../../engine/simulate.ts';
import { streamsOf } from '../../engine/streams.ts';
import { scenarioOf } from '../scenario/build.ts';
import { foundIn, loadScenario } from '../scenario/load.ts';
import { metersOf } from '../scenario/measures.ts';
import { numberAt } from '../scenario/values.ts';
import { KIND, textOf } from './draw-scenario.ts';
import { Luck } from './luck.ts';
import { plainOf, type Tree } from './plain.ts';
import type { Property } from './property.ts';
import { drawSchedule, SCHEDULE, withSchedule } from './schedule.ts';
import { shrink } from './shrink.ts';
import { smaller, within } from './smaller.ts';

export interface Hunt {
  readonly text: string;
  readonly file: string;
  readonly settings: readonly string[];
  readonly property: Property;
  readonly faults: readonly string[];
  readonly tries: number;
  /** Of the search; the scenario has its own. */
  readonly seed: string;
  /** Asked before each run but the first: `done` of at most `most` are tried. False ends the search, or the shrinking. */
  readonly goOn?: (phase: Phase, done: number, most: number) => Promise<boolean>;
}

/** Schedules are looked for; what was found is made smaller. */
export type Phase = 'search' | 'shrink';

export interface Prey {
  /** 0: the scenario breaks the property as it is. */
  readonly attempt: number;
  /** The scenario with the faults, as a file. */
  readonly tree: Tree;
  /** What was measured, or seen. */
  readonly sentence: string;
  /** Smaller schedules that were tried. */
  readonly shrinks: number;
}

/** Schedules that cannot be run are drawn anew, so often. */
const REDRAWS = 200;
const MOST_SHRINKS = 400;

interface State {
  readonly nodes: number;
  readonly schedule: Tree;
}

/** Undefined: nothing was found, or the search was ended. */
export async function hunt({
  text,
  file,
  settings,
  property,
  faults,
  tries,
  seed,
  goOn = async () => true,
}: Hunt): Promise<Prey | undefined> {
  const { scenario } = loadScenario(text, file, settings);
  simulate({ ...scenarioOf(scenario, 'start'), horizonMs: 0 }); // refused with its place in the user's file
  const own = plainOf(KIND, foundIn(text, file, settings)) as Tree;
  const tree = property.measure === undefined ? own : observing(own, property.measure);
  const nodes = numberAt(scenario, 'nodes');
  const scope = { nodes, durationMs: numberAt(scenario, 'duration') };
  const broken = (of: Tree) => brokenBy(property, of, file);
  const itself = broken(tree);
  if (itself !== undefined) return { attempt: 0, tree, sentence: itself, shrinks: 0 };
  const more = async (tried: number) =>
    tried < MOST_SHRINKS && (await goOn('shrink', tried, MOST_SHRINKS));
  for (let attempt = 1; attempt <= tries; attempt++) {
    if (!(await goOn('search', attempt - 1, tries))) return undefined;
    const luck = new Luck(seed, `schedule ${attempt}`);
    const schedule = runnable(tree, () => drawSchedule(faults, luck, scope), file);
    if (broken(withSchedule(tree, schedule)) === undefined) continue;
    return { attempt, ...(await smallest(tree, { nodes, schedule }, broken, more)) };
  }
  return undefined;
}

/** With the meter that measures it, which is looked for among all. */
function observing(tree: Tree, measure: string): Tree {
  const { kind } = KIND.keys.observe;
  const words = kind.is === 'list' && kind.of.is === 'word' ? kind.of.words : [];
  const meter = words.find((word) => measures({ ...tree, observe: [word] }, measure));
  if (meter === undefined)
    throw new UserError(`hunt: --for: ${measure} cannot be measured in this scenario`);
  return { ...tree, observe: [meter] };
}

function measures(tree: Tree, measure: string): boolean {
  try {
    const { scenario } = loadScenario(textOf(tree), '', []);
    const run = scenarioOf(scenario, 'start');
    const meters = metersOf(scenario, run);
    const observers = meters.map(({ observer }) => observer);
    const outcome = simulate({ ...run, horizonMs: 0, observers });
    return meters.some((meter) => measure in meter.measure(outcome));
  } catch (error) {
    if (error instanceof UserError) return false; // this meter does not go with the protocol
    throw error;
  }
}

/** What breaks; nothing where the scenario cannot be run. */
function brokenBy(property: Property, tree: Tree, file: string): string | undefined {
  try {
    const { scenario } = loadScenario(textOf(tree), file, []);
    return property.broken(scenario, String(scenario.values.seed));
  } catch (error) {
    if (error instanceof UserError && !error.message.startsWith('hunt: ')) return undefined;
    throw error;
  }
}

function runnable(tree: Tree, draw: () => Tree, file: string): Tree {
  let complaint = '';
  for (let redraw = 0; redraw < REDRAWS; redraw++) {
    const schedule = draw();
    try {
      const { scenario } = loadScenario(textOf(withSchedule(tree, schedule)), file, []);
      simulate({ ...scenarioOf(scenario, 'start'), horizonMs: 0 });
      return schedule;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      complaint = error.message;
    }
  }
  throw new UserError(`hunt: none of ${REDRAWS} schedules can be run: ${complaint}`);
}

/** Fewer nodes first, as smaller runs are quicker; then fewer and shorter faults. */
function* smallerStates({ nodes, schedule }: State): Generator<State> {
  for (const less of [Math.ceil(nodes / 2), Math.ceil((3 * nodes) / 4), nodes - 1]) {
    if (less < 2 || less >= nodes) continue;
    yield { nodes: less, schedule: within(SCHEDULE, schedule, less) as Tree };
  }
  for (const less of smaller(SCHEDULE, schedule)) yield { nodes, schedule: less as Tree };
}

/** What befalls nodes, one by one: a node that crashes on a beat does so many times. */
function faultCount(tree: Tree): number {
  const { scenario } = loadScenario(textOf(tree), '', []);
  const { faults, n, seed } = scenarioOf(scenario, 'count');
  return faultsOf(faults, streamsOf(seed, n)).length;
}

async function smallest(
  tree: Tree,
  start: State,
  broken: (of: Tree) => string | undefined,
  more: (tried: number) => Promise<boolean>,
) {
  const treeOf = ({ nodes, schedule }: State): Tree =>
    withSchedule({ ...(within(KIND, tree, nodes) as Tree), nodes }, schedule);
  let faults = faultCount(treeOf(start));
  const holds = (state: State) => {
    const tree = treeOf(state);
    if (broken(tree) === undefined) return false;
    const count = faultCount(tree);
    if (count > faults) return false; // half the time between faults makes twice as many
    faults = count;
    return true;
  };
  const { value, tried } = await shrink(start, smallerStates, holds, more);
  const found = treeOf(value);
  return { tree: found, sentence: broken(found)!, shrinks: tried };
}
