/** The trace hash over what happens, in order, as `EventHash` of engine/hash.ts, which is its reference. */
import { exactly } from './whole';

let a: u32 = 0;
let b: u32 = 0;

export function emptyHash(): void {
  a = 0x9e3779b9;
  b = 0x7f4a7c15;
}

/** Mixes in one occurrence: its time, and three words that say what it was. */
@inline
export function mix(time: f64, what: u32, where: u32, detail: u32): void {
  const ticks = exactly(time);
  const low = <u32>ticks;
  const high = <u32>(ticks >> 32);
  let first: u32 = (a ^ low) * 0x85ebca6b;
  first = rotl(first, 15) ^ ((what + high * 31) * 0xc2b2ae35);
  let second: u32 = ((b ^ where) * 0xc2b2ae35) ^ first;
  second = rotl(second, 13) ^ (detail * 0x85ebca6b);
  a = first + second * 5;
  b = second + (first >> 16);
}

export function firstHash(): u32 {
  return a;
}

export function secondHash(): u32 {
  return b;
}
