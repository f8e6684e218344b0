/**
 * The bottom of the ladder: what comes next, in order. A list is sorted into it by a counting sort into as many cells as it
 * has events, and insertion sort for what is left, within the cells: first in, first out among simultaneous events.
 */
import { take } from './arena';
import { copy, count, deal, EVENT, gather, put, tally } from './lists';

/** The most events of different times that are sorted. */
export const MOST_SORTED: i32 = 4096;
const FEW: i32 = 8; // for which insertion sort alone is faster
const CROWD: u32 = 64; // events of different times in a cell for which insertion sort is too slow

export let next: usize = 0; // the event that comes next
export let end: usize = 0; // behind the last one
let begin: usize = 0;
let room: usize = 0; // bytes
let cellOf: usize = 0; // [k] two bytes: the cell of the k-th event of a list
let cells: usize = 0; // [cell] four bytes: first its events, then where its next event goes

export function emptyBottom(): void {
  room = <usize>(64) * EVENT;
  begin = take(room);
  next = begin;
  end = begin;
  cellOf = take(2 * MOST_SORTED);
  cells = take(4 * (MOST_SORTED + 1));
}

/** Takes out the event that comes next, which stays readable there until the next call of anything. */
@inline
export function leave(): usize {
  const at = next;
  next = at + EVENT;
  return at;
}

/** Nothing is in it any more. */
export function forget(): void {
  next = begin;
  end = begin;
}

/** Inserts an event behind all that are not later. Returns how many it goes in front of. */
export function insert(time: f64, what: i32, from: i32, word: i32): i32 {
  if (end === begin + room) makeRoom();
  const last = end;
  end = last + EVENT;
  const at = openFor(time, next, last);
  put(at, time, what, from, word);
  return <i32>((last - at) / EVENT);
}

/** Among the events from `first` to `at`, moves those that are later than `time` up by one. Returns the place in front of them. */
@inline
function openFor(time: f64, first: usize, at: usize): usize {
  while (at > first && load<f64>(at - EVENT) > time) {
    copy(at, at - EVENT);
    at -= EVENT;
  }
  return at;
}

/** Moves what is still to come to the front, or doubles the room. */
function makeRoom(): void {
  const bytes = end - next;
  if (next - begin < room / 2) widen(2 * room);
  memory.copy(begin, next, bytes);
  next = begin;
  end = begin + bytes;
}

/** What is in it stays where it was. */
function widen(bytes: usize): void {
  room = bytes;
  begin = take(bytes);
}

/**
 * Fills the bottom, which is empty, with the events of a list, for all of which `(time - start) * scale - offset` is from 0
 * to 1. False, and nothing done, if the times are so uneven that this would be slow: many in one cell.
 */
export function sort(list: i32, start: f64, scale: f64, offset: f64): bool {
  const size = count(list);
  const bytes = <usize>size * EVENT;
  if (bytes > room) widen(max(bytes, 2 * room));
  if (size <= FEW || scale === 0) gather(list, begin);
  else {
    memory.fill(cells, 0, 4 * (<usize>size + 1)); // one more than there are: a product may round up to `size`
    tally(list, start, scale, offset, <f64>size, cellOf, cells);
    if (begins(size) > CROWD && scale * <f64>size < 1) return false;
    deal(list, cellOf, cells, begin);
  }
  next = begin;
  end = begin + bytes;
  insertionSort();
  return true;
}

/** From how many are in each cell, to where it begins. Returns how many are in the fullest. */
function begins(size: i32): u32 {
  let before: u32 = 0;
  let fullest: u32 = 0;
  const last = cells + (<usize>size << 2);
  for (let cell = cells; cell <= last; cell += 4) {
    const events = load<u32>(cell);
    fullest = max(fullest, events);
    store<u32>(cell, before);
    before += events;
  }
  return fullest;
}

function insertionSort(): void {
  let before = load<f64>(begin);
  for (let at = begin + EVENT; at < end; at += EVENT) {
    const time = load<f64>(at);
    if (before > time) moveDown(at, time);
    else before = time;
  }
}

function moveDown(from: usize, time: f64): void {
  const head = v128.load(from);
  const tail = load<u64>(from + 16);
  const at = openFor(time, begin, from);
  v128.store(at, head);
  store<u64>(at + 16, tail);
}
