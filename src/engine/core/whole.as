/**
 * Whole numbers out of doubles, without what WebAssembly's conversions cost: those ask whether the number fits. What is added
 * to a double above 2^52 leaves no room for a fraction: its last bits are the whole number.
 */
const ABOVE: f64 = 4503599627370496; // 2^52

/** To the nearest whole number, 0 .. 2^32-1. Monotone. */
@inline
export function nearest(value: f64): u32 {
  return <u32>reinterpret<u64>(value + ABOVE);
}

/** Of a whole number below 2^53. */
@inline
export function exactly(value: f64): u64 {
  if (value < ABOVE) return reinterpret<u64>(value + ABOVE) & 0xfffffffffffff;
  return (reinterpret<u64>(value) & 0xfffffffffffff) | 0x10000000000000;
}
