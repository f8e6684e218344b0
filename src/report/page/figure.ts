/**
 * A figure on the page: its picture at once; what it is made of beside it, from which the browser draws it anew so that it
 * answers. Title and caption stand below as text of the page, and are cut off the picture.
 */
import { config } from '../figure-style.ts';
import { html, Markup } from './markup.ts';
import type { FigureFiles } from './results.ts';

type Json = Readonly<Record<string, unknown>>;

const WIDE_PX = 780; // beyond: text does not stand beside it

export function figureHtml(id: string, { name, svg, spec }: FigureFiles): Markup {
  const words = wordsOf(name, spec ?? {});
  const picture = cropped(svg!, words.caption !== '');
  const wide = picture.width > WIDE_PX;
  return html`<figure id="${id}"${wide && html` class="wide"`}>
<div class="plot" style="--w:${picture.width}px"><img loading="lazy" decoding="async" width="${picture.width}" height="${picture.height}" alt="${words.alt}" src="${dataUrl(picture.svg)}"></div>
<div class="beside"><figcaption><b>${words.title}</b> ${words.caption}</figcaption>
${spec !== undefined && tools(words, spec)}</div>
</figure>
`;
}

interface Words {
  readonly title: string;
  readonly caption: string;
  /** For those who do not see it. */
  readonly alt: string;
  readonly series: readonly (readonly [name: string, colour: string])[];
  readonly seriesTitle: string;
}

function wordsOf(name: string, spec: Json): Words {
  const title = (spec.title ?? {}) as Json;
  const { x, y, color } = encodingsOf(spec);
  const scale = (color.scale ?? {}) as Json;
  const names = lines(scale.domain);
  const colours = lines(scale.range);
  const seriesTitle = joined((color.legend as Json | undefined)?.title);
  const heading = joined(title.text) || String(spec.description ?? name);
  const axes = `${axisTitle(y)} over ${axisTitle(x)}`;
  return {
    title: heading.replace(/[^.?!:]$/, '$&.'),
    caption: joined(title.subtitle),
    alt: `${heading}: ${axes}${names.length > 0 ? `; ${seriesTitle}: ${names.join(', ')}` : ''}`,
    series: names.map((of, i) => [of, colours[i] ?? '#000000']),
    seriesTitle,
  };
}

/** Of the first layer that has one: all share their axes and colours. */
function encodingsOf(spec: Json): Record<'x' | 'y' | 'color', Json> {
  const plot = (spec.spec ?? spec) as Json;
  const layers = [...((plot.layer ?? [plot]) as Json[])].map((of) => (of.encoding ?? {}) as Json);
  const first = (channel: string, field: string) =>
    (layers.map((of) => of[channel] as Json | undefined).find((of) => of?.[field] !== undefined) ??
      {}) as Json;
  return { x: first('x', 'axis'), y: first('y', 'axis'), color: first('color', 'scale') };
}

const axisTitle = ({ axis }: Json): string => joined((axis as Json | undefined)?.title);

const lines = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const joined = (value: unknown): string =>
  Array.isArray(value) ? value.join(' ') : typeof value === 'string' ? value : '';

const tools = ({ series, seriesTitle }: Words, spec: Json): Markup => html`<div class="tools">
${
  series.length > 1 &&
  html`<div class="series" role="group" aria-label="Shown: ${seriesTitle}"><span>${seriesTitle}</span>${series.map(
    ([name, colour]) =>
      html`<button type="button" aria-pressed="true" style="--c:${colour}">${name}</button>`,
  )}</div>`
}
<div class="zoom"><button type="button" data-do="in" aria-label="Zoom in">+</button><button type="button" data-do="out" aria-label="Zoom out">−</button><button type="button" data-do="reset">Reset</button><button type="button" data-do="svg">SVG</button><button type="button" data-do="png">PNG</button></div>
</div><script type="application/json">${embedded(spec)}</script>`;

/** Without what all have in common. */
function embedded({ $schema: _, title: __, description: ___, ...rest }: Json): Markup {
  const common = JSON.stringify(rest.config) === JSON.stringify(config);
  const { config: own, ...lean } = rest;
  return new Markup(
    JSON.stringify(common ? lean : { ...lean, config: own }).replaceAll('<', '\\u003c'),
  );
}

interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const TITLE =
  /role-title"><g transform="translate\(-?[\d.]+,(-?[\d.]+)\)"><path[^>]*\/><g><g class="mark-text role-title-text"(?:[^>]*)>((?:<text[^>]*font-weight="bold"[^>]*>[^<]*(?:<tspan[^>]*>[^<]*<\/tspan>)*<\/text>)+)<\/g>(?:<g class="mark-text role-title-subtitle"[^>]*>(.*?)<\/g>)?/;
const BELOW_BASELINE_PX = 3;

/** Its viewBox begins below title and caption, where these are found; they are said in the page. */
function cropped(svg: string, hasCaption: boolean): Picture {
  const [, width, height] = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const size = { width: Math.ceil(Number(width ?? 600)), height: Math.ceil(Number(height ?? 400)) };
  const title = TITLE.exec(svg);
  const origin = /<g fill="none"[^>]*transform="translate\([\d.]+,([\d.]+)\)"/.exec(svg);
  if (!hasCaption || title === null || origin === null) return { svg, ...size };
  const last = [...(title[3] ?? title[2]).matchAll(/translate\(0,([\d.]+)\)|dy="([\d.]+)/g)];
  const baseline = last.reduce((sum, [, at, dy]) => (at ? Number(at) : sum + Number(dy)), 0);
  const cut = Math.max(
    0,
    Math.floor(Number(origin[1]) + Number(title[1]) + baseline + BELOW_BASELINE_PX),
  );
  const lower = size.height - cut;
  return {
    svg: svg.replace(
      /height="[\d.]+" viewBox="[^"]*"/,
      `height="${lower}" viewBox="0 ${cut} ${size.width} ${lower}"`,
    ),
    width: size.width,
    height: lower,
  };
}

/** As an image it can run nothing, whatever it holds. Nothing is left in it that would end the attribute. */
const dataUrl = (svg: string): Markup =>
  new Markup(`data:image/svg+xml;charset=utf-8,${svg.trim().replace(/[%#"&'\t\n\r]/g, percent)}`);

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
