/** One random scenario under all invariants; if it breaks one, a small scenario that breaks it, too. */
import { UserError } from '../../src/base/errors.ts';
import { duration } from '../../src/experiment/hunt/draw-number.ts';
import { drawScenario, KIND, textOf } from '../../src/experiment/hunt/draw-scenario.ts';
import { Luck } from '../../src/experiment/hunt/luck.ts';
import type { Tree } from '../../src/experiment/hunt/plain.ts';
import { shrink } from '../../src/experiment/hunt/shrink.ts';
import { smaller, within } from '../../src/experiment/hunt/smaller.ts';
import { type Trial, trial } from '../../src/experiment/hunt/trial.ts';
import { loadScenario } from '../../src/experiment/scenario/index.ts';
import { inUnit } from '../../src/experiment/scenario/units.ts';

/** Messages, rounds and timers; what is longer is cut off there. */
const MOST_EVENTS = 10_000;
const MOST_SHRINKS = 300;
const LOCATED = /^[^:\n]+:\d+:\d+: /;

const REFUSALS = 'refusals say where';

export interface Finding {
  readonly index: number;
  readonly invariant: string;
  readonly sentence: string;
  readonly text: string;
}

export interface Fuzzed {
  readonly finding?: Finding;
  /** Words that were drawn, such as `protocol swim`: what was covered. */
  readonly words: readonly string[];
  readonly events: number;
}

export async function fuzzScenario(seed: string, index: number): Promise<Fuzzed> {
  const { tree, refused } = drawScenario(new Luck(seed, `scenario ${index}`));
  const text = textOf(tree);
  const bad = refused.find((line) => !LOCATED.test(line));
  if (bad !== undefined) {
    return {
      finding: { index, invariant: REFUSALS, sentence: bad, text },
      words: [],
      events: 0,
    };
  }
  const { violations, events } = tried(tree);
  const words = wordsOf(tree);
  const [first] = violations;
  if (first === undefined) return { words, events };
  const small = await smallest(tree, first.invariant);
  const sentence = tried(small).violations.find(
    ({ invariant }) => invariant === first.invariant,
  )!.sentence;
  return {
    finding: { index, invariant: first.invariant, sentence, text: textOf(small) },
    words,
    events,
  };
}

const tried = (tree: Tree): Trial => {
  const { scenario } = loadScenario(textOf(tree), 'scenario.yaml', []);
  try {
    return trial(scenario, String(scenario.values.seed), MOST_EVENTS);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // A protocol may find in the middle of a run that it is too long.
    if (LOCATED.test(error.message)) return { violations: [], events: 0 };
    const late = { invariant: REFUSALS, at: 0, sentence: error.message };
    return { violations: [late], events: 0 };
  }
};

async function smallest(tree: Tree, invariant: string): Promise<Tree> {
  const holds = (of: Tree) => {
    try {
      return tried(of).violations.some((one) => one.invariant === invariant);
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  };
  const more = async (count: number) => count < MOST_SHRINKS;
  return (await shrink(tree, smallerTrees, holds, more)).value;
}

/** Fewer nodes and less time first: it makes what follows quicker. */
function* smallerTrees(tree: Tree): Generator<Tree> {
  const nodes = tree.nodes as number;
  for (const less of [Math.ceil(nodes / 2), nodes - 1]) {
    if (less >= 2 && less < nodes) yield { ...(within(KIND, tree, less) as Tree), nodes: less };
  }
  const ms = inUnit(String(tree.duration), 'ms') ?? 0;
  if (ms > 10) yield { ...tree, duration: duration(Math.ceil(ms / 2)) };
  const { nodes: _, duration: __, ...keys } = KIND.keys;
  for (const less of smaller({ ...KIND, keys }, tree)) yield less as Tree;
}

/** The words under the tags, and what stands beside them at the top. */
function wordsOf(tree: Tree): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const { kind } = KIND.keys[key];
    const of = kind.is === 'list' ? kind.of : kind;
    const items = Array.isArray(value) ? value : [value];
    return of.is === 'tagged' ? items.map((item) => `${key} ${(item as Tree)[of.tag]}`) : [key];
  });
}
