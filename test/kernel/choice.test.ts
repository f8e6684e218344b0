import { afterEach, describe, expect, test, vi } from 'vitest';

const asItIs = (globalThis as { WebAssembly?: unknown }).WebAssembly;

/** The kernels as a process loads them, with this WebAssembly. */
async function loadWith(api: unknown) {
  vi.resetModules();
  vi.stubGlobal('WebAssembly', api);
  const { makeKernel, preferKernel } = await import('../../src/kernel/kernel.ts');
  return {
    nameOf: (name?: 'wasm' | 'ts') => makeKernel(64, 1, name).constructor.name,
    preferKernel,
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the kernel that is used', () => {
  test('is the one with SIMD where it runs', async () => {
    const { nameOf } = await loadWith(asItIs);
    expect(nameOf()).toBe('WasmKernel');
  });

  test('is plain TypeScript where there is no WebAssembly', async () => {
    const { nameOf } = await loadWith(undefined);
    expect(nameOf()).toBe('PlainKernel');
    expect(() => nameOf('wasm')).toThrow(
      "heartbeat table: the kernel must be 'ts' where WebAssembly SIMD does not run; got 'wasm'",
    );
  });

  test('is plain TypeScript where WebAssembly has no SIMD', async () => {
    const { nameOf } = await loadWith({ validate: () => false });
    expect(nameOf()).toBe('PlainKernel');
  });

  test('is the one that is preferred, unless a table names another', async () => {
    const { nameOf, preferKernel } = await loadWith(asItIs);
    preferKernel('ts');
    expect([nameOf(), nameOf('wasm')]).toEqual(['PlainKernel', 'WasmKernel']);
    preferKernel(undefined);
    expect(nameOf()).toBe('WasmKernel');
  });

  test('has a name that is known', async () => {
    const { preferKernel } = await loadWith(asItIs);
    expect(() => preferKernel('fast')).toThrow(
      'heartbeat table: the kernel must be "wasm" or "ts"; got "fast"',
    );
  });
});
