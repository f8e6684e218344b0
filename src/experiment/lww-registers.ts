/**
 * Updates of a few registers that every node replicates, as Poisson processes, by mail without loss. Beside what becomes
 * of them: what the law of lww-theory.ts says for the clocks as they are, read whenever something is written.
 */
import type { Env, ProtocolFactory, Scenario } from '../engine/model.ts';
import { complete, exponential } from '../network/index.ts';
import { directMail, type OrderingOptions, operations } from '../protocols/index.ts';
import { clockSpread, type SkewedRegister, shadowedByClocks } from './lww-theory.ts';
import type { Measures } from './model.ts';
import { orderedRun } from './ordered-run.ts';

/** Registers, who writes them and how often, under which stamps and clocks. */
export interface LwwRegisters extends Pick<SkewedRegister, 'intervalMs' | 'latencyMs' | 'nodes'> {
  readonly seed: string;
  readonly keys: number;
  /** Writes to a register that are counted, in the mean; those before are not. */
  readonly counted: number;
  /** For so long writes are not counted: by then a register has a past that reaches as far as clocks are apart. */
  readonly warmUpMs: number;
  readonly clocks: NonNullable<Scenario<number>['faults']>;
  readonly layer: OrderingOptions;
}

const SETTLE_MS = 60_000;

/** Runs them, and counts what became of the updates. */
export function lwwRegisters(given: LwwRegisters): Measures {
  const { seed, nodes, keys, intervalMs, latencyMs, warmUpMs, clocks, layer } = given;
  const untilMs = warmUpMs + given.counted * intervalMs;
  const perSecond = (1000 * keys) / intervalMs / nodes;
  const workload = operations({ seed, n: nodes, keys, perSecond, untilMs });
  const counted = workload.list.filter(({ atMs }) => atMs >= warmUpMs).length;
  const readings = clockReadings(directMail(), given);
  const { fates, order, metadataBytes } = orderedRun({
    ...{ seed, operations: workload, layer, broadcast: readings.protocol, faults: clocks },
    ...{ overlay: complete, link: exponential({ meanMs: latencyMs }), sinceMs: warmUpMs },
    horizonMs: untilMs + SETTLE_MS,
  });
  const { lost, unordered } = fates.losses();
  const { overwrites, shadowed, siblings, reads } = fates.counts;
  return {
    writes: counted,
    shadowed_frac: shadowed / overwrites,
    shadowed_law_frac: readings.law(),
    shadowed_less_law_frac: shadowed / overwrites - readings.law(),
    lost_frac: lost / counted,
    unordered_frac: unordered / counted,
    siblings_per_read: siblings / reads,
    divergent_frac: fates.divergent() / keys,
    held_frac: order.counts.held / order.counts.applied,
    clock_sd_ms: readings.spreadMs(),
    metadata_bytes: metadataBytes,
  };
}

/** The protocol, which reads all clocks when a counted write is issued. */
function clockReadings(protocol: ProtocolFactory<number>, register: LwwRegisters) {
  const sums = { count: 0, law: 0, variance: 0 };
  const offsets = new Float64Array(register.nodes); // [node] ms

  function read(env: Env<number>) {
    if (env.now() < register.warmUpMs * 1000) return;
    for (let node = 0; node < env.n; node++) offsets[node] = (env.clock(node) - env.now()) / 1000;
    sums.count++;
    sums.law += shadowedByClocks(offsets, register);
    sums.variance += clockSpread(offsets) ** 2;
  }

  const reading: ProtocolFactory<number> = (env) => {
    const inner = protocol(env);
    return {
      ...inner,
      onInput(node, input) {
        read(env);
        inner.onInput?.(node, input);
      },
    };
  };
  return {
    protocol: reading,
    law: () => sums.law / sums.count,
    spreadMs: () => Math.sqrt(sums.variance / sums.count),
  };
}
