/**
 * What a verb of the command line declares. main.ts turns the declaration into yargs options, help and completion, so
 * that the files of the verbs know nothing of yargs. Everything a verb needs beyond this is imported inside `run`:
 * `--help` must not load the simulator.
 */

export interface Option {
  readonly describe: string;
  /** 'switch' is there or not; 'text' takes one value, the last one given wins; 'list' may be repeated. */
  readonly kind: 'switch' | 'text' | 'list';
  /** What stands for the value in the help: `N`, `DIR`. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly short?: string; // one letter
}

export interface Verb {
  readonly name: string;
  readonly summary: string;
  /** The words after the verb, for the help: `NAME...`. */
  readonly words?: { readonly name: string; readonly describe: string };
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly (readonly [command: string, what: string])[];
  readonly notes?: string;
  /** Resolves to the exit code. */
  readonly run: (given: Given) => Promise<number>;
}

/** What the user typed, checked as far as the declaration goes. */
export interface Given {
  readonly words: readonly string[];
  readonly switches: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

/** Exit codes of every verb. */
export const DONE = 0;
export const FAILED = 1;
export const WRONG_INPUT = 2;
export const INTERRUPTED = 130;

/** How a verb that prints data lets the user choose its shape. */
export const FORMAT: Option = {
  kind: 'text',
  value: 'FORMAT',
  choices: ['table', 'json'],
  describe: 'table (default) or json, on stdout',
};

/** How a verb that runs many things lets workers on other machines do it. */
export const REDIS: Option = {
  kind: 'text',
  value: 'URL',
  describe:
    'let the workers at this Redis or Valkey server do it (redis://HOST:PORT; hearsay worker starts one); the results are the same',
};
