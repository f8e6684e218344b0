/** What was asked of `hearsay plot`, as values. */
import { basename, join } from 'node:path';
import { oneOf, shown, UserError } from '../base/errors.ts';
import { KINDS, type Kind } from '../report/pictures.ts';
import type { PlotRequest } from '../report/plot/plot.ts';
import type { Given } from './verb.ts';

export interface Picture {
  readonly path: string;
  readonly kind: Kind;
}

export interface PlotWish {
  /** A table, or figures that are drawn again. */
  readonly table?: { readonly path: string; readonly request: PlotRequest };
  readonly figures: readonly string[];
  readonly bare: boolean;
  /** The files to write for an input. */
  readonly pictures: (input: string) => readonly Picture[];
  /** Of --out, folders that have to be there. */
  readonly folders: readonly string[];
}

const SPEC = '.vl.json';
const OF_TABLES = ['x', 'y', 'color', 'facet', 'x-scale', 'y-scale', 'x-title', 'y-title'];

export function wishOf(given: Given): PlotWish {
  const { words, texts, lists, switches } = given;
  const figures = words.filter((word) => word.endsWith(SPEC));
  if (words.length === 0 || (figures.length !== words.length && words.length !== 1))
    throw new UserError(
      `plot: name one CSV file, as in hearsay plot rows.csv --x n --y t99_ms, or figures that end in ${SPEC}; got ${words.join(' ') || 'none'}`,
    );
  const outputs = outputsOf(given, figures.length > 1);
  const common = { figures, bare: switches.has('bare'), ...outputs };
  if (figures.length === 0)
    return { ...common, table: { path: words[0], request: requestOf(given) } };
  const own = [...OF_TABLES, 'title', 'caption', 'width'].find((name) => texts.has(name));
  const strange =
    own ??
    ((lists.get('where') ?? []).length > 0
      ? 'where'
      : switches.has('points')
        ? 'points'
        : undefined);
  if (strange !== undefined)
    throw new UserError(
      `plot: --${strange} is for CSV files; ${figures[0]} is a figure already: --bare, --out and --formats go with it`,
    );
  return common;
}

function requestOf({ texts, lists, switches }: Given): PlotRequest {
  const column = (name: string) => {
    const text = texts.get(name);
    if (text === undefined)
      throw new UserError(
        `plot: --${name} names a column, as in --x n --y t99_ms; it is not given`,
      );
    return text;
  };
  const optional = <K extends string>(key: K, option: string) =>
    texts.has(option) ? { [key]: texts.get(option)! } : {};
  return {
    x: column('x'),
    y: column('y'),
    ...optional('color', 'color'),
    ...optional('facet', 'facet'),
    ...optional('xTitle', 'x-title'),
    ...optional('yTitle', 'y-title'),
    ...optional('width', 'width'),
    where: (lists.get('where') ?? []).map(filterOf),
    points: switches.has('points'),
    xScale: (texts.get('x-scale') ?? 'linear') as PlotRequest['xScale'],
    yScale: (texts.get('y-scale') ?? 'linear') as PlotRequest['yScale'],
    title: texts.get('title') ?? '',
    caption: texts.get('caption') ?? '',
  };
}

function filterOf(text: string) {
  const [, column, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (column !== undefined) return { column, text: value };
  throw new UserError(`plot: --where must be COLUMN=VALUE, as in loss=0.1; got ${shown(text)}`);
}

function outputsOf(
  { texts, lists }: Given,
  several: boolean,
): Pick<PlotWish, 'pictures' | 'folders'> {
  const given = lists.get('out') ?? [];
  const outs = given.length > 0 ? given : ['.'];
  const named = outs.flatMap((path) => {
    const kind = kindOf(path);
    return kind === undefined ? [] : [{ path, kind }];
  });
  const folders = outs.filter((path) => kindOf(path) === undefined);
  const strange = folders.find((path) => /\.[a-z]{3,4}$/i.test(path));
  if (strange !== undefined)
    throw new UserError(
      `plot: --out must end in ${KINDS.map((kind) => `.${kind}`).join(', ')}, or be a folder; got ${shown(strange)}`,
    );
  if (several && named.length > 0)
    throw new UserError(
      `plot: --out ${named[0].path} is one file, but there are several figures; name a folder`,
    );
  if (folders.length === 0 && texts.has('formats'))
    throw new UserError(
      'plot: --formats says what goes to a folder; --out names files: leave out one of them',
    );
  const kinds = (texts.get('formats') ?? 'svg,png').split(',').map((kind) => kind.trim());
  for (const kind of kinds) oneOf('plot', '--formats', kind, KINDS);
  const pictures = (input: string) => {
    const name = input.endsWith(SPEC) ? basename(input, SPEC) : 'plot';
    const inFolders = folders.flatMap((folder) =>
      kinds.map((kind) => ({ path: join(folder, `${name}.${kind}`), kind: kind as Kind })),
    );
    return [...named, ...inFolders];
  };
  return { pictures, folders };
}

const kindOf = (path: string): Kind | undefined => KINDS.find((kind) => path.endsWith(`.${kind}`));
