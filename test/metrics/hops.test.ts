import { describe, expect, it } from 'vitest';
import { DELIVERED, DUPLICATE } from '../../src/engine/model.ts';
import { hops } from '../../src/metrics/index.ts';

/** 0 has the rumour at once; 0 -> 1 -> 2, and 0 -> 3. */
function chain() {
  const meter = hops({ n: 5 });
  meter.onInput?.(0, 0, 0);
  meter.onFact?.(0, DELIVERED, 0, 0);
  const tell = (now: number, from: number, to: number, fact: number) => {
    meter.onMessage?.(now, to, from, 0);
    meter.onFact?.(now, fact, to, 0);
  };
  tell(10, 0, 1, DELIVERED);
  tell(20, 1, 2, DELIVERED);
  tell(25, 0, 2, DUPLICATE);
  tell(30, 0, 3, DELIVERED);
  return meter;
}

describe('hops', () => {
  it('counts the messages between the origin and the first delivery', () => {
    expect([...chain().column()]).toEqual([0, 1, 2, 1, -1]);
  });

  it('gives mean and largest over the nodes that heard', () => {
    expect([chain().mean(), chain().max()]).toEqual([1, 2]);
  });

  it('gives null where nobody heard', () => {
    const meter = hops({ n: 3, rumours: 2 });
    expect([meter.mean(1), meter.max(1)]).toEqual([null, null]);
  });

  it('keeps the first delivery of a node that hears again', () => {
    const meter = chain();
    meter.onMessage?.(40, 3, 2, 0);
    meter.onFact?.(40, DELIVERED, 3, 0);
    expect(meter.column()[3]).toBe(1);
  });

  it('takes an input at a node that has just received a message for an origin', () => {
    const meter = hops({ n: 3, rumours: 2 });
    meter.onInput?.(0, 0, 0);
    meter.onFact?.(0, DELIVERED, 0, 0);
    meter.onMessage?.(5, 1, 0, 0);
    meter.onFact?.(5, DELIVERED, 1, 0);
    meter.onInput?.(5, 1, 1);
    meter.onFact?.(5, DELIVERED, 1, 1);
    expect([meter.column(0)[1], meter.column(1)[1]]).toEqual([1, 0]);
  });

  it('catches a node that passes on what it never heard', () => {
    const meter = hops({ n: 3 });
    meter.onMessage?.(5, 1, 2, 0);
    expect(() => meter.onFact?.(5, DELIVERED, 1, 0)).toThrow('BUG');
  });

  it('catches a rumour that it was not told of', () => {
    const meter = hops({ n: 2, rumours: 1 });
    expect(() => meter.onFact?.(0, DELIVERED, 0, 1)).toThrow('met rumour 1');
  });
});
