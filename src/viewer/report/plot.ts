/** A figure drawn by Vega in place of its picture. Expressions are interpreted: the page forbids to evaluate text. */
import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile } from 'vega-lite';
import { answering, HIDDEN, type Json, narrowed, ZOOM, ZOOMED } from './spec.ts';
import { type Datum, hideTip, showTip } from './tooltip.ts';

export interface Plot {
  readonly view: View;
  /** Hides all of these series and shows the others. */
  readonly hide: (series: readonly string[]) => void;
  /** By a factor about the middle; 0: as it was. */
  readonly zoom: (factor: number) => void;
  /** A series was clicked in the legend. */
  onSeries?: (name: string) => void;
}

/** Fills `place`, `px` wide at most; `picturePx` is the width of its print. */
export async function draw(
  place: HTMLElement,
  spec: Json,
  config: Json,
  { px, picturePx }: { px: number; picturePx: number },
): Promise<Plot> {
  const full = answering(spec, config);
  if (px >= picturePx) return run(place, full, spec);
  const first = await run(place, narrowed(full, px), spec);
  const surplus = place.scrollWidth - px;
  if (surplus <= 0) return first;
  first.view.finalize();
  return run(place, narrowed(full, px, Math.ceil(surplus)), spec);
}

async function run(place: HTMLElement, full: Json, spec: Json): Promise<Plot> {
  const compiled = compile(full as never, { logger: QUIET }).spec as Json;
  const view = new View(parse(withLegends(compiled) as never, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'svg',
    hover: true,
    logLevel: 0,
  });
  const names = axisNames(spec);
  view.tooltip((_, event, item, value) => {
    if (value && typeof value === 'object' && item)
      showTip(event as MouseEvent, value as Datum, names);
    else hideTip();
  });
  await view.initialize(place).runAsync();
  const plot: Plot = {
    view,
    hide: (series) => void view.signal(HIDDEN, series).runAsync(),
    zoom: (factor) => zoom(view, factor),
  };
  for (const channel of ['x', 'y']) watchZoom(view, channel);
  view.addEventListener('click', (_, item) => {
    const name = (item?.datum as { value?: unknown } | undefined)?.value;
    if (/^legend-(label|symbol)$/.test(item?.mark?.role ?? '') && typeof name === 'string')
      plot.onSeries?.(name);
  });
  place.addEventListener('pointerleave', hideTip);
  return plot;
}

/** Warnings were read when the figure was made. */
const QUIET = {
  level: () => QUIET,
  error: (...parts: unknown[]) => {
    throw new Error(parts.join(' '));
  },
  warn: () => QUIET,
  info: () => QUIET,
  debug: () => QUIET,
} as never;

/** Entries of the legend of colours can be clicked. */
function withLegends(compiled: Json): Json {
  const legends = (list: readonly Json[]) =>
    list.map((legend) => {
      if (legend.stroke === undefined && legend.fill === undefined && legend.shape === undefined)
        return legend;
      const encode = (legend.encode ?? {}) as Record<string, Json>;
      const part = (name: string) => ({
        ...encode[name],
        interactive: true,
        update: { ...((encode[name]?.update as Json) ?? {}), cursor: { value: 'pointer' } },
      });
      return { ...legend, encode: { ...encode, labels: part('labels'), symbols: part('symbols') } };
    });
  return { ...compiled, legends: legends((compiled.legends as Json[] | undefined) ?? []) };
}

function axisNames(spec: Json): { x: string; y: string } {
  const unit = (spec.spec ?? spec) as Json;
  const { encoding } = (unit.layer as { encoding: Json }[])[0];
  const title = (name: string) => {
    const { axis } = (encoding[name] ?? {}) as { axis?: { title?: string | string[] } };
    return [axis?.title ?? name].flat().join(' ');
  };
  return { x: title('x'), y: title('y') };
}

// ---- zoom ----

const signalOf = (channel: string) => `${ZOOM}_${channel}`;

/** Ticks follow as soon as an axis is not as printed. */
function watchZoom(view: View, channel: string): void {
  if (!has(view, signalOf(channel))) return;
  view.addSignalListener(signalOf(channel), () => {
    const zoomed = ['x', 'y'].some((of) => has(view, signalOf(of)) && view.signal(signalOf(of)));
    if (view.signal(ZOOMED) !== zoomed) void view.signal(ZOOMED, zoomed).runAsync();
  });
}

function has(view: View, name: string): boolean {
  return name in (view.getState({ signals: (of) => of === name }).signals ?? {});
}

function zoom(view: View, factor: number): void {
  for (const channel of ['x', 'y']) {
    const signal = signalOf(channel);
    if (!has(view, signal)) continue;
    const scale = view.scale(channel) as unknown as Scale;
    view.signal(signal, factor === 0 ? null : narrower(scale, factor));
  }
  void view.runAsync();
}

interface Scale {
  readonly domain: () => number[];
  readonly range: () => number[];
  readonly invert: (px: number) => number;
}

/** What the scale shows in the middle of its range, a factor of it. */
function narrower(scale: Scale, factor: number): number[] {
  const [from, to] = scale.range();
  const [middle, half] = [(from + to) / 2, (to - from) / 2 / factor];
  return [scale.invert(middle - half), scale.invert(middle + half)];
}
