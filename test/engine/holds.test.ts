/** Messages that are handles: each copy under way holds one reference, whatever becomes of it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fault, ProtocolFactory } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { between, coin, copied, everyone } from './support.ts';

it('references equal the copies in flight, under loss, copies, crashes, pauses and slow nodes', () => {
  const cases = fc.record({
    seed: fc.string({ minLength: 1 }),
    loss: fc.constantFrom(0, 0.3, 1),
    copies: fc.integer({ min: 0, max: 3 }),
    crashMs: fc.integer({ min: 0, max: 400 }),
    upMs: fc.integer({ min: 1, max: 400 }),
    pauseMs: fc.integer({ min: 0, max: 300 }),
    serviceMs: fc.constantFrom(0, 5, 200),
    handles: fc.constantFrom('numbers', 'objects'),
  });
  fc.assert(
    fc.property(cases, ({ seed, loss, copies, crashMs, upMs, pauseMs, serviceMs, handles }) => {
      const references = new Map<unknown, number>();
      const add = (message: unknown, by: number) => {
        const count = (references.get(message) ?? 0) + by;
        expect(count).toBeGreaterThanOrEqual(0);
        if (count === 0) references.delete(message);
        else references.set(message, count);
      };
      let made = 0;
      const protocol: ProtocolFactory<number | { id: number }> = (env) => ({
        holds: { retain: (message) => add(message, 1), release: (message) => add(message, -1) },
        onRound(node) {
          const message = handles === 'numbers' ? made++ : { id: made++ };
          add(message, 1);
          for (const partner of env.peers(node, 2)) env.send(node, partner, message);
          add(message, -1);
        },
        onMessage: (_node, _from, message) => expect(references.get(message)).toBeGreaterThan(0),
      });
      const faults: Fault[] = [
        { atMs: crashMs, node: 1, kind: 'crash' },
        { atMs: crashMs + upMs, node: 1, kind: 'restart' },
        { atMs: pauseMs, node: 2, kind: 'pause', untilMs: pauseMs + 150 },
        { atMs: 100, node: 3, kind: 'slow', serviceMs },
      ];
      const { traffic } = simulate({
        seed,
        n: 5,
        protocol,
        link: copied(copies, coin(loss, between(1, 60))),
        overlay: everyone,
        rounds: { periodMs: 30, phase: 'random' },
        faults,
        horizonMs: 500,
        checked: true,
      });
      const held = [...references.values()].reduce((sum, count) => sum + count, 0);
      expect(held).toBe(traffic.inFlight);
    }),
    { numRuns: 80, seed: 11 },
  );
});
