/** The protocols with their options, as the registry declares them. */
import { type Key, type Keys, ms, type TaggedKind } from '../../base/kinds.ts';
import { protocols } from '../../protocols/registry.ts';
import { broadcasts } from '../../protocols/registry-broadcast.ts';
import type { OptionEntry, ProtocolEntry } from '../../protocols/registry-entry.ts';

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

/** Keys that are no options of a factory, or are more than the registry can say of them. */
const MORE: Readonly<Record<string, Keys>> = {
  'load-balancing': {
    everyMs: {
      kind: ms({ above: true }),
      about: 'between readings of a load, for boards and polls',
      otherwise: 'none for gossip and fresh',
    },
  },
};

const tagged = (
  known: Readonly<Record<string, ProtocolEntry>>,
  more: Readonly<Record<string, Keys>>,
): TaggedKind => ({
  is: 'tagged',
  tag: 'name',
  of: Object.fromEntries(
    Object.entries(known).map(([name, { about, options }]) => [
      name,
      { about, keys: { ...more[name], ...keysOf(options), ...MORE[name] } },
    ]),
  ),
});

const { 'direct-mail': mail, ...REPAIRS } = broadcasts;
const behind: Key = {
  kind: tagged(REPAIRS, {}),
  otherwise: 'nothing',
  about: 'what repairs behind it',
};
const withMail = { 'direct-mail': { behind } };
const broadcast: Key = {
  kind: tagged({ ...REPAIRS, 'direct-mail': mail }, withMail),
  default: 'anti-entropy',
  about: 'what brings writes to all nodes',
};

export const PROTOCOL: TaggedKind = tagged(protocols, { ...withMail, ordering: { broadcast } });
