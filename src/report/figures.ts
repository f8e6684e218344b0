/** An experiment's figures as files: the Vega-Lite spec to open and edit, and its picture as SVG and PNG. */
import type { CellSummary, Drawable } from '../experiment/model.ts';
import { figureSpec } from './figure-spec.ts';
import { specText } from './pictures.ts';
import { toPng, toSvg } from './render.ts';

/** File name -> content, for every figure of the experiment that shows one of the cells. */
export async function drawFigures(
  experiment: Drawable,
  summaries: readonly CellSummary[],
): Promise<Record<string, string | Uint8Array>> {
  const files: Record<string, string | Promise<Uint8Array>> = {};
  for (const figure of experiment.figures) {
    if (!summaries.some(({ cell }) => figure.where?.(cell) ?? true)) continue;
    const spec = figureSpec(experiment, figure, summaries);
    const { svg } = await toSvg(spec);
    files[`figures/${figure.name}.vl.json`] = specText(spec);
    files[`figures/${figure.name}.svg`] = `${svg}\n`;
    files[`figures/${figure.name}.png`] = toPng(svg); // while the next one is drawn
  }
  const contents = await Promise.all(Object.values(files));
  return Object.fromEntries(Object.keys(files).map((file, i) => [file, contents[i]]));
}
