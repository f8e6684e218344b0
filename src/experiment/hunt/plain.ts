/** A tree that was found in a file -> plain values that say the same, to be written again with others beside them. */
import type { Keys, Kind } from '../../base/kinds.ts';
import type { Found } from '../scenario/source.ts';

export type Tree = Readonly<Record<string, unknown>>;

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function plainOf(kind: Kind | undefined, found: Found): unknown {
  if (found.is === 'list') {
    const of = kind?.is === 'list' ? kind.of : undefined;
    return found.items.map((item) => plainOf(of, item));
  }
  if (found.is === 'map') {
    const keys = keysOf(kind, found.entries.get(tagOf(kind))?.found);
    return Object.fromEntries(
      [...found.entries].map(([name, entry]) => [name, plainOf(keys[name]?.kind, entry.found)]),
    );
  }
  // 4.0 is a version where a word is meant.
  const isWord =
    kind?.is === 'word' || kind?.is === 'text' || (kind?.is === 'tagged' && found.text in kind.of);
  return typeof found.value === 'number' && isWord ? found.text : found.value;
}

const tagOf = (kind: Kind | undefined): string => (kind?.is === 'tagged' ? kind.tag : '');

function keysOf(kind: Kind | undefined, tag: Found | undefined): Keys {
  if (kind?.is === 'record') return kind.keys;
  if (kind?.is === 'list') return keysOf(kind.of, tag);
  const word = tag?.is === 'scalar' ? tag.text : '';
  return kind?.is === 'tagged' ? (kind.of[word]?.keys ?? {}) : {};
}
