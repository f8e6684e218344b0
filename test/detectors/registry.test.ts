import { describe, expect, test, vi } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { detectorKinds, detectorOf } from '../../src/detectors/registry.ts';

describe.each(Object.entries(detectorKinds))('%s', (_name, kind) => {
  test('every option has a default and a description', () => {
    expect(Object.keys(kind.options).sort()).toEqual(Object.keys(kind.defaults).sort());
  });

  test('the defaults are those for a period of a second', () => {
    expect({ ...kind.defaults, ...kind.forPeriod(1000) }).toEqual(kind.defaults);
  });

  test('levels go up, and those in ms grow with the period', () => {
    const levels = kind.levels(1000);
    expect(levels.length).toBeGreaterThanOrEqual(8);
    for (let i = 1; i < levels.length; i++) expect(levels[i]).toBeGreaterThan(levels[i - 1]);
    const factor = kind.make({})(1).unit === 'ms' ? 10 : 1;
    expect(kind.levels(10_000)).toEqual(levels.map((level) => level * factor));
  });

  test('options that are not numbers of a sensible size are refused', () => {
    for (const option of Object.keys(kind.options)) {
      expect(() => kind.make({ [option]: NaN }), option).toThrow(UserError);
      expect(() => kind.make({ [option]: -1e13 }), option).toThrow(UserError);
      expect(() => kind.make({ [option]: Infinity }), option).toThrow(UserError);
    }
  });

  test('columns that would not fit are refused before they are allocated', () => {
    const factory = kind.make({});
    expect(() => factory(1e9)).toThrow(/must fit in 8 GiB; got .* Lower .*the number of nodes$/);
  });

  test('it declares the bytes that it takes', () => {
    let taken = 0;
    function note<A extends ArrayBufferView>(columns: A): A {
      taken += columns.byteLength;
      return columns;
    }
    for (const name of ['Uint8Array', 'Int32Array', 'Uint32Array', 'Float64Array'] as const) {
      const Original = globalThis[name];
      const count = { construct: (_: object, [length]: [number]) => note(new Original(length)) };
      vi.stubGlobal(name, new Proxy(Original, count));
    }
    const detector = kind.make({})(3);
    vi.unstubAllGlobals();
    expect(taken).toBe(3 * detector.bytesPerPair);
  });
});

test.each([
  [() => detectorOf('phi'), /^detector: phi is not known; there are timeout, /],
  [() => detectorOf('toString'), /not known/],
  [
    () => detectorOf('timeout', { timeout: 5 }),
    /^timeout: option timeout is not known; there are timeoutMs$/,
  ],
  [
    () => detectorOf('nfd-e', { window: 0 }),
    /^nfd-e: window must be a whole number in 1\.\.1048576; got 0$/,
  ],
  [() => detectorOf('nfd-s', { etaMs: 0 }), /^nfd-s: etaMs must be a number above 0; got 0$/],
  [
    () => detectorOf('bertier', { gamma: 1.5 }),
    /^bertier: gamma must be a number in \[0, 1\]; got 1\.5$/,
  ],
  [
    () => detectorOf('phi-normal', { window: 5 }),
    /^phi-normal: warmUp must be a whole number in 1\.\.5; got 10$/,
  ],
  [() => detectorOf('phi-exponential', { maxIntervalMs: 0 }), /^phi-exponential: maxIntervalMs/],
])('impossible parameters are one sentence (%#)', (make, sentence) => {
  expect(make).toThrow(UserError);
  expect(make).toThrow(sentence);
});

test('the refusal names the window where there is one', () => {
  expect(() => detectorOf('phi-akka')(1e7)).toThrow(
    /^phi-akka: its columns must fit in 8 GiB; got 37\.9 GiB for 10000000 pairs of 4068 bytes\. Lower window or the number of nodes$/,
  );
});
