/** What a scenario file may say, as data. */
import { duration, type Key, type Keys, list, nodes, number, type RecordKind, type TaggedKind, text, whole, word } from '../../base/kinds.ts';
import { detectorKinds } from '../../detectors/registry.ts';
import { protocols } from '../../protocols/registry.ts';
import type { OptionEntry } from '../../protocols/registry-entry.ts';
import { ENVIRONMENT } from './environment-kinds.ts';
import { FAULT } from './fault-kinds.ts';

/** Those that are more than their options: programs set them. */
const PROGRAMS_ONLY = ['ordering'];

/** What the defaults hang on. */
export interface Basis {
  readonly periodMs: number;
  readonly family: string;
}

export const OBSERVED = ['spread', 'traffic', 'detection', 'views'] as const;

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

const protocol: TaggedKind = {
  is: 'tagged',
  tag: 'name',
  of: Object.fromEntries(
    Object.entries(protocols)
      .filter(([name]) => !PROGRAMS_ONLY.includes(name))
      .map(([name, { about, options }]) => [name, { about, keys: withoutRequiredCode(keysOf(options)) }]),
  ),
};

/** everyMs of load balancing goes with some sources only, and its protocol says so. */
function withoutRequiredCode(keys: Keys): Keys {
  const { everyMs } = keys;
  return everyMs?.required
    ? { ...keys, everyMs: { kind: everyMs.kind, about: everyMs.about, otherwise: 'none for gossip and fresh' } }
    : keys;
}

const detector = (periodMs: number): TaggedKind => ({
  is: 'tagged',
  tag: 'name',
  of: Object.fromEntries(
    Object.entries(detectorKinds).map(([name, kind]) => {
      const defaults = { ...kind.defaults, ...kind.forPeriod(periodMs) };
      const keys: Record<string, Key> = {};
      for (const [option, about] of Object.entries(kind.options)) {
        keys[option] = {
          kind: number({ least: -Infinity, words: { none: null }, ...(option.endsWith('Ms') ? { unit: 'ms', bare: true } as object : {}) }),
          about,
          default: defaults[option] ?? 'none',
        };
      }
      return [name, { about: kind.about, keys: { ...keys, level: { kind: number(), about: kind.level, otherwise: "the detector's own" } } }];
    }),
  ),
});

const input: TaggedKind = {
  is: 'tagged',
  tag: 'do',
  of: Object.fromEntries(
    Object.entries({
      rumour: 'a new rumour to spread',
      update: "a change of a member's metadata",
      leave: 'a member leaves in good order',
      publish: 'a change of state, as a new schema',
      stop: 'a node is stopped in good order',
      decommission: 'a node leaves the cluster for good',
    }).map(([name, about]) => [
      name,
      {
        about,
        keys: {
          nodes: { kind: nodes, default: 0, about: 'which are asked' },
          at: { kind: list(duration()), otherwise: 'see every and perHour', about: 'at these times' },
          every: { kind: duration({ above: true }), otherwise: 'see at and perHour', about: 'again and again' },
          perHour: { kind: number({ above: true }), otherwise: 'see at and every', about: 'at random, so often per node' },
          from: { kind: duration(), default: '0s', about: 'when it begins' },
          until: { kind: duration(), otherwise: 'the end', about: 'when it ends' },
        },
      },
    ]),
  ),
};

const rounds: RecordKind = {
  is: 'record',
  short: 'period',
  keys: {
    period: { kind: duration({ above: true }), default: '1s', about: 'from one round of a node to the next' },
    phase: { kind: word('random', 'synchronised', 'poisson'), default: 'random', about: 'of the nodes' },
    missed: { kind: word('skip', 'delay', 'burst'), default: 'skip', about: 'rounds that a pause swallows' },
  },
};

export function scenarioKind({ periodMs, family }: Basis): RecordKind {
  const spreads = family === 'broadcast';
  return {
    is: 'record',
    keys: {
      $schema: { kind: text, otherwise: 'for editors', about: 'the schema, for editors' },
      about: { kind: text, otherwise: 'nothing', about: 'what it shows' },
      seed: { kind: text, default: 'hearsay', about: 'of all that is random' },
      nodes: { kind: whole(2, 1_000_000), required: true, about: 'how many nodes, 2 or more' },
      duration: { kind: duration({ above: true }), required: true, about: 'how long it runs, such as 30s' },
      protocol: { kind: protocol, required: true, about: 'what the nodes run' },
      rounds: { kind: rounds, default: {}, about: 'when nodes gossip' },
      ...ENVIRONMENT,
      faults: { kind: list(FAULT), default: [], about: 'what befalls nodes' },
      detector: { kind: detector(periodMs), otherwise: "the protocol's own", about: 'who suspects, in heartbeats' },
      workload: { kind: list(input), default: spreads ? [{ do: 'rumour', at: '0s' }] : [], about: 'what nodes are asked to do' },
      warmUp: { kind: duration(), default: '0s', about: 'left out of what is observed of detection and views' },
      observe: {
        kind: list(word(...OBSERVED)),
        default: spreads ? ['spread', 'traffic'] : family === 'detection' ? ['detection', 'views', 'traffic'] : ['traffic'],
        about: 'what is measured',
      },
    },
  };
}
