/** The formats of traces. */
import { chromeLines } from './chrome.ts';
import { csvPieces } from './csv.ts';
import { gexfLines } from './gexf.ts';
import { graphmlLines } from './graphml.ts';
import type { Trace } from './model.ts';
import { parquetTrace } from './parquet.ts';
import { pcapPieces } from './pcap.ts';
import { pieces } from './pieces.ts';
import { shivizLines } from './shiviz.ts';
import { textLines } from './text.ts';

type Piece = string | Uint8Array;

/** A format that other programs read. */
export interface Format {
  /** Which file names mean it. */
  readonly extensions: readonly string[];
  /** Not for a terminal. */
  readonly isBinary?: true;
  readonly readers: string;
  readonly pieces: (trace: Trace) => Iterable<Piece> | AsyncIterable<Piece>;
}

/** The formats by name. */
export const FORMATS = {
  text: {
    extensions: ['txt', 'trace'],
    readers: 'people',
    pieces: (trace) => pieces(textLines(trace)),
  },
  csv: { extensions: ['csv'], readers: 'anything', pieces: csvPieces },
  parquet: {
    ...{ extensions: ['parquet'], isBinary: true },
    readers: 'DuckDB, pandas, R arrow',
    pieces: parquetTrace,
  },
  chrome: {
    extensions: ['json'],
    readers: 'Perfetto (ui.perfetto.dev), speedscope, chrome://tracing',
    pieces: (trace) => pieces(chromeLines(trace)),
  },
  shiviz: {
    extensions: ['log', 'shiviz'],
    readers: 'ShiViz, with its default expression',
    pieces: (trace) => pieces(shivizLines(trace)),
  },
  pcap: {
    ...{ extensions: ['pcap'], isBinary: true },
    readers: 'Wireshark, tshark, tcpdump',
    pieces: pcapPieces,
  },
  gexf: {
    extensions: ['gexf'],
    readers: 'Gephi',
    pieces: (trace) => pieces(gexfLines(trace)),
  },
  graphml: {
    extensions: ['graphml'],
    readers: 'igraph, NetworkX, yEd',
    pieces: (trace) => pieces(graphmlLines(trace)),
  },
} as const satisfies Readonly<Record<string, Format>>;

/** A name of a format. */
export type FormatName = keyof typeof FORMATS;
/** The names of all formats. */
export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

/** The format that a file of that name has; undefined if its extension is none of theirs. */
export function formatOfFile(file: string): FormatName | undefined {
  const extension = /\.([^./\\]+)$/.exec(file)?.[1].toLowerCase() ?? '';
  return FORMAT_NAMES.find((name) => (FORMATS[name] as Format).extensions.includes(extension));
}
