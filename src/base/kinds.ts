/**
 * What a value that a user writes may be, as data. From one declaration follow what is read, defaults, messages about
 * what is wrong, and the JSON Schema for editors.
 */

/** Durations in ms, sizes in bytes, rates in bytes per second. */
export type Unit = 'none' | 'ms' | 'bytes' | 'bytes/s';

export interface NumberKind {
  readonly is: 'number';
  readonly unit: Unit;
  readonly least: number;
  readonly most: number;
  /** `least` itself is not in the range. */
  readonly above?: boolean;
  readonly whole?: boolean;
  /** A number may stand without its unit, as the name of the option says it. */
  readonly bare?: boolean;
  /** Words that stand for a value: `never`. */
  readonly words?: Readonly<Record<string, number | null>>;
}

export interface WordKind {
  readonly is: 'word';
  readonly words: readonly string[];
}

export interface ListKind {
  readonly is: 'list';
  readonly of: Kind;
  /** One value may stand for a list of one. */
  readonly one?: boolean;
}

export interface RecordKind {
  readonly is: 'record';
  readonly keys: Keys;
  /** A plain value stands for a record with this key. */
  readonly short?: string;
}

/** A record whose other keys hang on the word under `tag`; the word alone stands for the record with all defaults. */
export interface TaggedKind {
  readonly is: 'tagged';
  readonly tag: string;
  readonly of: Readonly<Record<string, Variant>>;
  /** A plain value that is none of the words stands for this key of this variant. */
  readonly short?: { readonly word: string; readonly key: string };
}

export interface Variant {
  readonly about: string;
  readonly keys: Keys;
}

export type Kind =
  | NumberKind
  | WordKind
  | ListKind
  | RecordKind
  | TaggedKind
  /** Nodes: `all`, a number, a range as in 0-9, a list of these, or { count } or { share } at random. */
  | { readonly is: 'nodes' }
  | { readonly is: 'flag' }
  | { readonly is: 'text' };

export interface Key {
  readonly kind: Kind;
  readonly about: string;
  /** As it would be written in a file. */
  readonly default?: unknown;
  readonly required?: boolean;
  /** In words, where the default hangs on other values, or is that there is none. */
  readonly otherwise?: string;
}

export type Keys = Readonly<Record<string, Key>>;

const unlimited = { least: 0, most: Infinity } as const;
type Range = Partial<Omit<NumberKind, 'is' | 'unit'>>;

export const number = (range: Range = {}): NumberKind => ({
  ...{ is: 'number', unit: 'none' },
  ...unlimited,
  ...range,
});
export const whole = (least: number, most = Infinity): NumberKind =>
  number({ least, most, whole: true });
export const share: NumberKind = number({ most: 1 });
export const duration = (range: Range = {}): NumberKind => ({
  ...{ is: 'number', unit: 'ms' },
  ...unlimited,
  ...range,
});
/** Of an option whose name ends in Ms. */
export const ms = (range: Range = {}): NumberKind => duration({ bare: true, ...range });
export const size = (range: Range = {}): NumberKind => ({
  ...{ is: 'number', unit: 'bytes' },
  ...unlimited,
  ...range,
});
/** Of an option whose name ends in Bytes. */
export const bytes = (range: Range = {}): NumberKind => size({ bare: true, ...range });
export const rate: NumberKind = {
  ...{ is: 'number', unit: 'bytes/s', above: true },
  ...unlimited,
};
export const word = (...words: readonly string[]): WordKind => ({ is: 'word', words });
export const list = (of: Kind, one = true): ListKind => ({ is: 'list', of, one });
export const nodes: Kind = { is: 'nodes' };
export const flag: Kind = { is: 'flag' };
export const text: Kind = { is: 'text' };
