/** What a search is for: a measure out of bounds, or something that must not happen. */
import { UserError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { millis } from '../../base/time.ts';
import { INVARIANTS, type Violation } from '../../metrics/invariants/index.ts';
import { unitOf } from '../scenario/condition.ts';
import { speechFor } from '../scenario/explain/index.ts';
import { ABOUT, type Group, type Measure, runReplicate } from '../scenario/index.ts';
import { inUnit } from '../scenario/units.ts';
import { groupAt } from '../scenario/values.ts';
import { trial, watched } from './trial.ts';
import { falseDeath, falseSuspicion } from './verdicts.ts';

export interface Property {
  readonly text: string;
  /** Must be observed; undefined where it is no measure. */
  readonly measure?: string;
  /** What breaks in the first run of the scenario, as a sentence; undefined if nothing does. */
  readonly broken: (scenario: Group, seed: string) => string | undefined;
}

type Value = number | boolean;

const HOLDS: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '=': (a, b) => a === b,
};

/** Name -> what it is, and how it is told. */
export const NAMED: Readonly<Record<string, Omit<Property, 'text'> & { readonly about: string }>> =
  {
    'false-death': {
      about: falseDeath('').about,
      broken: (scenario, seed) =>
        sentenceOf(watched(scenario, seed, [falseDeath(detectorIn(scenario))])),
    },
    'false-suspicion': {
      about: falseSuspicion.about,
      broken(scenario, seed) {
        detectorIn(scenario);
        return sentenceOf(watched(scenario, seed, [falseSuspicion]));
      },
    },
    invariants: {
      about: `what must hold in any run: ${INVARIANTS.map(({ name }) => name).join(', ')}, and more`,
      broken: (scenario, seed) => sentenceOf(trial(scenario, seed).violations),
    },
  };

/** Its protocol; refused where that could never hold a node to be dead. */
function detectorIn(scenario: Group): string {
  const { word } = groupAt(scenario, 'protocol');
  speechFor('hunt', word, "look for a measure, as in --for 'reached_all = false'");
  return word;
}

function sentenceOf([first]: readonly Violation[]): string | undefined {
  return first === undefined ? undefined : `${first.sentence}, at ${millis(first.at)} ms`;
}

/** `mistakes_per_pair_h > 0`, `reached_all = false`, or a name. */
export function propertyOf(text: string): Property {
  const name = text.trim();
  if (Object.hasOwn(NAMED, name)) return { text: name, ...NAMED[name] };
  const [, measure, op, bound] =
    /^\s*([\w-]+)\s*(>=|<=|==|!=|>|<|=)\s*(\S.*?)\s*$/.exec(text) ?? [];
  const known = [...Object.keys(NAMED), ...Object.keys(ABOUT)];
  if (measure === undefined) {
    const near = Object.hasOwn(ABOUT, name) ? ` As in "${name} > 0"?` : didYouMean(name, known);
    const hint = near === '' ? ` The names are ${Object.keys(NAMED).join(', ')}.` : near;
    throw new UserError(
      `hunt: --for must be a name, or a measure, an operator and a value, as in "lost_frac > 0.1"; got "${name}".${hint}`,
    );
  }
  if (!Object.hasOwn(ABOUT, measure)) {
    const near = didYouMean(measure, known);
    throw new UserError(
      `hunt: --for: there is no measure ${measure}.${near === '' ? ` Known: ${Object.keys(ABOUT).join(', ')}` : near}`,
    );
  }
  const value = boundOf(measure, bound);
  return {
    text: name,
    measure,
    broken: (scenario, seed) => compared(scenario, seed, measure, op, value),
  };
}

/** A number, a share in percent, a duration or size with its unit, true or false. */
function boundOf(measure: string, text: string): Value {
  if (text === 'true' || text === 'false') return text === 'true';
  const value = inUnit(text, 'none') ?? inUnit(text, unitOf(measure));
  if (value !== undefined) return value;
  throw new UserError(
    `hunt: --for: ${measure} can be compared with a number, true or false; got "${text}"`,
  );
}

function compared(scenario: Group, seed: string, measure: string, op: string, bound: Value) {
  const value = plainOf(runReplicate(scenario, seed, 0).measured[measure] ?? null);
  if (value === null) return undefined;
  if (typeof value !== typeof bound)
    throw new UserError(
      `hunt: --for: ${measure} is ${typeof value === 'boolean' ? 'true or false' : 'a number'}; it was compared with ${bound}`,
    );
  return HOLDS[op](value, bound) ? `${measure} is ${value}` : undefined;
}

const plainOf = (measure: Measure): Value | null =>
  typeof measure !== 'object' || measure === null
    ? measure
    : measure.per === 0
      ? null
      : measure.count / measure.per;
