/** The protocols with their options, as the registry declares them. */
import type { Key, Keys, TaggedKind } from '../../base/kinds.ts';
import { protocols } from '../../protocols/registry.ts';
import type { OptionEntry } from '../../protocols/registry-entry.ts';

/** Those that are more than their options: programs set them. */
const PROGRAMS_ONLY = ['ordering'];

const optionKey = ({ is, default: value, about }: OptionEntry): Key | undefined => {
  if (is === undefined) return undefined;
  if (value === 'required') return { kind: is, about, required: true };
  const words = is.is === 'number' ? Object.entries(is.words ?? {}) : [];
  const named = words.find(([, meaning]) => String(meaning) === String(value))?.[0];
  if (named !== undefined) return { kind: is, about, default: named };
  const fits =
    is.is === 'number'
      ? typeof value === 'number'
      : is.is === 'flag'
        ? typeof value === 'boolean'
        : is.is === 'word' && is.words.includes(String(value));
  return fits ? { kind: is, about, default: value } : { kind: is, about, otherwise: String(value) };
};

const keysOf = (options: Readonly<Record<string, OptionEntry>>): Keys => {
  const keys: Record<string, Key> = {};
  for (const [name, option] of Object.entries(options)) {
    const key = optionKey(option);
    if (key !== undefined) keys[name] = key;
  }
  return keys;
};

export const PROTOCOL: TaggedKind = {
  is: 'tagged',
  tag: 'name',
  of: Object.fromEntries(
    Object.entries(protocols)
      .filter(([name]) => !PROGRAMS_ONLY.includes(name))
      .map(([name, { about, options }]) => [
        name,
        { about, keys: withoutRequiredCode(keysOf(options)) },
      ]),
  ),
};

/** everyMs of load balancing goes with some sources only, and its protocol says so. */
function withoutRequiredCode(keys: Keys): Keys {
  const { everyMs } = keys;
  return everyMs?.required
    ? {
        ...keys,
        everyMs: {
          kind: everyMs.kind,
          about: everyMs.about,
          otherwise: 'none for gossip and fresh',
        },
      }
    : keys;
}
