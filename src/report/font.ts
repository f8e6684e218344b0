/**
 * The font of all figures, DejaVu Sans, shipped as an npm package so that no figure depends on the machine's fonts; and
 * the widths of its letters, read from the font file (OpenType tables head, hhea, hmtx, cmap format 4). Without them
 * vega guesses 0.8 em for every letter, a third too wide, or measures with a canvas where one happens to be installed.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { assert } from '../base/errors.ts';

/** Viewers without DejaVu Sans fall back to Verdana, which is as wide. */
export const FONT = 'DejaVu Sans, Verdana, sans-serif';

const file = (name: string) =>
  createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

/** For resvg. */
export const fontFiles = (): string[] => [file('DejaVuSans'), file('DejaVuSans-Bold')];

/** Character code -> advance width in em. */
type Advances = (code: number) => number;

const loaded = new Map<string, Advances>(); // font name -> its widths

function advances(name: string): Advances {
  const known = loaded.get(name);
  if (known) return known;
  const widths = readAdvances(readFileSync(file(name)));
  loaded.set(name, widths);
  return widths;
}

/** The width of one line of text in px. */
export function textWidth(text: string, sizePx: number, bold = false): number {
  const width = advances(bold ? 'DejaVuSans-Bold' : 'DejaVuSans');
  let sum = 0;
  for (const character of text) sum += width(character.codePointAt(0) ?? 0);
  return sum * sizePx;
}

/** Breaks text at spaces into lines no wider than `widthPx`; a longer word has a line of its own, '95 %' stays one. */
export function wrapped(text: string, widthPx: number, sizePx: number, bold = false): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+(?!%)/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length === 0 || textWidth(longer, sizePx, bold) > widthPx) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function readAdvances(font: Buffer): Advances {
  const table = new Map<string, number>(); // tag -> offset in the file
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const entry = 12 + 16 * i;
    table.set(font.toString('latin1', entry, entry + 4), font.readUInt32BE(entry + 8));
  }
  const at = (tag: string) => {
    const offset = table.get(tag);
    assert(offset !== undefined, `the font has no table ${tag}`);
    return offset;
  };
  const unitsPerEm = font.readUInt16BE(at('head') + 18);
  const metrics = font.readUInt16BE(at('hhea') + 34); // numberOfHMetrics
  const glyphOf = readGlyphs(font, at('cmap'));
  const hmtx = at('hmtx');
  return (code) => font.readUInt16BE(hmtx + 4 * Math.min(glyphOf(code), metrics - 1)) / unitsPerEm;
}

/** Character code -> glyph; 0 is the glyph of what the font does not have. */
function readGlyphs(font: Buffer, cmap: number): (code: number) => number {
  const subtables = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, i) => cmap + font.readUInt32BE(cmap + 4 + 8 * i + 4),
  );
  const start = subtables.find((offset) => font.readUInt16BE(offset) === 4);
  assert(start !== undefined, 'the font has no cmap of format 4');
  const segments2 = font.readUInt16BE(start + 6); // twice the number of segments
  const ends = start + 14;
  const starts = ends + segments2 + 2;
  return (code) => {
    for (let i = 0; i < segments2; i += 2) {
      if (code > font.readUInt16BE(ends + i)) continue;
      const first = font.readUInt16BE(starts + i);
      if (code < first) return 0;
      const delta = font.readUInt16BE(starts + segments2 + i);
      const rangeAt = starts + 2 * segments2 + i;
      const range = font.readUInt16BE(rangeAt);
      if (range === 0) return (code + delta) & 0xffff;
      const glyph = font.readUInt16BE(rangeAt + range + 2 * (code - first));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
