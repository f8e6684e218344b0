/** Faults that are added to a scenario: of the kinds that a scenario file knows, and of its network. */
import { UserError } from '../../base/errors.ts';
import type { Kind, RecordKind, TaggedKind } from '../../base/kinds.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Scope } from './draw-number.ts';
import { KIND } from './draw-scenario.ts';
import { drawKeys, drawValue } from './draw-value.ts';
import type { Luck } from './luck.ts';
import type { Tree } from './plain.ts';

const FAULT = itemOf(KIND.keys.faults.kind) as TaggedKind;
/** What the network can do, by the key of the file that says it. */
const NETWORK: Readonly<Record<string, string>> = {
  partition: 'partitions',
  loss: 'loss',
  duplication: 'duplication',
};
/** They change who is there, or undo a fault: only if they are asked for. */
const NOT_UNASKED = ['join', 'restart'];
const MOST_FAULTS = 4;

function itemOf(kind: Kind): Kind {
  return kind.is === 'list' ? kind.of : kind;
}

/** All that a schedule may say. */
export const SCHEDULE: RecordKind = {
  is: 'record',
  keys: Object.fromEntries(
    ['faults', ...Object.values(NETWORK)].map((key) => [
      key,
      { ...KIND.keys[key], required: false },
    ]),
  ),
};

export const FAULT_NAMES: readonly string[] = [...Object.keys(FAULT.of), ...Object.keys(NETWORK)];

/** The names, checked; all that make sense unasked where none is given. */
export function faultNames(text: string | undefined): readonly string[] {
  if (text === undefined) return FAULT_NAMES.filter((name) => !NOT_UNASKED.includes(name));
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (FAULT_NAMES.includes(name)) continue;
    const hint = didYouMean(name, FAULT_NAMES) || ` Known: ${FAULT_NAMES.join(', ')}`;
    throw new UserError(`hunt: --faults: there is no fault ${name}.${hint}`);
  }
  return names;
}

export function drawSchedule(names: readonly string[], luck: Luck, scope: Scope): Tree {
  const faults: unknown[] = [];
  const schedule: Record<string, unknown> = {};
  for (let left = 1 + luck.below(MOST_FAULTS); left > 0; left--) {
    const name = luck.pick(names);
    const key = NETWORK[name];
    if (key === undefined) {
      faults.push({ [FAULT.tag]: name, ...drawKeys(FAULT.of[name].keys, luck, scope) });
    } else if (KIND.keys[key].kind.is === 'list') {
      const one = drawValue(itemOf(KIND.keys[key].kind), luck, scope);
      schedule[key] = [...((schedule[key] ?? []) as unknown[]), one];
    } else schedule[key] = drawValue(KIND.keys[key].kind, luck, scope);
  }
  return faults.length === 0 ? schedule : { faults, ...schedule };
}

/** The scenario with the schedule: lists are joined, what is one value is replaced. */
export function withSchedule(tree: Tree, schedule: Tree): Tree {
  const added = Object.entries(schedule).map(([key, value]) => [
    key,
    KIND.keys[key].kind.is === 'list' ? [...listOf(tree[key]), ...listOf(value)] : value,
  ]);
  return { ...tree, ...Object.fromEntries(added) };
}

const listOf = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
