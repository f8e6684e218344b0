/** What was typed -> a question. */
import { UserError } from '../../../base/errors.ts';
import { nearestOf } from '../../../base/nearest.ts';
import { micros } from '../../../base/time.ts';
import { inUnit } from '../units.ts';
import type { Asked, Question } from './model.ts';

/** What may be asked, as an example each. */
export const QUESTIONS: Readonly<Record<Asked['is'], string>> = {
  dead: 'dead 88',
  suspected: 'suspected 88',
  'not-dead': 'not-dead 88',
  reached: 'reached 12 of 3',
  unreached: 'unreached 12 of 3',
};
const KINDS = Object.keys(QUESTIONS) as Asked['is'][];
const KNOWN = Object.values(QUESTIONS)
  .map((example) => `'${example}'`)
  .join(', ');

export interface Typed {
  readonly what: string;
  readonly by: string | undefined;
  readonly when: string | undefined;
}

/** @param n nodes of the scenario. */
export function questionOf({ what, by, when }: Typed, n: number): Question {
  return { asked: askedIn(what, n), by: nodeIn('--by', by, n), when: whenIn(when) };
}

export const textOf = ({ asked }: Question): string =>
  asked.is === 'reached' || asked.is === 'unreached'
    ? `${asked.is} ${asked.subject}${asked.rumour === undefined ? '' : ` of ${asked.rumour}`}`
    : `${asked.is} ${asked.subject}`;

function askedIn(typed: string, n: number): Asked {
  const [word = '', node, of, rumour, ...more] = typed.trim().split(/\s+/);
  const is = KINDS.find((kind) => kind === word.toLowerCase());
  if (is === undefined) {
    const nearest = nearestOf(word.toLowerCase(), KINDS);
    const meant =
      nearest === undefined ? '' : ` Did you mean '${QUESTIONS[nearest as Asked['is']]}'?`;
    throw new UserError(`explain: --what "${typed}" is no question.${meant} Known: ${KNOWN}`);
  }
  const ofRumour = is === 'reached' || is === 'unreached';
  const tail = of === undefined || (ofRumour && of === 'of' && rumour !== undefined);
  if (node === undefined || !tail || more.length > 0) {
    const shape = ofRumour ? `${is} NODE, or ${is} NODE of RUMOUR` : `${is} NODE`;
    throw new UserError(
      `explain: --what must be ${shape}, as in '${QUESTIONS[is]}'; got "${typed}"`,
    );
  }
  const subject = nodeIn('--what', node, n)!;
  if (!ofRumour) return { is, subject };
  return { is, subject, rumour: rumour === undefined ? undefined : rumourIn(rumour) };
}

function nodeIn(where: string, typed: string | undefined, n: number): number | undefined {
  if (typed === undefined) return undefined;
  const node = Number(typed);
  if (/^\d+$/.test(typed) && node < n) return node;
  throw new UserError(
    `explain: ${where} must name a node, a number in 0..${n - 1}; got "${typed}"`,
  );
}

function rumourIn(typed: string): number {
  if (/^\d{1,9}$/.test(typed)) return Number(typed);
  throw new UserError(`explain: --what must name a rumour by its number, from 0; got "${typed}"`);
}

function whenIn(typed: string | undefined): Question['when'] {
  if (typed === undefined || typed === 'first' || typed === 'last') return typed ?? 'first';
  const ms = inUnit(typed, 'ms');
  if (ms !== undefined && ms >= 0 && /[a-z]$/i.test(typed)) return micros(ms);
  throw new UserError(
    `explain: --when must be first, last, or a time from which on to look, as in 34s; got "${typed}"`,
  );
}
