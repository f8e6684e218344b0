/** Where a scenario file says something, and what may stand there. */
import type { Keys, Kind } from '../../src/base/kinds.ts';
import { isTree, type Tree } from '../../src/experiment/hunt/plain.ts';

export interface Place {
  readonly path: readonly (string | number)[];
  readonly kind: Kind;
  /** A list would be right there, too. */
  readonly inList: boolean;
  readonly required: boolean;
}

/** All places below a value, and its own. */
export function* placesOf(
  kind: Kind,
  value: unknown,
  path: Place['path'] = [],
  required = true,
  inList = false,
): Generator<Place> {
  if (kind.is === 'list' && !Array.isArray(value)) {
    yield* placesOf(kind.of, value, path, required, true);
    return;
  }
  yield { path, kind, required, inList };
  if (kind.is === 'list' && Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) yield* placesOf(kind.of, value[i], [...path, i]);
  }
  if (!isTree(value)) return;
  for (const [name, key] of Object.entries(keysAt(kind, value))) {
    if (name in value) {
      yield* placesOf(key.kind, value[name], [...path, name], key.required === true);
    }
  }
}

/** The keys that a record may have, but for its tag. */
export function keysAt(kind: Kind, value: Tree): Keys {
  if (kind.is === 'record') return kind.keys;
  return kind.is === 'tagged' ? (kind.of[String(value[kind.tag])]?.keys ?? {}) : {};
}

export function at(value: unknown, path: Place['path']): unknown {
  return path.reduce((below, step) => (below as Record<string | number, unknown>)[step], value);
}

/** The value with another one at a place; undefined takes the key away. */
export function put(value: unknown, path: Place['path'], other: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return other;
  if (Array.isArray(value))
    return value.with(step as number, put(value[step as number], rest, other));
  const { [step]: below, ...others } = value as Record<string, unknown>;
  const put_ = put(below, rest, other);
  return put_ === undefined ? others : { ...others, [step]: put_ };
}
