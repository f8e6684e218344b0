/** A random value of a kind, as it would stand in a scenario file: whatever the kinds allow can come. */
import type { Key, Keys, Kind } from '../../base/kinds.ts';
import { drawNumber, type Scope } from './draw-number.ts';
import type { Luck } from './luck.ts';

/** How often a key is given that may be left out. */
const OPTIONAL = 0.35;
const MOST_ITEMS = 3;

export function drawValue(kind: Kind, luck: Luck, scope: Scope, near?: unknown): unknown {
  switch (kind.is) {
    case 'number':
      return drawNumber(kind, luck, scope, typeof near === 'number' ? near : undefined);
    case 'word':
      return luck.pick(kind.words);
    case 'flag':
      return luck.chance(0.5);
    case 'text':
      return `text ${luck.below(100)}`;
    case 'nodes':
      return drawNodes(luck, scope);
    case 'list': {
      const items = Array.from({ length: luck.below(MOST_ITEMS + 1) }, () =>
        drawValue(kind.of, luck, scope),
      );
      return kind.one && items.length === 1 && luck.chance(0.5) ? items[0] : items;
    }
    case 'record':
      return drawKeys(kind.keys, luck, scope);
    case 'tagged': {
      const word = luck.pick(Object.keys(kind.of));
      return { [kind.tag]: word, ...drawKeys(kind.of[word].keys, luck, scope) };
    }
  }
}

/** @param optional how often a key is given that may be left out. */
export function drawKeys(
  keys: Keys,
  luck: Luck,
  scope: Scope,
  optional = OPTIONAL,
): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [name, key] of Object.entries(keys)) {
    if (key.required || luck.chance(optional)) record[name] = drawKey(key, luck, scope);
  }
  return record;
}

export const drawKey = ({ kind, default: near }: Key, luck: Luck, scope: Scope): unknown =>
  drawValue(kind, luck, scope, near);

function drawNodes(luck: Luck, { nodes }: Scope): unknown {
  const [a, b] = [luck.below(nodes), luck.below(nodes)];
  const range = `${Math.min(a, b)}-${Math.max(a, b)}`;
  const forms = ['all', a, a, range, [...new Set([a, b])], { count: 1 + luck.below(nodes) }];
  return luck.pick([...forms, { share: luck.below(11) / 10 }]);
}
