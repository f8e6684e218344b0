/**
 * A Vega-Lite spec as SVG and PNG: the same bytes each time and on each machine. The libraries are loaded on first use,
 * as they take longer than most commands.
 */

import type { Json } from './figure-spec.ts';
import { FONT, fontFiles, textWidth } from './font.ts';

const PNG_ZOOM = 2;

export interface Drawn {
  readonly svg: string;
  readonly warnings: readonly string[];
}

const libraries = () => Promise.all([import('vega'), import('vega-lite')]);

/** Loads the libraries while others work. What fails then, fails again when they are needed. */
export const prepareToDraw = (): void => void libraries().catch(() => undefined);

/** Throws on errors; hands warnings back. */
export async function toSvg(spec: Json): Promise<Drawn> {
  const [vega, { compile }] = await libraries();
  measureByFont(vega);
  const warnings: string[] = [];
  const logger = collector(warnings);
  const compiled = compile(spec as unknown as Parameters<typeof compile>[0], { logger }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logger });
  try {
    const svg = tidy(await view.toSVG(), String(spec.description));
    return { svg: asWide(svg, spec.usermeta), warnings };
  } finally {
    view.finalize();
  }
}

/** On a thread of its own. */
export async function toPng(svg: string): Promise<Uint8Array> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: PNG_ZOOM },
    background: 'white',
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: FONT.split(',')[0] },
  });
  return image.asPng();
}

interface TextItem {
  readonly text?: unknown;
  readonly fontSize?: number;
  readonly fontWeight?: unknown;
}

/** Vega measures text through this hook; a canvas on the machine, or its absence, must not change a figure. */
function measureByFont(vega: object): void {
  const { textMetrics } = vega as {
    textMetrics: { width: (item: TextItem, text: unknown) => number };
  };
  textMetrics.width = ({ text: own, fontSize = 11, fontWeight }, text = own) =>
    textWidth(String(text ?? ''), fontSize, fontWeight === 'bold');
}

function collector(warnings: string[]) {
  const logger = {
    level: () => logger,
    error(...parts: readonly unknown[]): never {
      throw new Error(`BUG: the figure's spec is wrong: ${parts.join(' ')}`);
    },
    warn(...parts: readonly unknown[]) {
      warnings.push(parts.join(' '));
      return logger;
    },
    info: () => logger,
    debug: () => logger,
  };
  return logger as never;
}

/** Coordinates to a thousandth of a px, names of clip paths from 0, a title for screen readers. */
function tidy(svg: string, title: string): string {
  const short = (text: string) =>
    text.replace(/-?\d+\.\d{4,}(?:e-?\d+)?|-?\d(?:\.\d+)?e-\d+/g, (digits) =>
      String(Math.round(Number(digits) * 1000) / 1000 + 0),
    );
  const clips = new Map<string, string>();
  return svg
    .replace(/ (?:d|transform|x|y|x1|x2|y1|y2|cx|cy|width|height)="[^"]*"/g, short)
    .replace(/<path class="(?:background|foreground)"[^>]*?(?:\/>|><\/path>)/g, shownOnly)
    .replaceAll(' stroke-dasharray="1,0"', '') // solid
    .replace(/<line [^>]*\bopacity="0"[^>]*\/>/g, '') // grid lines of small ticks
    .replace(/\bclip\d+(?=["')])/g, (id) => {
      if (!clips.has(id)) clips.set(id, `clip${clips.size}`);
      return clips.get(id)!;
    })
    .replace(/^<svg /, () => `<svg role="img" aria-label="${escaped(title)}" `);
}

/** Vega frames every group, mostly with nothing. */
const shownOnly = (path: string): string => (/ (?:stroke|fill)="/.test(path) ? path : '');

/** Vega ends a picture where its marks end: here it is as wide as was planned, where nothing sticks out. */
function asWide(svg: string, usermeta: unknown): string {
  const { widthPx } = (usermeta ?? {}) as { widthPx?: number };
  const found = Number(/ width="([\d.]+)"/.exec(svg)?.[1]);
  if (widthPx === undefined || !(found < widthPx)) return svg;
  return svg
    .replaceAll(` width="${found}"`, ` width="${widthPx}"`)
    .replace(`viewBox="0 0 ${found} `, `viewBox="0 0 ${widthPx} `);
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
