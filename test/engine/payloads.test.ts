import { describe, expect, it } from 'vitest';
import { contentHash, Payloads } from '../../src/engine/payloads.ts';

describe('payloads', () => {
  it('hand back the very value that was stored', () => {
    const payloads = new Payloads<object>(false);
    const values = [{ a: 1 }, [2], new Int32Array(3)];
    const handles = values.map((value) => payloads.store(value));
    expect(handles.map((handle) => payloads.take(handle))).toEqual(values);
  });

  it('use a handle again once its message was taken', () => {
    const payloads = new Payloads<string>(false);
    const first = payloads.store('a');
    payloads.take(first);
    expect(payloads.store('b')).toBe(first);
    expect(payloads.take(first)).toBe('b');
  });

  it('catch a change of what is stored, in checked mode', () => {
    const payloads = new Payloads<number[]>(true);
    const message = [1, 2];
    const handle = payloads.store(message);
    message.push(3);
    expect(() => payloads.take(handle)).toThrow('send a copy');
  });
});

describe('the content hash', () => {
  it('looks into arrays, typed arrays and objects, however nested', () => {
    const make = (x: number) => ({ rows: [{ row: Float64Array.of(1, x) }], text: 'a' });
    expect(contentHash(make(2))).toBe(contentHash(make(2)));
    expect(contentHash(make(2))).not.toBe(contentHash(make(3)));
  });

  it('sees every element of a typed array, wherever it begins', () => {
    const all = Uint8Array.from({ length: 9 }, (_, i) => i);
    const part = () => contentHash(all.subarray(1, 8));
    const before = part();
    all[8] = 100;
    expect(part()).toBe(before);
    all[7] = 100;
    expect(part()).not.toBe(before);
  });

  it('takes what has no text, too', () => {
    expect(contentHash(undefined)).toBe(contentHash(undefined));
  });
});
