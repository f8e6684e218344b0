/**
 * What a message of most scenarios needs: a partner in the complete graph, its luck, and a latency that is uniform or
 * constant. The same as Partners, Post and the links in TypeScript do for every scenario, in the same order and with the
 * same rounding; those are its reference.
 */
import { below, draw } from './draws';
import { mix } from './hash';
import { push } from './ladder';
import { KIND_BITS, LOSS, LOST, MOST_DELAY } from './shared';

// A stream whose counts are at 0 is not drawn from.
let lossKey0: u32 = 0;
let lossKey1: u32 = 0;
let lossCounts: usize = 0;
let lossProbability: f64 = 0;
let delayKey0: u32 = 0;
let delayKey1: u32 = 0;
let delayCounts: usize = 0;
let leastMs: f64 = 0;
let rangeMs: f64 = 0;
let peersKey0: u32 = 0;
let peersKey1: u32 = 0;
let peersCounts: usize = 0;
let others: u32 = 0;

/** Each message is lost with that probability. Counts at 0: none is. */
export function setLoss(key0: u32, key1: u32, counts: usize, probability: f64): void {
  lossKey0 = key0;
  lossKey1 = key1;
  lossCounts = counts;
  lossProbability = probability;
}

/** Each message takes `least` to `least + range` milliseconds. Counts at 0: `least`. */
export function setDelay(key0: u32, key1: u32, counts: usize, least: f64, range: f64): void {
  delayKey0 = key0;
  delayKey1 = key1;
  delayCounts = counts;
  leastMs = least;
  rangeMs = range;
}

/** Everybody may gossip with everybody of `n`. */
export function setPeers(key0: u32, key1: u32, counts: usize, n: u32): void {
  peersKey0 = key0;
  peersKey1 = key1;
  peersCounts = counts;
  others = n - 1;
}

export function peer(node: i32): i32 {
  const drawn = <i32>below(peersKey0, peersKey1, peersCounts, node, others);
  return drawn + <i32>(drawn >= node);
}

/** Sends a copy of a message: an event of that kind. Returns its delay, or LOST. */
export function send(now: f64, from: i32, to: i32, kind: i32, word: i32): f64 {
  const lost = lossCounts !== 0 && draw(lossKey0, lossKey1, lossCounts, from) < lossProbability;
  let ms = leastMs;
  if (delayCounts !== 0) ms += draw(delayKey0, delayKey1, delayCounts, from) * rangeMs;
  if (lost) {
    mix(now, LOSS, from, to);
    return LOST;
  }
  const delay = min(micros(ms), MOST_DELAY);
  push(now + delay, (to << KIND_BITS) | kind, from, word);
  return delay;
}

/** To the nearest microsecond, halves up. */
@inline
function micros(ms: f64): f64 {
  const exact = ms * 1000;
  const whole = floor(exact);
  return whole + <f64>(exact - whole >= 0.5);
}
