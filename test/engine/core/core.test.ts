import { afterEach, describe, expect, it, vi } from 'vitest';
import { wasm } from '../../../src/base/wasm.ts';
import { Core } from '../../../src/engine/core/core.ts';
import { streamsOf } from '../../../src/engine/streams.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a core', () => {
  it('ends with a sentence where the process may reserve no more addresses', () => {
    vi.spyOn(wasm!, 'Memory').mockImplementation(function full() {
      throw new RangeError('WebAssembly.Memory(): could not allocate memory');
    });
    expect(() => new Core(7)).toThrow(
      /^simulate: a run needs 10 GiB of addresses .+: WebAssembly\.Memory\(\): could not allocate memory\. Raise the limit of virtual memory/,
    );
  });

  it('knows no stream of another one', () => {
    const [mine, others] = [new Core(7), new Core(7)];
    const streams = streamsOf('s', 3, others);
    const stream = streams.stream('latency');
    expect(others.placeOf(stream)).toMatchObject({ key0: expect.any(Number) });
    expect(mine.placeOf(stream)).toBeUndefined();
  });
});
