/**
 * The pending events, in order of time, and first in, first out among simultaneous ones: a ladder queue, which sizes
 * itself. Push and pop only; there is no cancel. Source: Tang, Goh, Thng, "Ladder queue: an O(1) priority queue structure
 * for large-scale discrete event simulation", ACM TOMACS 15(3), 2005. Deviations: any opened bucket serves the rung below
 * it as that paper's "top"; the bottom is an array (bottom.as), and is spread over a rung when insertions into it have cost
 * too much; a rung of future events reaches beyond the latest of them, so that most of what is pushed finds its bucket.
 *
 * The future is a list in no order. When its turn comes it is spread over the buckets of a rung, each again a list in no
 * order, for a stretch of time. A bucket whose turn comes is sorted into the bottom, or spread over a finer rung if it is
 * large. Events of one time are always in one place, and move in the order in which they came: hence first in, first out.
 */
import { emptyBottom, end, forget, insert, leave, MOST_SORTED, next, sort } from './bottom';
import {
  copy, count, earliest, emptyLists, EVENT, isEmpty, latest, measure, place, put, reserve, spread,
} from './lists';
import { bucketOf, bucketsFor, endOfBucket, MOST_RUNGS, Rung, rungAt } from './rung';
import { LAST, TIME } from './shared';

const FUTURE: i32 = 0; // the list of whatever is later than every rung
const FEW: i32 = 64; // so many future events need no rung
const MOVES: i32 = 8; // moves per event that insertions into the bottom may cost; then a rung is cheaper
const REACH: f64 = 4; // a rung of future events has room for events up to so many times later than these

export let size: i32 = 0;
let depth: i32 = 0; // rungs in use, finer and finer
let limit: f64 = 0; // earlier events belong to the bottom, all others above it
let credit: i32 = 0; // moves that insertions into the bottom may still cost

export function emptyLadder(): void {
  size = 0;
  depth = 0;
  limit = 0;
  credit = 0;
  emptyLists();
  emptyBottom();
  reserve(FUTURE + 1);
}

export function push(time: f64, what: i32, from: i32, word: i32): void {
  size++;
  if (time < limit) {
    credit += MOVES - insert(time, what, from, word);
    if (credit < 0) spreadBottom();
    return;
  }
  let list = FUTURE;
  for (let above = depth - 1; above >= 0; above--) {
    const rung = rungAt(above);
    if (time >= rung.end) continue;
    list = bucketOf(rung, time);
    break;
  }
  put(place(list), time, what, from, word);
}

/** Takes out the first event; where it is readable until the next call of anything. There must be one. */
@inline
export function pop(): usize {
  size--;
  return leave();
}

/** Whether the bottom has nothing left: then `refill` comes before `pop`. */
@inline
export function isDry(): bool {
  return next === end;
}

export function refill(): void {
  forget();
  do {
    const rung = firstRung();
    if (rung === null) open(FUTURE, FEW);
    else openBucket(rung);
  } while (next === end);
}

/**
 * Spreads the bottom over a rung from now on: nothing can come before it, so that whatever is pushed has its bucket, and the
 * bottom stays empty until it is filled. All of it is in the bucket that was opened last, and so the rung is finer than the
 * one above.
 */
function spreadBottom(): void {
  const now = load<f64>(TIME);
  const rung = addRung(<i32>((end - next) / EVENT), now, load<f64>(end - EVENT), 1);
  for (let at = next; at < end; at += EVENT) copy(place(bucketOf(rung, load<f64>(at))), at);
  limit = now;
  forget();
}

/** The rung whose current bucket holds the earliest events above the bottom; leaves the rungs that are worked off. */
function firstRung(): Rung | null {
  for (; depth > 0; depth--) {
    const rung = rungAt(depth - 1);
    for (; rung.current < rung.buckets; rung.current++) {
      if (!isEmpty(rung.lists + rung.current)) return rung;
    }
  }
  return null;
}

/** Moves the current bucket into the bottom, which is empty, or spreads it over a new rung. */
function openBucket(rung: Rung): void {
  const list = rung.lists + rung.current;
  const isEven =
    count(list) <= MOST_SORTED &&
    sortList(list, rung.start, rung.scale, <f64>rung.current - 0.5);
  if (isEven) limit = endOfBucket(rung);
  else open(list, MOST_SORTED);
}

/** The same with a list of whatever times. */
function open(list: i32, most: i32): void {
  measure(list);
  const first = earliest;
  const last = latest;
  const scale = first < last ? 1 / (last - first + 1) : 0;
  const many = count(list);
  if ((first === last || many <= most) && sortList(list, first, scale, 0)) {
    limit = last + 1;
    return;
  }
  const rung = addRung(many, first, last, list === FUTURE ? REACH : 1);
  spread(list, rung.start, rung.scale, rung.lists);
}

/** False: the times are too uneven. */
function sortList(list: i32, start: f64, scale: f64, offset: f64): bool {
  if (!sort(list, start, scale, offset)) return false;
  credit = MOVES * <i32>((end - next) / EVENT);
  return true;
}

/** A rung for `many` events from `first` to `last`. */
function addRung(many: i32, first: f64, last: f64, reach: f64): Rung {
  if (depth === MOST_RUNGS) unreachable();
  const span = last - first + 1;
  const above = depth > 0 ? rungAt(depth - 1) : null;
  const rung = rungAt(depth++);
  const buckets = min(span, <f64>bucketsFor(many));
  const reached = min(last + (reach - 1) * span, LAST);
  rung.lists = above === null ? FUTURE + 1 : above.lists + above.buckets;
  rung.current = 0;
  rung.start = first;
  rung.end = reached + 1;
  rung.scale = buckets / span;
  rung.buckets = bucketOf(rung, reached) - rung.lists + 1; // `buckets`, give or take the rounding
  reserve(rung.lists + rung.buckets);
  return rung;
}
