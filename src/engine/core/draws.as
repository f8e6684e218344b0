/**
 * Keyed draws, as those of base/stream.ts and base/threefry.ts, which say what they are and are their reference. A stream is
 * its key, and where it counts the draws of lane 0; the next lane's is 1 << LANE_BITS behind.
 */
import { LANE_BITS } from './shared';

const PARITY: u32 = 0x1bd11bda;

/** The next draw of a lane: both words of the block, the first above. */
@inline
function block(key0: u32, key1: u32, counts: usize, lane: i32): u64 {
  const at = counts + (<usize>lane << LANE_BITS);
  const count = load<u32>(at);
  store<u32>(at, count + 1);
  return threefry(key0, key1, lane, count);
}

@inline
function threefry(key0: u32, key1: u32, counter0: u32, counter1: u32): u64 {
  const key2 = PARITY ^ key0 ^ key1;
  let x = counter0 + key0;
  let y = counter1 + key1;
  x += y; y = rotl(y, 13) ^ x;
  x += y; y = rotl(y, 15) ^ x;
  x += y; y = rotl(y, 26) ^ x;
  x += y; y = rotl(y, 6) ^ x;
  x += key1; y += key2 + 1;
  x += y; y = rotl(y, 17) ^ x;
  x += y; y = rotl(y, 29) ^ x;
  x += y; y = rotl(y, 16) ^ x;
  x += y; y = rotl(y, 24) ^ x;
  x += key2; y += key0 + 2;
  x += y; y = rotl(y, 13) ^ x;
  x += y; y = rotl(y, 15) ^ x;
  x += y; y = rotl(y, 26) ^ x;
  x += y; y = rotl(y, 6) ^ x;
  x += key0; y += key1 + 3;
  x += y; y = rotl(y, 17) ^ x;
  x += y; y = rotl(y, 29) ^ x;
  x += y; y = rotl(y, 16) ^ x;
  x += y; y = rotl(y, 24) ^ x;
  x += key1; y += key2 + 4;
  x += y; y = rotl(y, 13) ^ x;
  x += y; y = rotl(y, 15) ^ x;
  x += y; y = rotl(y, 26) ^ x;
  x += y; y = rotl(y, 6) ^ x;
  x += key2; y += key0 + 5;
  return (<u64>x << 32) | y;
}

/** Uniform in (0, 1), 52 bits. */
@inline
export function draw(key0: u32, key1: u32, counts: usize, lane: i32): f64 {
  const words = block(key0, key1, counts, lane);
  return <f64>(<u32>(words >> 38)) * 2 ** -26 + (<f64>((<u32>words) >> 6) + 0.5) * 2 ** -52;
}

/** Uniform over 0 .. bound-1, without bias, by rejection. */
@inline
export function below(key0: u32, key1: u32, counts: usize, lane: i32, bound: u32): u32 {
  let word = <u32>(block(key0, key1, counts, lane) >> 32);
  if (word >= 0 - bound) {
    // Only now may it be above the largest multiple of the bound.
    const most = 0xffffffff - ((0 - bound) % bound);
    while (word > most) word = <u32>(block(key0, key1, counts, lane) >> 32);
  }
  return word % bound;
}
