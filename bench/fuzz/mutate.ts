/** A valid scenario file -> one that is wrong, and what is wrong with it. */
import { drawScenario, KIND, textOf } from '../../src/experiment/hunt/draw-scenario.ts';
import type { Luck } from '../../src/experiment/hunt/luck.ts';
import { isTree, type Tree } from '../../src/experiment/hunt/plain.ts';
import { BROKEN, type Bytes } from './broken-text.ts';
import { at, keysAt, type Place, placesOf, put } from './places.ts';
import { wrongAt } from './wrong-values.ts';

export interface Mutant {
  readonly what: string;
  readonly bytes: Bytes;
}

type Mutation = (tree: Tree, luck: Luck) => readonly [what: string, tree: unknown] | undefined;

/** Small: what is drawn takes longer than what is tried. */
const LIMITS = { nodes: 8, durationMs: 5000 };

export function drawMutant(luck: Luck): Mutant {
  const { tree } = drawScenario(luck, LIMITS);
  for (;;) {
    if (luck.chance(0.3)) {
      const what = luck.pick(Object.keys(BROKEN));
      return { what, bytes: BROKEN[what](textOf(tree), tree, luck) };
    }
    const [what, wrong] = luck.pick(MUTATIONS)(tree, luck) ?? [];
    if (what === undefined) continue;
    const isJson = luck.chance(0.3) && !JSON.stringify(wrong).includes('null');
    return {
      what,
      bytes: isJson ? JSON.stringify(wrong, null, luck.below(3)) : textOf(wrong as Tree),
    };
  }
}

const records = (tree: Tree): Place[] =>
  [...placesOf(KIND, tree)].filter(({ path }) => isTree(at(tree, path)));

const MUTATIONS: readonly Mutation[] = [
  function misspelt(tree, luck) {
    const { path, kind } = luck.pick(records(tree));
    if (kind.is === 'nodes') return undefined;
    const record = at(tree, path) as Tree;
    if (Object.keys(record).length === 0) return undefined;
    const name = luck.pick(Object.keys(record));
    const other = luck.pick([
      `${name}s`,
      `${name}${name}`,
      name.toUpperCase(),
      ` ${name}-`,
      `x${name}`,
    ]);
    if (other in keysAt(kind, record) || other in record) return undefined;
    const { [name]: value, ...rest } = record;
    return [`${name} is misspelt ${other}`, put(tree, path, { ...rest, [other]: value })];
  },
  function extra(tree, luck) {
    const { path, kind } = luck.pick(records(tree));
    if (kind.is === 'nodes') return undefined;
    return [
      'a key too many',
      put(tree, [...path, 'no such key'], luck.pick([1, 'a', null, [], {}])),
    ];
  },
  function wrong(tree, luck) {
    const place = luck.pick([...placesOf(KIND, tree)].filter(({ path }) => path.length > 0));
    const value = luck.pick(wrongAt(place));
    return [`${place.path.join('.')} is ${JSON.stringify(value)}`, put(tree, place.path, value)];
  },
  function missing(tree, luck) {
    const required = [...placesOf(KIND, tree)].filter(
      ({ path, required }) => required && typeof path.at(-1) === 'string',
    );
    const { path } = luck.pick(required);
    return [`${path.join('.')} is missing`, put(tree, path, undefined)];
  },
];
