/**
 * Columns of whole numbers as text: each number in 7 bits a byte, low bits first (LEB128, as in DWARF and WebAssembly), the
 * bytes in base64. What only grows is given as differences. Neither compression nor rounding: the same numbers have the same text
 * everywhere.
 */

/** @param values whole numbers, 0 <= value < 2^53. */
export function packed(values: ArrayLike<number>): string {
  const bytes: number[] = [];
  for (let i = 0; i < values.length; i++) {
    let rest = values[i];
    while (rest >= 128) {
      bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
  }
  return base64(bytes);
}

/** @param values each at least as large as the one before; the first at least 0. */
export function packedRising(values: ArrayLike<number>): string {
  const gaps = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) gaps[i] = values[i] - (i === 0 ? 0 : values[i - 1]);
  return packed(gaps);
}

export function unpacked(text: string): Float64Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const values = new Float64Array(bytes.reduce((count, byte) => count + (byte < 128 ? 1 : 0), 0));
  let [i, factor] = [0, 1];
  for (const byte of bytes) {
    values[i] += (byte % 128) * factor;
    factor *= 128;
    if (byte < 128) {
      i++;
      factor = 1;
    }
  }
  return values;
}

export function unpackedRising(text: string): Float64Array {
  const values = unpacked(text);
  for (let i = 1; i < values.length; i++) values[i] += values[i - 1];
  return values;
}

/** In pieces, as arguments of a call are limited. */
function base64(bytes: readonly number[]): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    binary += String.fromCharCode(...bytes.slice(i, i + 8192));
  }
  return btoa(binary);
}
