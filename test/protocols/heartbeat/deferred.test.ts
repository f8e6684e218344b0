/**
 * Runs whose merges are put off and replayed do what runs that merge at once do: the same trace hash, facts, traffic,
 * and the same in every entry of the table.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../../../src/engine/model.ts';
import { JOINED, type Observer, type ProtocolFactory } from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { uniform } from '../../../src/network/latency.ts';
import { lossy } from '../../../src/network/loss.ts';
import { complete } from '../../../src/network/overlay.ts';
import {
  deferringGroundOf,
  type Ground,
  groundOf,
  heartbeatOn,
} from '../../../src/protocols/heartbeat/heartbeat.ts';

const SEED = 20261129;
const HORIZON_MS = 4000;

const scenarios = fc.record({
  seed: fc.string({ minLength: 1 }),
  n: fc.integer({ min: 3, max: 24 }),
  fanout: fc.integer({ min: 1, max: 3 }),
  failMs: fc.integer({ min: 300, max: 5000 }),
  exchange: fc.constantFrom('push', 'pull', 'push-pull'),
  maxEntries: fc.constantFrom(undefined, undefined, 3),
  knows: fc.constantFrom('all', 'all', [0, 1]),
  partners: fc.constantFrom('overlay', 'overlay', 'members'),
  phase: fc.constantFrom('random', 'synchronised', 'poisson'),
  loss: fc.constantFrom(0, 0.1),
  clock: fc.constantFrom('true', 'own'),
  faults: fc.array(
    fc.record({
      kind: fc.constantFrom('crash', 'restart', 'pause', 'clock'),
      node: fc.nat(23),
      atMs: fc.integer({ min: 1, max: HORIZON_MS }),
    }),
    { maxLength: 4 },
  ),
});
type Drawn = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

/** What else a fault of the kind says. */
const MORE: Record<string, ((atMs: number) => object) | undefined> = {
  pause: (atMs) => ({ untilMs: atMs + 700 }),
  clock: (atMs) => ({ stepMs: atMs % 2 === 0 ? atMs : -atMs }),
};

function run(drawn: Drawn, groundFor: (...args: Parameters<ProtocolFactory<number>>) => Ground) {
  const { seed, n, fanout, failMs, exchange, maxEntries, knows, partners, phase, loss } = drawn;
  const faults = drawn.faults
    .filter(({ node }) => node < n)
    .map((fault) => ({ ...fault, ...MORE[fault.kind]?.(fault.atMs) }));
  let ground: Ground | undefined;
  const outcome = simulate({
    seed,
    n,
    protocol(env) {
      ground = groundFor(env);
      const { clock } = drawn;
      const options = { fanout, failMs, exchange, knows, partners, clock } as const;
      const all = maxEntries === undefined ? options : { ...options, maxEntries };
      return heartbeatOn(ground, all as never)(env);
    },
    overlay: complete,
    link: lossy(loss, uniform({ minMs: 1, maxMs: 150 })),
    rounds: { periodMs: 100, phase },
    horizonMs: HORIZON_MS,
    faults: faults as Fault[],
    checked: true,
  });
  const { table } = ground!;
  const cells = Array.from({ length: n * n }, (_, pair) => {
    const [node, subject] = [Math.floor(pair / n), pair % n];
    return [
      table.generation(node, subject),
      table.heartbeat(node, subject),
      table.news(node, subject),
    ];
  });
  return { outcome, cells };
}

test('putting merges off changes nothing', () => {
  const check = (drawn: Drawn) => {
    const atOnce = run(drawn, ({ n }) => groundOf(n));
    const late = run(drawn, ({ n, emitLate }) =>
      groundOf(n, { later: (node, time, many) => emitLate!(time, JOINED, node, many) }),
    );
    expect(late).toEqual(atOnce);
  };
  fc.assert(fc.property(scenarios, check), { seed: SEED, numRuns: 150 });
});

const large = {
  seed: 'large',
  n: 200,
  overlay: complete,
  link: uniform({ minMs: 1, maxMs: 50 }),
  rounds: { periodMs: 1000, phase: 'random' },
  horizonMs: 12_000,
} as const;

function tableDefers(change: {
  observers?: Observer[];
  stop?: () => boolean;
  n?: number;
}): boolean {
  let ground: Ground | undefined;
  const protocol: ProtocolFactory<number> = (env) => {
    ground = deferringGroundOf(env);
    return heartbeatOn(ground, { failMs: 60_000 })(env);
  };
  simulate({ ...large, ...change, protocol });
  return ground!.table.defers;
}

test('merges are put off where nobody needs to know at once, of a table that is large', () => {
  expect(tableDefers({})).toBe(true);
  expect(tableDefers({ observers: [{ onSend() {}, onFacts() {} }] })).toBe(true);
  expect(tableDefers({ observers: [{ skipsFirstNews: true, onFact() {} }] })).toBe(true);
  expect(tableDefers({ observers: [{ onFact() {} }] })).toBe(false);
  expect(tableDefers({ stop: () => false })).toBe(false);
  expect(tableDefers({ n: 199 })).toBe(false);
});

test.each([200, 530])(
  'who watches %d nodes in bulk is told all facts, in order, late or not',
  (n) => {
    const facts = (also: Observer[]) => {
      const seen: string[] = [];
      let count = 0;
      const bulk: Observer = {
        onFacts(time, fact, node, many) {
          count += many;
          const last = seen.at(-1);
          const line = `${time} ${fact} ${node}`;
          if (line !== last) seen.push(line);
        },
      };
      const { hash } = simulate({
        ...large,
        n,
        horizonMs: 20_000,
        protocol: (env) => heartbeatOn(deferringGroundOf(env), { failMs: 60_000 })(env),
        observers: [bulk, ...also],
      });
      return { seen, count, hash };
    };
    const late = facts([]);
    expect(late).toEqual(facts([{ onFact() {} }]));
    expect(late.count).toBe(n * (n - 1));
  },
);

test('facts have the time of the simulation, whatever the clocks of the nodes say', () => {
  const facts = (also: Observer[]) => {
    const seen = new Map<string, number>();
    const bulk: Observer = {
      onFacts(time, fact, node, many) {
        const what = `${time} ${fact} ${node}`;
        seen.set(what, (seen.get(what) ?? 0) + many);
      },
    };
    const faults = [7000, -7000].map(
      (stepMs, node) => ({ kind: 'clock', node, atMs: 0, stepMs }) as const,
    );
    const { hash } = simulate({
      ...large,
      faults,
      protocol: (env) => heartbeatOn(deferringGroundOf(env), { failMs: 60_000, clock: 'own' })(env),
      observers: [bulk, ...also],
    });
    return { hash, seen };
  };
  expect(facts([])).toEqual(facts([{ onFact() {} }]));
});

test('who skips first news is told of everything else', () => {
  const seen = (skipsFirstNews: boolean) => {
    const facts: string[] = [];
    const told = new Set<string>(); // pairs
    const observer: Observer = {
      skipsFirstNews,
      onFact(now, fact, node, about) {
        const isFirst = fact === JOINED && !told.has(`${node} ${about}`);
        told.add(`${node} ${about}`);
        if (!isFirst) facts.push(`${now} ${fact} ${node} ${about}`);
      },
    };
    const protocol: ProtocolFactory<number> = (env) =>
      heartbeatOn(deferringGroundOf(env), { failMs: 8000, cleanupMs: 9000 })(env);
    const faults = [{ kind: 'pause', node: 7, atMs: 9000, untilMs: 20_000 }] as const;
    simulate({ ...large, horizonMs: 25_000, protocol, faults, observers: [observer] });
    return facts;
  };
  const skipping = seen(true);
  expect(skipping).toEqual(seen(false));
  expect(skipping.some((fact) => fact.includes(` ${JOINED} `))).toBe(true); // after it was forgotten
});
