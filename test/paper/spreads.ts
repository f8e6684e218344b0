/** Runs of broadcasts, and what is measured of them, to be held against what is published. */
import { expect } from 'vitest';
import { type Statistic, statistic } from '../../src/base/statistics.ts';
import { micros } from '../../src/base/time.ts';
import { DELIVERED, type ProtocolFactory, type Scenario } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { settled } from '../../src/engine/stop.ts';
import { constant } from '../../src/network/latency.ts';
import { complete } from '../../src/network/overlay.ts';
import { CALL } from '../../src/protocols/broadcast/messages.ts';
import { rumourOf, tagOf } from '../../src/protocols/index.ts';

const Z = 4.215; // two-sided alpha 2.5e-5
export const PERIOD_MS = 1000;

export interface Spread {
  readonly residue: number; // s: share never told
  readonly traffic: number; // m: rumours sent per node
  readonly calls: number; // CALL messages per node
  readonly last: number; // t_last: cycle of the last useful arrival
  readonly arrivals: readonly number[]; // [node] cycle in which it heard; -1 = never
}

export function spread(
  protocol: ProtocolFactory<number>,
  seed: string,
  { n = 1000, ...more }: Partial<Scenario<number>> = {},
): Spread {
  const arrivals = new Array<number>(n).fill(-1);
  let sent = 0;
  let calls = 0;
  const { facts } = simulate({
    seed,
    n,
    protocol,
    link: constant({ ms: 1 }),
    overlay: complete,
    rounds: { periodMs: PERIOD_MS, phase: 'synchronised' },
    workload: [{ atMs: 0, node: 0, input: 0 }],
    horizonMs: 1e6,
    stop: settled,
    observers: [
      {
        onFact(now, fact, node) {
          if (fact === DELIVERED) arrivals[node] = Math.floor(now / micros(PERIOD_MS));
        },
        onSend(_now, _from, _to, message) {
          if (rumourOf(message) >= 0) sent++;
          else if (tagOf(message) === CALL) calls++;
        },
      },
    ],
    ...more,
  });
  const residue = 1 - facts[DELIVERED] / n;
  return { residue, traffic: sent / n, calls: calls / n, last: Math.max(...arrivals), arrivals };
}

export const repeat = (
  runs: number,
  protocol: ProtocolFactory<number>,
  more?: Partial<Scenario<number>>,
): Spread[] => Array.from({ length: runs }, (_, i) => spread(protocol, `paper ${i}`, more));

export const measure = (runs: readonly Spread[], of: (run: Spread) => number): Statistic =>
  statistic(runs.map(of));

/** Within `tolerance`, which is what the source leaves open, beyond the noise of our own estimate. */
export function expectNear({ mean, se }: Statistic, expected: number, tolerance = 0): void {
  expect(Math.abs(mean - expected), `${mean} (se ${se}) instead of ${expected}`).toBeLessThan(
    tolerance + Z * se,
  );
}

/** The share s < 1 never told if everyone who is told tells `mean` others on average: s = exp(-mean (1 - s)). */
export function residueOf(mean: number): number {
  let s = 0;
  for (let i = 0; i < 1000; i++) s = Math.exp(-mean * (1 - s));
  return s;
}
