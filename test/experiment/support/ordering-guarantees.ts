/** What each layer promises, in random scenarios: any broadcast, loss, crashes, pauses and clocks; as tests. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fault } from '../../../src/engine/model.ts';
import { type OrderedScenario, orderedRun } from '../../../src/experiment/ordered-run.ts';
import { clocks, faults, normalSkew } from '../../../src/faults/index.ts';
import { complete, exponential, lossy } from '../../../src/network/index.ts';
import { antiEntropy } from '../../../src/protocols/broadcast/anti-entropy.ts';
import { directMail } from '../../../src/protocols/broadcast/direct-mail.ts';
import { infectAndDie } from '../../../src/protocols/broadcast/infect-and-die.ts';
import { push } from '../../../src/protocols/broadcast/push.ts';
import { operations } from '../../../src/protocols/ordering/operations.ts';
import {
  DELIVERIES,
  type DeliveryName,
  RESOLUTIONS,
  type ResolutionName,
} from '../../../src/protocols/ordering/options.ts';

const UNTIL_MS = 2000; // of operations and faults; what is repaired is repaired in the rest
const HORIZON_MS = 12_000;
const BROADCASTS = {
  mail: directMail({ behind: antiEntropy() }),
  push: push({ fanout: 2 }),
  infect: infectAndDie({ fanout: 2 }),
};

const scenarios = fc
  .record({
    seed: fc.string({ minLength: 1, maxLength: 4 }),
    n: fc.integer({ min: 2, max: 7 }),
    keys: fc.integer({ min: 1, max: 3 }),
    perSecond: fc.constantFrom(1, 3),
    updateShare: fc.constantFrom(0, 0.5, 0.8),
    thinkMs: fc.constantFrom(0, 100),
    clientsPerNode: fc.integer({ min: 1, max: 3 }),
    broadcast: fc.constantFrom('mail', 'push', 'infect'),
    loss: fc.constantFrom(0, 0.1, 0.4),
    meanMs: fc.constantFrom(5, 80),
    skewMs: fc.constantFrom(0, 300),
    hurts: fc.array(fc.tuple(fc.nat(), fc.nat(UNTIL_MS), fc.nat(500), fc.boolean()), {
      maxLength: 4,
    }),
    delivery: fc.constantFrom(...DELIVERIES),
    resolution: fc.constantFrom(...RESOLUTIONS),
    own: fc.integer({ min: 1, max: 3 }),
    entryOf: fc.constantFrom('node', 'client'),
  })
  .map((given) => ({ ...given, readShare: 0.2, deleteShare: 0, untilMs: UNTIL_MS }));
type Given = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

/** A node is down or paused for a while; down and up again at UNTIL_MS at the latest. */
function hurt(n: number, [node, atMs, lastingMs, crashes]: Given['hurts'][number]): Fault[] {
  const untilMs = Math.min(UNTIL_MS, atMs + lastingMs) + 1;
  const who = node % n;
  if (!crashes) return [{ atMs, node: who, kind: 'pause', untilMs }];
  return [
    { atMs, node: who, kind: 'crash' },
    { atMs: untilMs, node: who, kind: 'restart' },
  ];
}

function scenarioOf(given: Given): OrderedScenario {
  const { seed, n, delivery, resolution, own, entryOf } = given;
  const hurts = given.hurts.flatMap((one) => hurt(n, one)).toSorted((a, b) => a.atMs - b.atMs);
  return {
    seed,
    operations: operations(given),
    broadcast: BROADCASTS[given.broadcast as keyof typeof BROADCASTS],
    layer: { delivery, resolution, own, entries: 4, entryOf: entryOf as 'node' | 'client' },
    link: lossy(given.loss, exponential({ meanMs: given.meanMs })),
    overlay: complete,
    rounds: { periodMs: 300, phase: 'random' },
    faults: faults(hurts, clocks({ skewMs: normalSkew(given.skewMs) })),
    horizonMs: HORIZON_MS,
    checked: true,
  };
}

export interface Fuzz {
  /** fast-check prints it where a property fails. */
  readonly seed: number;
  readonly numRuns: number;
}

/** Runs scenarios with that delivery or resolution, if given; returns how many runs there were that `counts` for. */
const holding =
  ({ seed, numRuns }: Fuzz) =>
  (
    only: {
      readonly delivery?: readonly DeliveryName[];
      readonly resolution?: readonly ResolutionName[];
    },
    property: (run: ReturnType<typeof orderedRun>, given: Given) => boolean,
  ): number => {
    let met = 0;
    const { delivery = DELIVERIES, resolution = RESOLUTIONS } = only;
    const those = fc
      .tuple(scenarios, fc.constantFrom(...delivery), fc.constantFrom(...resolution))
      .map(([given, ...rest]) => ({ ...given, delivery: rest[0], resolution: rest[1] }));
    fc.assert(
      fc.property(those, (given) => {
        if (property(orderedRun(scenarioOf(given)), given)) met++;
      }),
      { seed, numRuns },
    );
    return met;
  };

/** Every write has come to every node. */
const isComplete = ({ order, operations: { n } }: ReturnType<typeof orderedRun>) =>
  order.counts.arrived === order.counts.issued * (n - 1);

/** In every run it holds, and it could have failed in a good share of them. */
export function guarantees(fuzz: Fuzz) {
  const holds = holding(fuzz);
  const some = fuzz.numRuns / 25;
  const many = fuzz.numRuns / 3;

  it('causal delivery violates neither the true order nor that of an origin', () => {
    const met = holds({ delivery: ['causal'] }, ({ order: { counts } }) => {
      expect(counts.causalViolations).toBe(0);
      expect(counts.fifoViolations).toBe(0);
      return counts.held > 0;
    });
    expect(met).toBeGreaterThan(many);
  });

  it('fifo delivery does not violate the order of an origin, but the true one', () => {
    const met = holds({ delivery: ['fifo'] }, ({ order: { counts } }) => {
      expect(counts.fifoViolations).toBe(0);
      return counts.causalViolations > 0;
    });
    expect(met).toBeGreaterThan(some);
  });

  it('the others violate both', () => {
    for (const delivery of ['at-once', 'probabilistic'] as const) {
      const met = holds(
        { delivery: [delivery] },
        ({ order: { counts } }) => counts.causalViolations > 0 && counts.fifoViolations > 0,
      );
      expect(met).toBeGreaterThan(some);
    }
  });

  it('what arrives is applied once, or waits; and nothing waits where all has arrived', () => {
    const met = holds({}, (run) => {
      const { arrived, applied } = run.order.counts;
      expect(applied + run.order.left()).toBe(arrived);
      if (!isComplete(run)) return false;
      expect(run.order.left()).toBe(0);
      return true;
    });
    expect(met).toBeGreaterThan(many);
  });

  it('replicas agree where all has arrived and a stamp decides', () => {
    const stamps = RESOLUTIONS.filter((one) => one !== 'arrival');
    const met = holds({ resolution: stamps, delivery: ['at-once', 'fifo', 'causal'] }, (run) => {
      if (!isComplete(run)) return false;
      expect(run.fates.divergent()).toBe(0);
      return true;
    });
    expect(met).toBeGreaterThan(many);
    const divergent = holds(
      { resolution: ['arrival'] },
      (run) => isComplete(run) && run.fates.divergent() > 0,
    );
    expect(divergent).toBeGreaterThan(some);
  });

  it('clocks that follow what they see lose only concurrent writes, whatever the skew', () => {
    const resolution = ['lamport', 'hybrid'] as const;
    const met = holds({ delivery: ['causal'], resolution }, ({ fates }) => {
      expect(fates.counts.shadowed).toBe(0);
      const { lost, unordered } = fates.losses();
      expect(unordered).toBe(0);
      return lost > 0;
    });
    expect(met).toBeGreaterThan(many);
  });

  it('last write wins loses only concurrent writes if clocks agree, and others if not', () => {
    let unordered = 0;
    const met = holds({ delivery: ['causal'], resolution: ['wall-clock'] }, ({ fates }, given) => {
      const losses = fates.losses();
      if (given.skewMs > 0) unordered += losses.unordered;
      else expect([losses.unordered, fates.counts.shadowed]).toEqual([0, 0]);
      return given.skewMs === 0 && losses.lost > 0;
    });
    expect(met).toBeGreaterThan(some);
    expect(unordered).toBeGreaterThan(some);
  });

  it('dotted version vectors lose nothing, and keep siblings', () => {
    const met = holds({ delivery: ['causal', 'fifo'], resolution: ['dotted'] }, ({ fates }) => {
      expect(fates.losses().lost).toBe(0);
      return fates.counts.siblings > 0;
    });
    expect(met).toBeGreaterThan(some);
  });

  it('version vectors lose nothing with an entry for each client, but with one for each node', () => {
    let lost = 0;
    const met = holds(
      { delivery: ['causal'], resolution: ['version-vectors'] },
      ({ fates }, given) => {
        const losses = fates.losses();
        if (given.entryOf === 'node') lost += losses.lost;
        else expect(losses.lost).toBe(0);
        return given.entryOf === 'client';
      },
    );
    expect(met).toBeGreaterThan(some);
    expect(lost).toBeGreaterThan(0);
  });
}
