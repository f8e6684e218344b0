/** Runs written by hand, and cells as they are at a time. */
import { FAULT_NAMES, type FaultName, type RunColumns } from '../../../src/report/replay/model.ts';

export interface ByHand {
  readonly n: number;
  readonly end?: number;
  readonly family?: RunColumns['family'];
  readonly facts?: readonly (readonly [at: number, kind: number, node: number, about: number])[];
  readonly faults?: readonly (readonly [at: number, fault: FaultName, node: number])[];
}

export function byHand({
  n,
  end = 1000,
  family = 'detection',
  facts = [],
  faults = [],
}: ByHand): RunColumns {
  const none = new Int32Array(0);
  const never = new Float64Array(0);
  const bytes = new Uint8Array(0);
  return {
    ...{ n, end, family },
    facts: {
      at: Float64Array.from(facts, ([at]) => at),
      kind: Uint8Array.from(facts, ([, kind]) => kind),
      node: Int32Array.from(facts, ([, , node]) => node),
      about: Int32Array.from(facts, ([, , , about]) => about),
    },
    faults: {
      at: Float64Array.from(faults, ([at]) => at),
      kind: Uint8Array.from(faults, ([, fault]) => FAULT_NAMES.indexOf(fault)),
      node: Int32Array.from(faults, ([, , node]) => node),
    },
    messages: {
      ...{ at: never, arrives: never, done: never, from: none, to: none, word: none },
      ...{ fate: bytes, news: bytes },
    },
  };
}
