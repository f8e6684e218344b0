import type { Kind } from '../base/kinds.ts';

/** What a protocol is about, and so what of it can be observed. */
export type Family = 'broadcast' | 'detection' | 'ordering' | 'load' | 'state';

export interface OptionEntry {
  /** 'required' where there is none; in words where it hangs on other values. */
  readonly default: unknown;
  readonly about: string;
  /** What it may be in a scenario file; absent: it can be set by programs only. */
  readonly is?: Kind;
}

/** What the registry says of a protocol. */
export interface ProtocolEntry {
  readonly about: string;
  readonly source: string;
  readonly family: Family;
  /** Whether it acts in the rounds of the scenario; others have periods of their own, or none. */
  readonly rounds: boolean;
  /** What the workload can ask of a node. */
  readonly inputs: readonly string[];
  /** Below src/protocols. */
  readonly file: string;
  readonly make: unknown;
  readonly options: Readonly<Record<string, OptionEntry>>;
}

/** An entry for every option of a factory, and no other: the compiler tells what is missing. */
export type OptionsOf<F extends (...args: never[]) => unknown, Place extends number = 0> = Readonly<
  Record<keyof NonNullable<Parameters<F>[Place]>, OptionEntry>
>;
