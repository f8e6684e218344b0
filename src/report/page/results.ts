/**
 * What a folder of results holds, for the page: whatever is missing, damaged or not as run.json records it becomes a
 * sentence, and the rest is shown.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { UserError } from '../../base/errors.ts';
import { areaOf, SWEEP_AREA } from '../../experiment/areas.ts';
import { CELLS, readRunJson } from '../../experiment/folder.ts';
import { sha256 } from '../../experiment/keys.ts';
import type { Verdict } from '../../experiment/model.ts';
import { isInside, readPlain } from '../../experiment/record.ts';

/** A row of findings.csv or summary.csv: column -> text. */
export type Row = Readonly<Record<string, string>>;

export interface FigureFiles {
  readonly name: string;
  /** Absent: the picture is missing. */
  readonly svg?: string;
  /** Vega-Lite; absent: the figure is a picture only. */
  readonly spec?: Readonly<Record<string, unknown>>;
}

export interface Results {
  readonly folder: string;
  readonly name: string;
  readonly area: string;
  readonly isSweep: boolean;
  /** run.json, its fields not checked: texts() and text() of record-text.ts read them. */
  readonly run: Readonly<Record<string, unknown>>;
  readonly findings: readonly Row[];
  /** Of a sweep, which has no findings. */
  readonly summary: readonly Row[];
  readonly figures: readonly FigureFiles[];
  /** What is missing or damaged, a sentence each. */
  readonly problems: readonly string[];
}

export const VERDICTS: readonly Verdict[] = ['not reproduced', 'inconclusive', 'reproduced'];

/** Folders with results at or below a root, and sentences about what there can not be read. */
export function resultFolders(root: string): { folders: string[]; problems: string[] } {
  if (!existsSync(root)) throw new UserError(`report: there is no folder ${root}`);
  if (!statSync(root).isDirectory())
    throw new UserError(`report: ${root} is a file; name a folder of results`);
  if (existsSync(join(root, 'run.json'))) return { folders: [root], problems: [] };
  const below = readdirSync(root)
    .sort()
    .map((entry) => join(root, entry));
  return {
    folders: below.filter((folder) => existsSync(join(folder, 'run.json'))),
    problems: below
      .filter(isUnfinished)
      .map(
        (folder) =>
          `${folder} is not finished: there is no run.json in it; the run that began it goes on from there`,
      ),
  };
}

const isUnfinished = (folder: string): boolean =>
  existsSync(join(folder, CELLS)) && !existsSync(join(folder, 'run.json'));

/** Throws a `UserError` where run.json is damaged; whatever else is wrong is told in `problems`. */
export function readResults(folder: string): Results {
  const run = readRunJson(folder);
  const problems: string[] = [];
  const request = run.request as { sweep?: unknown } | null | undefined;
  const isSweep = request?.sweep !== undefined;
  const name = String(run.experiment);
  const files = recordedFiles(run.files);
  if (files.size === 0) problems.push(`${folder}/run.json records no files`);
  const contents = new Map(
    [...files].map(([file, hash]) => [file, read(folder, file, hash, problems)]),
  );
  const table = (file: string, columns: readonly string[]) =>
    tableOf(folder, file, contents.get(file), columns, problems);
  return {
    folder,
    name,
    area: isSweep ? SWEEP_AREA : areaOf(name),
    isSweep,
    run,
    findings: isSweep ? [] : table('findings.csv', FINDING_COLUMNS).filter(isFinding),
    summary: isSweep ? table('summary.csv', ['cell', 'measure', 'mean', 'ci_low', 'ci_high']) : [],
    figures: figuresIn(folder, contents, problems),
    problems,
  };
}

const FINDING_COLUMNS = ['quantity', 'at', 'ours', 'expected', 'verdict'];
const isFinding = ({ verdict }: Row): boolean => (VERDICTS as readonly string[]).includes(verdict);

function recordedFiles(files: unknown): Map<string, string> {
  if (typeof files !== 'object' || files === null) return new Map();
  return new Map(
    Object.entries(files)
      .filter(([file]) => isInside(file))
      .map(([file, hash]) => [file, String(hash)]),
  );
}

/** The text of a file that is there, also if it is not the one recorded. */
function read(folder: string, file: string, hash: string, problems: string[]): string | undefined {
  try {
    const content = readPlain(folder, file);
    if (content === undefined) {
      problems.push(`${folder}/${file} is missing, which run.json records`);
      return undefined;
    }
    if (sha256(content) !== hash)
      problems.push(`${folder}/${file} is not what run.json records: it was changed since`);
    return SHOWN.test(file) ? Buffer.from(content).toString('utf8') : undefined;
  } catch (error) {
    problems.push(`${folder}/${file} cannot be read: ${messageOf(error)}`);
    return undefined;
  }
}

const SHOWN = /^(findings|summary)\.csv$|\.svg$|\.vl\.json$/;

function tableOf(
  folder: string,
  file: string,
  text: string | undefined,
  columns: readonly string[],
  problems: string[],
): Row[] {
  if (text === undefined) return [];
  try {
    const rows = parse(text, { columns: true }) as Row[];
    const missing = columns.find((column) => rows.length > 0 && !(column in rows[0]));
    if (missing === undefined) return rows;
    problems.push(`${folder}/${file} has no column "${missing}", and is not shown`);
  } catch (error) {
    problems.push(`${folder}/${file} is damaged: ${messageOf(error)}`);
  }
  return [];
}

function figuresIn(
  folder: string,
  contents: ReadonlyMap<string, string | undefined>,
  problems: string[],
): FigureFiles[] {
  const paths = [...contents.keys()].filter((file) => /\.(svg|vl\.json)$/.test(file));
  const stems = [...new Set(paths.map((file) => file.replace(/\.(svg|vl\.json)$/, '')))];
  return stems.flatMap((stem) => {
    const svg = contents.get(`${stem}.svg`);
    const spec = specOf(folder, `${stem}.vl.json`, contents.get(`${stem}.vl.json`), problems);
    if (svg === undefined) return [];
    if (!svg.startsWith('<svg ')) {
      problems.push(`${folder}/${stem}.svg is damaged: it is no SVG, and is not shown`);
      return [];
    }
    return [{ name: basename(stem), svg, ...(spec === undefined ? {} : { spec }) }];
  });
}

function specOf(folder: string, file: string, text: string | undefined, problems: string[]) {
  if (text === undefined) return undefined;
  try {
    const spec = JSON.parse(text);
    if (Array.isArray((spec?.spec ?? spec)?.layer)) return spec as Record<string, unknown>;
    problems.push(`${folder}/${file} is damaged: it is no figure of ours, which has layers`);
  } catch {
    problems.push(`${folder}/${file} is damaged: it is not JSON`);
  }
  return undefined;
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
