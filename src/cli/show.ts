/** What a run puts on stdout: findings, answer, remarks and where the files lie; at the end the claims and how to repeat it. */

import { basename, dirname, join, sep } from 'node:path';
import { readClaims } from '../experiment/claims-table.ts';
import { commandOf } from '../experiment/command.ts';
import type { RunResult } from '../experiment/result.ts';
import { claimsTable } from '../report/claims-table.ts';
import { filled } from '../report/columns.ts';
import { findingsTable } from '../report/findings-table.ts';
import { sparklines } from '../report/sparklines.ts';
import { colorsOf } from './colors.ts';
import type { Ended } from './run-all.ts';
import { print, widthOf } from './terminal.ts';
import { commandLine, count } from './wording.ts';

export function showResult(result: RunResult): void {
  const { plan, findings, verdict, folder, files } = result;
  const { bold } = colorsOf(process.stdout);
  const width = widthOf(process.stdout);
  const { name, question, claim, source, remarks = [] } = plan.experiment;
  const lines = [
    bold(`${name}: ${question}`),
    ...filled(`Claim: ${claim} Source: ${source}.`, width),
    '',
    findingsTable(findings, { width }),
    '',
    ...curvesOf(result, width),
    bold(`${name}: ${verdict}`),
    ...answerOf(result).flatMap((answer) => filled(`Answer: ${answer}`, width)),
    ...remarks.flatMap((remark) => filled(`Remark: ${remark}`, width)),
    ...filesText(folder, files).flatMap((text) => filled(text, width)),
    '',
  ];
  print(lines.join('\n'));
}

function curvesOf({ plan, summaries }: RunResult, width: number): readonly string[] {
  const curves = sparklines(plan.experiment, summaries, width);
  return curves === '' ? [] : [curves, ''];
}

const answerOf = ({ plan, summaries }: RunResult) => plan.experiment.answer?.(summaries) ?? [];

export function filesText(folder: string, files: readonly string[]): string[] {
  const tables = files.filter((file) => /\.csv(\.gz)?$/.test(file));
  const figures = files
    .filter((file) => file.endsWith('.svg'))
    .map((file) => basename(file, '.svg'));
  return [
    `Tables in ${join(folder, sep)}: ${tables.join(', ')}.`,
    figures.length === 0
      ? 'No figures.'
      : `Figures in ${join(folder, 'figures', sep)}: ${figures.join(', ')} (.svg, .png, and .vl.json to edit).`,
  ];
}

/** @param repeat the command that does it all again. */
export function showEnd(ended: Ended, repeat: string): void {
  const { results, failures } = ended;
  const roots = rootsOf(results);
  if (results.length > 1) {
    const names = results.map(({ plan }) => plan.experiment.name);
    const rows = roots
      .flatMap((root) => readClaims(root).rows)
      .filter(({ experiment }) => names.includes(experiment));
    print(`${claimsTable(rows, { width: widthOf(process.stdout) })}\n`);
  }
  const only = results.length === 1 ? [results[0].plan.experiment.name] : [];
  for (const root of roots) {
    const where = root === 'results' ? [] : ['--results', root];
    print(`All claims: ${join(root, 'claims.csv')}`);
    print(`Compare byte for byte: ${commandLine(['reproduce', ...only, ...where])}`);
  }
  if (failures.length > 0) print(`Failed: ${count(failures.length, 'cell')}; stderr says which.`);
  print(`Run again: ${repeat}`);
}

/** The folders above those of the experiments, each with a claims.csv. */
export const rootsOf = (results: readonly { readonly folder: string }[]): string[] => [
  ...new Set(results.map(({ folder }) => dirname(folder))),
];

/** The same as data. */
export function showJson({ results, failures }: Ended, repeat: string): void {
  const experiments = results.map(dataOf);
  const claims = rootsOf(results).map((root) => join(root, 'claims.csv'));
  print(JSON.stringify({ command: repeat, experiments, failures, claims }, null, 2));
}

function dataOf(result: RunResult) {
  const { plan, findings, verdict, folder, files, reused, ran } = result;
  const { experiment, seed, size, cells, runs } = plan;
  return {
    experiment: experiment.name,
    question: experiment.question,
    claim: experiment.claim,
    source: experiment.source,
    verdict,
    seed,
    size,
    cells: cells.length,
    runs,
    reused,
    ran,
    findings, // NaN, such as a z-score without a standard error, is null in JSON
    answer: answerOf(result),
    remarks: experiment.remarks ?? [],
    folder,
    files,
    command: commandOf(plan),
  };
}
