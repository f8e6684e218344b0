/** Reads what is plotted, draws it, and writes the pictures: all of them, or none where the input is wrong. */
import { existsSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../base/errors.ts';
import { notWritable } from '../experiment/folder.ts';
import { figureSpec, type Json } from '../report/figure-spec.ts';
import { bare, captionOf, isFigure, pictureOf } from '../report/pictures.ts';
import { plotOf } from '../report/plot/plot.ts';
import { tableOf } from '../report/plot/table.ts';
import { inputFile } from './input-file.ts';
import { makeFolder } from './make-folder.ts';
import type { PlotWish } from './plot-wish.ts';
import { print, say } from './terminal.ts';

export async function plotFiles(wish: PlotWish): Promise<void> {
  const { table, figures } = wish;
  const specs = table
    ? [{ input: table.path, spec: specOfTable(table) }]
    : figures.map((input) => ({ input, spec: figureIn(input) }));
  const twice = twiceOf(specs.flatMap(({ input }) => wish.pictures(input).map(({ path }) => path)));
  for (const folder of wish.folders) makeFolder('plot', folder);
  for (const { input, spec } of specs) {
    const drawn = wish.bare ? bare(spec) : spec;
    if (wish.bare && captionOf(spec)) say(`plot: the caption of ${input}: ${captionOf(spec)}`);
    for (const { path, kind } of wish.pictures(input)) {
      const unique = twice.has(path) ? unlike(path, input) : path;
      write(unique, await pictureOf(drawn, kind));
      print(unique);
    }
  }
}

function specOfTable({ path, request }: NonNullable<PlotWish['table']>): Json {
  const { drawable, summaries, notes } = plotOf(tableOf(read(path), path), request);
  for (const note of notes) say(`plot: ${note}`);
  return figureSpec(drawable, drawable.figures[0], summaries);
}

function figureIn(path: string): Json {
  let spec: unknown;
  const text = Buffer.from(read(path)).toString('utf8');
  try {
    spec = JSON.parse(text);
  } catch {
    throw new UserError(`plot: ${path} is not JSON`);
  }
  if (isFigure(spec)) return spec;
  throw new UserError(
    `plot: ${path} is not a figure that this version of hearsay has drawn: it does not say how wide it is in print`,
  );
}

/** A table of results that is large is compressed: rows.csv may be rows.csv.gz. */
function read(path: string): Uint8Array {
  const found = !existsSync(path) && existsSync(`${path}.gz`) ? `${path}.gz` : path;
  const content = inputFile('plot', found);
  try {
    return found.endsWith('.gz') ? gunzipSync(content) : content;
  } catch (error) {
    throw new UserError(`plot: ${path} cannot be read: ${(error as Error).message}`);
  }
}

function write(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw notWritable(path, error);
  }
}

const twiceOf = (paths: readonly string[]): Set<string> =>
  new Set(paths.filter((path, i) => paths.indexOf(path) < i));

/** results/fanout/figures/time.vl.json and results/loss/figures/time.vl.json go to fanout-time and loss-time. */
function unlike(path: string, input: string): string {
  const experiment = /([^/\\]+)[/\\]figures[/\\][^/\\]+$/.exec(input)?.[1] ?? 'other';
  return path.replace(/[^/\\]+$/, (name) => `${experiment}-${name}`);
}
