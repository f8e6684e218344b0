/** Random scenario files that are valid, by the kinds of what a file may say. */
import { stringify } from 'yaml';
import { UserError } from '../../base/errors.ts';
import type { RecordKind } from '../../base/kinds.ts';
import { simulate } from '../../engine/simulate.ts';
import { scenarioOf } from '../scenario/build.ts';
import { type Loaded, loadScenario } from '../scenario/load.ts';
import { metersOf } from '../scenario/measures.ts';
import { scenarioKind } from '../scenario/schema.ts';
import { duration, type Scope } from './draw-number.ts';
import { drawKey, drawKeys } from './draw-value.ts';
import type { Luck } from './luck.ts';

import type { Tree } from './plain.ts';

/** What is drawn first: it says how large the rest may be. */
export interface Drawn {
  readonly tree: Tree;
  readonly loaded: Loaded;
  /** Complaints about what was drawn before, and was mended. */
  readonly refused: readonly string[];
}

export interface Limits {
  readonly nodes: number;
  readonly durationMs: number;
}

const LIMITS: Limits = { nodes: 60, durationMs: 120_000 };
const FILE = 'scenario.yaml';
const MENDS = 12;
/** Before a key that is complained of is left out, another value is drawn so often. */
const REDRAWS = 3;

export const KIND: RecordKind = scenarioKind({ periodMs: 1000, family: '' });

export const textOf = (tree: Tree): string => stringify(tree, { lineWidth: 0 });

/**
 * A scenario that can be run. What kinds cannot say - that a ring of 3 nodes has no k of 2 - is found by trying: of the
 * key that is complained of another value is drawn, or none.
 */
export function drawScenario(luck: Luck, limits: Limits = LIMITS): Drawn {
  const refused: string[] = [];
  for (;;) {
    const nodes = Math.floor(luck.logarithmic(2, limits.nodes + 1));
    const durationMs = Math.round(luck.logarithmic(100, limits.durationMs));
    const scope: Scope = { nodes, durationMs };
    const fixed = { nodes, duration: duration(durationMs) };
    let tree: Tree = { ...drawKeys(KIND.keys, luck, scope, 0.4), ...fixed };
    for (let mend = 0; mend < MENDS; mend++) {
      const complaint = complaintOf(tree);
      if (typeof complaint !== 'string') return { tree, loaded: complaint, refused };
      refused.push(complaint);
      tree = { ...mended(tree, keyOf(tree, complaint), luck, scope, mend), ...fixed };
    }
  }
}

/** What is wrong with it; or what was read of it, if it can be run. */
function complaintOf(tree: Tree): Loaded | string {
  try {
    const loaded = loadScenario(textOf(tree), FILE, []);
    const run = scenarioOf(loaded.scenario, 'start');
    metersOf(loaded.scenario, run);
    simulate({ ...run, horizonMs: 0 });
    return loaded;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
}

/** The key of the file in whose lines the complaint has its place. */
function keyOf(tree: Tree, complaint: string): string | undefined {
  const line = Number(/^[^:\n]*:(\d+):/.exec(complaint)?.[1] ?? Number.NaN);
  const lines = textOf(tree).split('\n').slice(0, line);
  return lines.map((text) => /^"?([\w$]+)"?:/.exec(text)?.[1]).findLast((key) => key !== undefined);
}

function mended(tree: Tree, key: string | undefined, luck: Luck, scope: Scope, mend: number): Tree {
  const named = key !== undefined && key in KIND.keys ? key : luck.pick(Object.keys(tree));
  const of = KIND.keys[named];
  if (of.required || mend < REDRAWS) return { ...tree, [named]: drawKey(of, luck, scope) };
  const { [named]: _, ...rest } = tree;
  return rest;
}
