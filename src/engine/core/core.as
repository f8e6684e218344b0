/** What core.ts calls: see there. */
import { emptyAhead, look, readAhead } from './ahead';
import { emptyArena, takeZeros } from './arena';
import { end, next as coming } from './bottom';
import { emptyHash, mix } from './hash';
import { emptyLadder, isDry, pop, push, refill, size } from './ladder';
import { Event } from './lists';
import { setDelay, setLoss } from './post';
import { COMING, FROM, KIND_BITS, LAST, LATE, QUIET, TIME, WORD } from './shared';

export { watch } from './ahead';
export { firstHash, secondHash } from './hash';
export { peer, send, setDelay, setLoss, setPeers } from './post';

/** A new run. */
export function reset(): void {
  emptyArena();
  emptyLadder();
  emptyHash();
  emptyAhead();
  setLoss(0, 0, 0, 0);
  setDelay(0, 0, 0, 0, 0);
  store<f64>(TIME, 0);
  store<i32>(COMING, 0);
}

/** So many bytes of zeros, for a block of nodes' counts. */
export function counts(bytes: usize): usize {
  const at = takeZeros(bytes);
  readAhead(at);
  return at;
}

/** False, and nothing done, unless `time` is a whole number of microseconds and not past. */
export function schedule(time: f64, what: i32, from: i32, word: i32): bool {
  if (!(time >= load<f64>(TIME) && time <= LAST) || floor(time) !== time) return false;
  push(time, what, from, word);
  return true;
}

/** When the next event comes; Infinity: none does. */
export function nextTime(): f64 {
  if (size === 0) return Infinity;
  if (isDry()) fill();
  return load<f64>(coming);
}

/** Takes out the next event, and returns its `what`; QUIET if there is none, LATE if it is later than `horizon`. */
export function next(horizon: f64): i32 {
  if (size === 0) return QUIET;
  if (isDry()) fill();
  const time = load<f64>(coming);
  if (time > horizon) return LATE;
  const event = changetype<Event>(pop());
  const what = event.what;
  const from = event.from;
  const word = event.word;
  store<f64>(TIME, time);
  store<i32>(FROM, from);
  store<i32>(WORD, word);
  mix(time, what & 15, what >> KIND_BITS, word ^ (from * 0x9e3779b1));
  return what;
}

function fill(): void {
  refill();
  store<i32>(COMING, look(coming, end));
}

/** Something that is no event has happened: what it is goes into the hash. */
export function occurred(time: f64, what: i32, where: i32, detail: i32): void {
  mix(time, what, where, detail);
}

/** How many events there are. */
export function pending(): i32 {
  return size;
}
