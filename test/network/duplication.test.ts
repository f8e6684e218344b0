import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import type { Link, Transit } from '../../src/engine/model.ts';
import { DELIVERED } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import {
  bandwidth,
  complete,
  constant,
  duplicated,
  gilbertElliott,
  lossy,
  partitioned,
  perDirection,
} from '../../src/network/index.ts';
import { built } from './support.ts';

const link = constant({ ms: 1 });
const copiesOf = (transit: Transit) => transit.copies?.(0, 1, 0);

describe('duplication', () => {
  it('sends one copy at 0, two at 1, three if wrapped twice', () => {
    expect(copiesOf(built(duplicated(0, link)))).toBe(1);
    expect(copiesOf(built(duplicated(1, link)))).toBe(2);
    expect(copiesOf(built(duplicated(1, duplicated(1, link))))).toBe(3);
  });

  it.each<[string, (inner: Link) => Link]>([
    ['lossy', (inner) => lossy(0.5, inner)],
    ['perDirection', (inner) => perDirection(() => 0.5, inner)],
    ['gilbertElliott', (inner) => gilbertElliott({ goodToBad: 0.1, badToGood: 0.1 }, inner)],
    ['partitioned', (inner) => partitioned([], inner)],
    ['bandwidth', (inner) => bandwidth({ bytesPerSecond: 1e6 }, inner)],
  ])('is forwarded by %s', (_name, wrapper) => {
    expect(copiesOf(built(wrapper(duplicated(1, link))))).toBe(2);
    expect(built(wrapper(link)).copies).toBeUndefined();
  });

  // H0: second copies are binomial(20,000, 0.1): sd 42.4, alpha 1e-5: 187. A rate of 0.12 is off by 400, power > 0.99.
  it('sends a second copy in its share of messages', () => {
    const transit = built(duplicated(0.1, link));
    let second = 0;
    for (let i = 0; i < 20_000; i++) second += transit.copies!(i % 10, 0, 0) - 1;
    expect(Math.abs(second - 2000)).toBeLessThan(187);
  });

  it('balances in a run: every copy is sent, and delivered, lost or dead', () => {
    const outcome = simulate<number>({
      seed: 'duplication',
      n: 20,
      overlay: complete,
      link: lossy(0.2, duplicated(0.3, link)),
      protocol: (env) => ({
        onInput: (node) => env.send(node, env.peer(node), 0),
        onMessage: (node) => env.emit(DELIVERED, node),
      }),
      workload: Array.from({ length: 500 }, (_, i) => ({ atMs: i, node: i % 20, input: 0 })),
      faults: [{ atMs: 250, node: 3, kind: 'crash' }],
      horizonMs: 1000,
      checked: true, // which asserts the balance with what is pending
    });
    const { sent, delivered, lost, dead, inFlight } = outcome.traffic;
    expect(sent).toBeGreaterThan(560); // 487 messages or so, mean 633 copies
    expect(delivered + lost + dead).toBe(sent);
    expect(inFlight).toBe(0);
    expect(outcome.facts[DELIVERED]).toBe(delivered);
  });

  it('must be a probability', () => {
    expect(() => duplicated(-0.1, link)).toThrow(
      new UserError('duplicated: p must be a number in [0, 1]; got -0.1'),
    );
  });
});
