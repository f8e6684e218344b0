/**
 * Threefry-2x32 with 20 rounds: a counter-based generator, 64 bits out for a 64-bit key and a 64-bit counter.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 4.2; rotation
 * constants and parity of the Random123 library, whose known-answer vectors are the test. Deviations: none.
 */
const PARITY = 0x1bd11bda;

/**
 * The two output words of the last call to `threefry`, as signed 32-bit integers. In a buffer of its own, as V8 puts small
 * arrays where the collector moves them; of one that stays it knows the address.
 */
export const block = new Int32Array(new ArrayBuffer(8));
const output = block; // V8 knows where a constant is that is not exported

/** Writes the block of (key, counter) into `block`. All four arguments are taken modulo 2^32. */
export function threefry(key0: number, key1: number, counter0: number, counter1: number): void {
  // At once, as V8 would otherwise ask at every sum below what kind of number this is: twice the time.
  key0 |= 0;
  key1 |= 0;
  counter0 |= 0;
  counter1 |= 0;
  const key2 = PARITY ^ key0 ^ key1;
  let x = (counter0 + key0) | 0;
  let y = (counter1 + key1) | 0;
  // Four rounds, then a key injection; rotations 13 15 26 6 and 17 29 16 24 in turn. Written out: a loop costs 2x.
  x = (x + y) | 0;
  y = ((y << 13) | (y >>> 19)) ^ x;
  x = (x + y) | 0;
  y = ((y << 15) | (y >>> 17)) ^ x;
  x = (x + y) | 0;
  y = ((y << 26) | (y >>> 6)) ^ x;
  x = (x + y) | 0;
  y = ((y << 6) | (y >>> 26)) ^ x;
  x = (x + key1) | 0;
  y = (y + key2 + 1) | 0;
  x = (x + y) | 0;
  y = ((y << 17) | (y >>> 15)) ^ x;
  x = (x + y) | 0;
  y = ((y << 29) | (y >>> 3)) ^ x;
  x = (x + y) | 0;
  y = ((y << 16) | (y >>> 16)) ^ x;
  x = (x + y) | 0;
  y = ((y << 24) | (y >>> 8)) ^ x;
  x = (x + key2) | 0;
  y = (y + key0 + 2) | 0;
  x = (x + y) | 0;
  y = ((y << 13) | (y >>> 19)) ^ x;
  x = (x + y) | 0;
  y = ((y << 15) | (y >>> 17)) ^ x;
  x = (x + y) | 0;
  y = ((y << 26) | (y >>> 6)) ^ x;
  x = (x + y) | 0;
  y = ((y << 6) | (y >>> 26)) ^ x;
  x = (x + key0) | 0;
  y = (y + key1 + 3) | 0;
  x = (x + y) | 0;
  y = ((y << 17) | (y >>> 15)) ^ x;
  x = (x + y) | 0;
  y = ((y << 29) | (y >>> 3)) ^ x;
  x = (x + y) | 0;
  y = ((y << 16) | (y >>> 16)) ^ x;
  x = (x + y) | 0;
  y = ((y << 24) | (y >>> 8)) ^ x;
  x = (x + key1) | 0;
  y = (y + key2 + 4) | 0;
  x = (x + y) | 0;
  y = ((y << 13) | (y >>> 19)) ^ x;
  x = (x + y) | 0;
  y = ((y << 15) | (y >>> 17)) ^ x;
  x = (x + y) | 0;
  y = ((y << 26) | (y >>> 6)) ^ x;
  x = (x + y) | 0;
  y = ((y << 6) | (y >>> 26)) ^ x;
  output[0] = (x + key2) | 0;
  output[1] = (y + key0 + 5) | 0;
}
