/** What a sweep puts on stdout: a row per cell, where the files lie, and how to repeat it. */
import type { RunResult } from '../experiment/result.ts';
import { filled } from '../report/columns.ts';
import { unreachedText } from '../report/precision-text.ts';
import { sweepTable } from '../report/sweep-table.ts';
import { colorsOf } from './colors.ts';
import { filesText } from './show.ts';
import { print, widthOf } from './terminal.ts';
import { commandLine } from './wording.ts';

/** @param repeat the command that does it all again. */
export function showSweep(result: RunResult, repeat: string): void {
  const { plan, summaries, folder, files } = result;
  const { bold } = colorsOf(process.stdout);
  const width = widthOf(process.stdout);
  const lacking = lackingText(result);
  const lines = [
    bold(plan.experiment.question),
    sweepTable(plan.experiment, summaries, width),
    ...(lacking === '' ? [] : ['', ...filled(lacking, width)]),
    '',
    ...filesText(folder, files).flatMap((text) => filled(text, width)),
    `Compare byte for byte: ${commandLine(['reproduce', folder])}`,
    `Run again: ${repeat}`,
  ];
  print(lines.join('\n'));
}

const lackingText = ({ plan: { request, cells }, unreached }: RunResult): string =>
  request.precision === undefined ? '' : unreachedText(request.precision, unreached, cells.length);

/** The same as data. */
export function sweepData(
  { plan, summaries, folder, files, unreached }: RunResult,
  repeat: string,
) {
  const { precision } = plan.request;
  const cells = summaries.map(({ cell, replicates, measures }) => ({ cell, replicates, measures }));
  return {
    ...{ command: repeat, seed: plan.seed, axes: plan.axes },
    ...(precision && {
      precision: { ...precision, reached: unreached.length === 0, unreached },
    }),
    ...{ cells, folder, files },
  };
}
