/** What a scenario file may say, as data. */
import {
  duration,
  type Key,
  list,
  number,
  type RecordKind,
  type TaggedKind,
  text,
  whole,
  word,
} from '../../base/kinds.ts';
import { detectorKinds } from '../../detectors/registry.ts';
import type { Family } from '../../protocols/registry-entry.ts';
import { ENVIRONMENT } from './environment-kinds.ts';
import { FAULT } from './fault-kinds.ts';
import { DEFAULTS, observable } from './measures.ts';
import { PROTOCOL } from './protocol-kinds.ts';
import { REQUEST } from './workload-kinds.ts';

/** What the defaults hang on. */
export interface Basis {
  readonly periodMs: number;
  /** '' where it is not known yet. */
  readonly family: Family | '';
}

const DEFAULT_WORKLOAD: Readonly<Record<string, readonly unknown[]>> = {
  broadcast: [{ do: 'rumour', at: '0s' }],
  ordering: ['operations'],
};

const detector = (periodMs: number): TaggedKind => ({
  is: 'tagged',
  tag: 'name',
  of: Object.fromEntries(
    Object.entries(detectorKinds).map(([name, kind]) => {
      const defaults = { ...kind.defaults, ...kind.forPeriod(periodMs) };
      const keys: Record<string, Key> = {};
      for (const [option, about] of Object.entries(kind.options)) {
        keys[option] = {
          kind: number({
            least: -Infinity,
            words: { none: null },
            ...(option.endsWith('Ms') ? ({ unit: 'ms', bare: true } as object) : {}),
          }),
          about,
          default: defaults[option] ?? 'none',
        };
      }
      return [
        name,
        {
          about: kind.about,
          keys: {
            ...keys,
            level: { kind: number(), about: kind.level, otherwise: "the detector's own" },
          },
        },
      ];
    }),
  ),
});

const rounds: RecordKind = {
  is: 'record',
  short: 'period',
  keys: {
    period: {
      kind: duration({ above: true }),
      default: '1s',
      about: 'from one round of a node to the next',
    },
    phase: {
      kind: word('random', 'synchronised', 'poisson'),
      default: 'random',
      about: 'of the nodes',
    },
    missed: {
      kind: word('skip', 'delay', 'burst'),
      default: 'skip',
      about: 'rounds that a pause swallows',
    },
  },
};

export function scenarioKind({ periodMs, family }: Basis): RecordKind {
  return {
    is: 'record',
    keys: {
      $schema: { kind: text, otherwise: 'for editors', about: 'the schema, for editors' },
      about: { kind: text, otherwise: 'nothing', about: 'what it shows' },
      seed: { kind: text, default: 'hearsay', about: 'of all that is random' },
      nodes: { kind: whole(2, 1_000_000), required: true, about: 'how many nodes, 2 or more' },
      duration: {
        kind: duration({ above: true }),
        required: true,
        about: 'how long it runs, such as 30s',
      },
      protocol: { kind: PROTOCOL, required: true, about: 'what the nodes run' },
      rounds: { kind: rounds, default: {}, about: 'when nodes gossip' },
      ...ENVIRONMENT,
      faults: { kind: list(FAULT), default: [], about: 'what befalls nodes' },
      detector: {
        kind: detector(periodMs),
        otherwise: "the protocol's own",
        about: 'who suspects, in heartbeats',
      },
      workload: {
        kind: list(REQUEST),
        default: DEFAULT_WORKLOAD[family] ?? [],
        about: 'what nodes are asked to do',
      },
      warmUp: {
        kind: duration(),
        default: '0s',
        about: 'left out of what is observed of detection, views and traffic',
      },
      observe: {
        kind: list(word(...observable(family))),
        default: family === '' ? [] : DEFAULTS[family],
        about: 'what is measured',
      },
    },
  };
}
