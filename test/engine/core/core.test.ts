import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { wasm } from '../../../src/base/wasm.ts';
import { Core } from '../../../src/engine/core/core.ts';
import { EventHash } from '../../../src/engine/hash.ts';
import { streamsOf } from '../../../src/engine/streams.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a core', () => {
  it('is none where the process may reserve no more addresses; one that is idle can be had', () => {
    const idle = Core.open();
    idle?.close();
    vi.spyOn(wasm!, 'Memory').mockImplementation(function full() {
      throw new RangeError('WebAssembly.Memory(): could not allocate memory');
    });
    expect(() => new Core(7)).toThrow(RangeError);
    const another = Core.open();
    expect(another).toBeInstanceOf(Core);
    expect(Core.open()).toBeUndefined();
    another?.close();
  });

  it('hashes as the reference does, at any time', () => {
    const core = new Core(7);
    const reference = new EventHash();
    const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    const near = fc
      .tuple(fc.constantFrom(2 ** 32, 2 ** 52, 2 ** 53 - 1), fc.nat(9))
      .map(([time, before]) => time - before);
    const time = fc.oneof(fc.maxSafeNat(), fc.nat(), near);
    const property = fc.property(time, fc.nat(15), word, word, (at, what, where, detail) => {
      core.occurred(at, what, where, detail);
      reference.add(at, what, where, detail);
      expect(core.hash).toEqual(reference.words);
    });
    fc.assert(property, { seed: 4, numRuns: 2000 });
  });

  it('knows no stream of another one', () => {
    const [mine, others] = [new Core(7), new Core(7)];
    const streams = streamsOf('s', 3, others);
    const stream = streams.stream('latency');
    expect(others.placeOf(stream)).toMatchObject({ key0: expect.any(Number) });
    expect(mine.placeOf(stream)).toBeUndefined();
  });
});
