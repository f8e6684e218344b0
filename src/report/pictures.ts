/** A figure's spec as a file of the kind that is asked for. */
import type { Json } from './figure-spec.ts';
import { toPdf } from './pdf.ts';
import { toPng, toSvg } from './render.ts';

/** Endings of files. */
export const KINDS = ['svg', 'png', 'pdf', 'vl.json'] as const;
export type Kind = (typeof KINDS)[number];

export async function pictureOf(spec: Json, kind: Kind): Promise<string | Uint8Array> {
  if (kind === 'vl.json') return specText(spec);
  const { svg } = await toSvg(spec);
  if (kind === 'svg') return `${svg}\n`;
  if (kind === 'png') return toPng(svg);
  const { widthPx, printedWidthPt } = spec.usermeta as Meta;
  return toPdf(svg, {
    pointsPerPx: printedWidthPt / widthPx,
    title: String(spec.description),
    subject: captionOf(spec),
  });
}

interface Meta {
  readonly widthPx: number;
  readonly printedWidthPt: number;
  readonly caption: string;
}

/** What a picture without it should say elsewhere. */
export const captionOf = ({ usermeta }: Json): string => (usermeta as Meta).caption;

/** Whether it is a spec of ours: with its data inside, and a width in print. */
export function isFigure(spec: unknown): spec is Json {
  const { usermeta, data } = (spec ?? {}) as { usermeta?: Partial<Meta>; data?: object };
  return (
    Number(usermeta?.widthPx) > 0 &&
    Number(usermeta?.printedWidthPt) > 0 &&
    typeof usermeta?.caption === 'string' &&
    Array.isArray((data as { values?: unknown } | undefined)?.values)
  );
}

/** Without title and caption, which a paper sets itself. */
export function bare({ title: _title, ...rest }: Json): Json {
  return rest;
}

/** The spec as JSON, its data last with one row a line. */
export function specText(spec: Json): string {
  const { data, ...rest } = spec;
  const rows = (data as { values: readonly unknown[] }).values.map((row) => JSON.stringify(row));
  const head = JSON.stringify(rest, null, 2).replace(/\n}$/, '');
  return `${head},\n  "data": {\n    "values": [\n      ${rows.join(',\n      ')}\n    ]\n  }\n}\n`;
}
