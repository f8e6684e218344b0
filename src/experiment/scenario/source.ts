/** A scenario file as a tree of values that know where they stand. JSON is YAML. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

export interface Scalar {
  readonly is: 'scalar';
  readonly at: string; // cluster.yaml:7:3
  readonly value: string | number | boolean | null;
  /** As it stands in the file: 4.0 is no number where a version is meant. */
  readonly text: string;
}
export interface Sequence {
  readonly is: 'list';
  readonly at: string;
  readonly items: readonly Found[];
}
export interface Entry {
  readonly at: string; // of the key
  readonly found: Found;
}
export interface Mapping {
  readonly is: 'map';
  readonly at: string;
  readonly entries: ReadonlyMap<string, Entry>;
  /** The key for which a plain value stood in the file. */
  readonly short?: string;
}
export type Found = Scalar | Sequence | Mapping;

/** `at: sentence`. */
export type Problems = string[];

/** @param at the place of an offset; for a value of the command line it is always the option. */
export function parse(text: string, file: string, problems: Problems): Found {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  return read(text, lines, at, problems);
}

/** A value given on the command line: all of it stands at the option. */
export const parseValue = (text: string, at: string, problems: Problems): Found =>
  read(text, new LineCounter(), () => at, problems);

/** A value of our own, such as a default. */
export function foundOf(value: unknown, at: string): Found {
  if (Array.isArray(value)) {
    return { is: 'list', at, items: value.map((item) => foundOf(item, at)) };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, { at, found: foundOf(item, at) }] as const,
    );
    return { is: 'map', at, entries: new Map(entries) };
  }
  return { is: 'scalar', at, value: value as Scalar['value'], text: String(value) };
}

function read(
  text: string,
  lineCounter: LineCounter,
  at: (offset: number) => string,
  problems: Problems,
): Found {
  const document = documentOf(text, lineCounter);
  if (document === undefined) {
    problems.push(`${at(0)}: the file must be YAML or JSON; it is nested too deeply to be read`);
    return foundOf(null, at(0));
  }
  for (const error of document.errors) {
    problems.push(`${at(error.pos[0])}: ${sentenceOf(error.message)}`);
  }
  if (problems.length > 0) return foundOf(null, at(0));
  return convert(document.contents, at, 0, problems);
}

function documentOf(text: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false });
  } catch (error) {
    if (error instanceof RangeError) return undefined; // the stack
    throw error;
  }
}

/** The parser's words, on one line. */
const sentenceOf = (message: string): string =>
  `expected YAML or JSON; ${message.split('\n')[0].replace(/^[A-Z]/, (letter) => letter.toLowerCase())}`;

function convert(
  node: Node | null,
  at: (offset: number) => string,
  offset: number,
  problems: Problems,
): Found {
  const start = node?.range?.[0] ?? offset;
  const here = at(start);
  if (isAlias(node)) {
    problems.push(`${here}: expected the value itself; found an alias, *${node.source}`);
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => convert(item as Node, at, start, problems));
    return { is: 'list', at: here, items };
  }
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.source ?? key.value) : String(key);
      const keyOffset = (key as Node | null)?.range?.[0] ?? start;
      const found = convert(value as Node | null, at, keyOffset, problems);
      return [name, { at: at(keyOffset), found }] as const;
    });
    return { is: 'map', at: here, entries: new Map(entries) };
  }
  if (!isScalar(node)) return foundOf(null, here);
  const value = typeof node.value === 'bigint' ? Number(node.value) : node.value;
  return {
    is: 'scalar',
    at: here,
    value: value as Scalar['value'],
    text: node.source ?? String(value),
  };
}
