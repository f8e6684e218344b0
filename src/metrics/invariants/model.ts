/**
 * What must hold in any run of any scenario. An invariant watches a run and tells what breaks it; it changes nothing.
 * Use those of this folder for protocols of your own, or write your own as they are written.
 */
import type { Micros } from '../../base/time.ts';
import type { Observer, Outcome, Scenario } from '../../engine/model.ts';

/** Something that happened and must not. */
export interface Violation {
  readonly invariant: string;
  /** When it was noticed. */
  readonly at: Micros;
  readonly sentence: string;
}

/** Says that something is broken, when (us) and what. */
export type Tell = (at: Micros, sentence: string) => void;

/** The observer of one run. */
export interface Watch<M> extends Observer<M> {
  /** The run is over. */
  onEnd?(outcome: Outcome): void;
}

/** A name, what it says, and what watches a run for it. */
export interface Invariant<M = unknown> {
  readonly name: string;
  readonly about: string;
  readonly watch: (scenario: Scenario<M>, tell: Tell) => Watch<M>;
}
