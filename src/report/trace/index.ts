/**
 * Traces of a run for the viewers that people have. A chronicle goes in, pieces of a file come out, one at a time, so that
 * a run of millions of happenings needs no huge text:
 *
 *     const { chronicle } = chronicles.chronicle(scenario);
 *     await pipeline(Readable.from(traces.pieces(chronicle, 'chrome')), createWriteStream('run.json'));
 */
import type { Chronicle } from '../../metrics/chronicle/index.ts';
import { FORMATS, type Format, type FormatName } from './formats.ts';
import { type TraceOptions, traceOf } from './model.ts';

export { FORMAT_NAMES, FORMATS, type Format, type FormatName, formatOfFile } from './formats.ts';
export { MATTERS, type Matter, type TraceOptions } from './model.ts';

/**
 * The file of that format, piece by piece: texts, or bytes where the format is binary. The same chronicle and options give
 * the same bytes.
 */
export function pieces(
  chronicle: Chronicle,
  format: FormatName,
  options: TraceOptions = {},
): Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array> {
  return (FORMATS[format] as Format).pieces(traceOf(chronicle, options));
}

/** How many happenings that shows. */
export const shownOf = (chronicle: Chronicle, options: TraceOptions): number =>
  traceOf(chronicle, options).shown.length;
