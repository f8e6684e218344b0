/**
 * A figure's Vega-Lite spec made to answer: hidden series, zoom and pan along axes of numbers, the nearest point; and laid
 * out for a narrow screen where there is no room.
 */
export type Json = { readonly [key: string]: unknown };
type Layer = Json & { readonly transform?: readonly Json[]; readonly encoding: Json };

/** Names of the signals through which the page speaks to the figure. */
export const HIDDEN = 'hidden';
export const ZOOMED = 'zoomed';
export const ZOOM = 'zoom';

export function answering(spec: Json, config: Json): Json {
  const unit = (spec.spec ?? spec) as Json;
  const layers = (unit.layer as readonly Layer[]).map(withHidden);
  const middle = layers.findIndex(({ encoding }) => fieldOf(encoding.y) === 'y'); // no end of a band
  const layer = [...layers.with(middle, withZoom(layers[middle])), nearest(layers[middle])].map(
    withFreeTicks,
  );
  const params = [
    { name: HIDDEN, value: [] },
    { name: ZOOMED, value: false },
  ];
  const common = { config: spec.config ?? config, params };
  return spec.spec === undefined
    ? { ...spec, ...common, layer }
    : { ...spec, ...common, spec: { ...unit, layer } };
}

/** With Ctrl or Cmd, so that the wheel alone moves the page. The signals are named by field: zoom_x, zoom_y. */
function withZoom(layer: Layer): Layer {
  const encodings = ['x', 'y'].filter(
    (channel) => (layer.encoding[channel] as Json | undefined)?.type === 'quantitative',
  );
  const select = { type: 'interval', encodings, zoom: 'wheel![event.ctrlKey || event.metaKey]' };
  const params = [{ name: ZOOM, select, bind: 'scales' }];
  return encodings.length === 0 ? layer : { ...layer, params };
}

const withHidden = (layer: Layer): Layer => ({
  ...layer,
  transform: [...(layer.transform ?? []), { filter: `indexof(${HIDDEN}, datum.color) < 0` }],
});

/** Invisible points over all that has a value; the one nearest to the pointer shows. */
function nearest({ encoding: { x, y, xOffset } }: Layer): Layer {
  return {
    transform: [{ filter: `isValid(datum.y) && indexof(${HIDDEN}, datum.color) < 0` }],
    params: [
      {
        name: 'near',
        select: { type: 'point', on: 'pointerover', nearest: true, clear: 'pointerout' },
      },
    ],
    mark: {
      type: 'point',
      size: 180,
      strokeWidth: 2,
      color: 'black',
      tooltip: { content: 'data' },
    },
    encoding: {
      x,
      y,
      ...(xOffset === undefined ? {} : { xOffset }),
      opacity: { condition: { param: 'near', empty: false, value: 1 }, value: 0 },
    },
  };
}

const fieldOf = (channel: unknown): unknown => (channel as Json | undefined)?.field;

/** Ticks are those of the print until the reader zooms. */
function withFreeTicks(layer: Json): Json {
  const encoding = { ...(layer.encoding as Json) };
  for (const name of ['x', 'y']) {
    const channel = encoding[name] as Json | undefined;
    const axis = channel?.axis as Json | undefined;
    if (channel?.type !== 'quantitative' || axis?.values === undefined) continue;
    const labels =
      axis.labelExpr === undefined
        ? {}
        : { labelExpr: `${ZOOMED} ? datum.label : ${axis.labelExpr}` };
    const values = { expr: `${ZOOMED} ? null : ${JSON.stringify(axis.values)}` };
    encoding[name] = { ...channel, axis: { ...axis, values, ...labels } };
  }
  return { ...layer, encoding };
}

const LEAST_PLOT_PX = 220;
const CHAR_PX = 7.4; // of a title or label, generously

/** For `px` of width: one plot below the other, legends below or left to the buttons; `surplus` px are known to be too many. */
export function narrowed(spec: Json, px: number, surplus = 0): Json {
  const plot = Math.max(LEAST_PLOT_PX, px - 90) - surplus;
  const chars = Math.floor(plot / CHAR_PX);
  const resized = (layer: Json): Json => {
    const encoding = { ...(layer.encoding as Json) };
    for (const [name, channel] of Object.entries(encoding))
      encoding[name] = narrowChannel(name, channel as Json, px, chars);
    return { ...layer, encoding };
  };
  const unit = (spec.spec ?? spec) as Json;
  const sized = { ...unit, width: plot, layer: (unit.layer as Json[]).map(resized) };
  const config = { ...(spec.config as Json), padding: 2 };
  if (spec.spec === undefined) return { ...sized, config };
  const { resolve: _, ...rest } = spec;
  return { ...rest, config, columns: 1, spacing: { column: 0, row: 34 }, spec: sized };
}

function narrowChannel(name: string, channel: Json, px: number, chars: number): Json {
  if (channel === null || typeof channel !== 'object') return channel;
  const { condition } = channel as { condition?: Json };
  if (condition?.scale !== undefined)
    return { ...channel, condition: { ...condition, legend: null } };
  if (name === 'x' && channel.axis) {
    const axis = channel.axis as Json;
    const title = wrapped([axis.title ?? ''].flat().join(' '), chars);
    return { ...channel, axis: { ...axis, title, labelOverlap: 'greedy' } };
  }
  if (name === 'color' || name === 'shape')
    return channel.scale === undefined ? channel : { ...channel, legend: null };
  if (channel.legend) return { ...channel, legend: wrappedLegend(channel, px) };
  return channel;
}

/** Explanations as long as a line of text take more than one. */
function wrappedLegend({ legend, scale }: Json, px: number): Json {
  const names = (scale as { domain: string[] }).domain;
  const lines = names.map((name) => wrapped(name, Math.floor((px - 120) / CHAR_PX)));
  const labelExpr = `${JSON.stringify(lines)}[indexof(${JSON.stringify(names)}, datum.label)]`;
  return { ...(legend as Json), labelExpr, rowPadding: 4 };
}

function wrapped(text: string, chars: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= chars) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.filter(Boolean);
}
