/** What was asked of `hearsay detect`, as values. */
import { basename, join, parse } from 'node:path';
import { numberIn, positive, shown, UserError } from '../base/errors.ts';
import type { Wish } from '../experiment/contenders.ts';
import type { LogFormat } from '../experiment/log-rows.ts';
import type { Unit } from '../experiment/log-time.ts';
import type { Given } from './verb.ts';

export interface DetectWish {
  readonly path: string;
  readonly format: LogFormat;
  readonly periodMs: number | undefined;
  readonly warmUpMs: number;
  /** Empty: every one. */
  readonly detectors: readonly Wish[];
  readonly levels: readonly number[] | undefined;
  readonly folder: string;
  readonly print: 'table' | 'json' | 'csv';
}

export function wishOf({ words, texts, lists, switches }: Given): DetectWish {
  const [path] = words;
  const detectors = (lists.get('detector') ?? []).map(detectorWish);
  const twice = detectors.find(
    ({ label }, i) => detectors.findIndex((of) => of.label === label) < i,
  );
  if (twice !== undefined)
    throw new UserError(`detect: --detector ${twice.label} is given twice; once is enough`);
  const levels = texts.has('levels') ? levelsOf(texts.get('levels')!) : undefined;
  if (levels !== undefined && detectors.length !== 1)
    throw new UserError(
      `detect: --levels needs exactly one --detector, since each has levels of its own; got ${detectors.length}`,
    );
  const period = texts.get('period');
  return {
    path,
    format: {
      ...column('time', texts),
      ...column('observer', texts),
      ...column('subject', texts),
      ...column('sequence', texts),
      ...(texts.has('unit') ? { unit: texts.get('unit') as Unit } : {}),
      skipBad: switches.has('skip-bad'),
    },
    periodMs:
      period === undefined ? undefined : positive('detect', '--period', ms('period', period)),
    warmUpMs: numberIn('detect', '--warm-up', ms('warm-up', texts.get('warm-up') ?? '0'), 0),
    detectors,
    levels,
    folder: texts.get('out') ?? join('results', 'detect', parse(basename(path)).name),
    print: (texts.get('format') ?? 'table') as DetectWish['print'],
  };
}

const column = (role: string, texts: Given['texts']) =>
  texts.has(role) ? { [role]: texts.get(role)! } : {};

function ms(option: string, text: string): number {
  const value = Number(text.trim() || NaN);
  if (Number.isFinite(value)) return value;
  throw new UserError(`detect: --${option} must be a number of ms; got ${shown(text)}`);
}

/** NAME or NAME:option=value,option=value; a value is a number or null. */
function detectorWish(text: string): Wish {
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const settings = colon < 0 ? [] : text.slice(colon + 1).split(',');
  const options = settings.map((setting) => {
    const [, option, value] = /^([^=]+)=(.+)$/s.exec(setting) ?? [];
    return [option, value === 'null' ? null : Number(value?.trim() || NaN)] as const;
  });
  if (name === '' || options.some(([, value]) => Number.isNaN(value)))
    throw new UserError(
      `detect: --detector must be NAME or NAME:option=number,...; got ${shown(text)}`,
    );
  return { label: text, name, options: Object.fromEntries(options) };
}

/** Ascending, each once. */
function levelsOf(text: string): number[] {
  const levels = text.split(',').map((level) => Number(level.trim() || NaN));
  if (levels.every(Number.isFinite)) return [...new Set(levels)].sort((a, b) => a - b);
  throw new UserError(`detect: --levels must be numbers, as in 1,2,5; got ${shown(text)}`);
}
