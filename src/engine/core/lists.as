/**
 * Lists of events, many at once. A list is a chain of chunks: events are appended at its end, and stay where they are until
 * all leave together. Nothing is allocated per event; an emptied chunk is used again by whichever list needs one.
 */
import { take } from './arena';
import { nearest } from './whole';

/** A time and three words whose meaning is the caller's. One stretch of 24 bytes, so that to read or to write it is to wait for memory once. */
@unmanaged
export class Event {
  time: f64;
  what: i32;
  from: i32;
  word: i32;
  padding: i32;
}
export const EVENT = offsetof<Event>();

/** A chunk: the next one of its list, or the next free one; then events up to its end. It lies at a multiple of its size. */
@unmanaged
class Chunk {
  following: Chunk;
}
const CHUNK: usize = 1024; // 42 events; of 10^7 pending, half as large ones take 1.4 times as long, and twice as large ones no less
const HEAD: usize = 16;

@unmanaged
class List {
  first: Chunk; // anything while it is empty
  end: usize; // behind its last event; 0 while it is empty
}
const LIST = offsetof<List>();

/** What lies between two times. */
export let earliest: f64 = 0;
export let latest: f64 = 0;

let lists: usize = 0; // where they are
let room: i32 = 0; // for so many
let free: usize = 0; // the first chunk that is in no list; 0 if there is none
let slab: usize = 0; // chunks are made so many bytes at a time
const MOST_SLAB: usize = 1 << 20;

export function emptyLists(): void {
  lists = 0;
  room = 0;
  free = 0;
  slab = 16 * CHUNK;
}

/** Makes room for `count` lists: 0 .. count-1. */
export function reserve(count: i32): void {
  if (count <= room) return;
  const wider = max(count, 2 * room);
  const at = take(<usize>wider * LIST);
  memory.copy(at, lists, <usize>room * LIST);
  memory.fill(at + <usize>room * LIST, 0, <usize>(wider - room) * LIST);
  lists = at;
  room = wider;
}

@inline
function listAt(list: i32): List {
  return changetype<List>(lists + <usize>list * LIST);
}

@inline
function chunkOf(end: usize): Chunk {
  return changetype<Chunk>((end - 1) & ~(CHUNK - 1));
}

@inline
export function isEmpty(list: i32): bool {
  return listAt(list).end === 0;
}

@inline
export function put(at: usize, time: f64, what: i32, from: i32, word: i32): void {
  const event = changetype<Event>(at);
  event.time = time;
  event.what = what;
  event.from = from;
  event.word = word;
}

@inline
export function copy(at: usize, source: usize): void {
  v128.store(at, v128.load(source));
  store<u64>(at + 16, load<u64>(source + 16));
}

/** Where the next event of a list goes; who asks writes it there. */
@inline
export function place(list: i32): usize {
  const chain = listAt(list);
  let at = chain.end;
  if ((at & (CHUNK - 1)) === 0) at = extend(chain, at);
  chain.end = at + EVENT;
  return at;
}

/** Links a free chunk to the end of a list that has no room; returns where the chunk's first event goes. */
function extend(list: List, end: usize): usize {
  if (free === 0) makeChunks();
  const chunk = changetype<Chunk>(free);
  free = changetype<usize>(chunk.following);
  if (end === 0) list.first = chunk;
  else chunkOf(end).following = chunk;
  return changetype<usize>(chunk) + HEAD;
}

function makeChunks(): void {
  const from = (take(slab + CHUNK) + CHUNK - 1) & ~(CHUNK - 1);
  for (let at = from + slab - CHUNK; at >= from; at -= CHUNK) {
    changetype<Chunk>(at).following = changetype<Chunk>(free);
    free = at;
  }
  slab = min<usize>(slab << 1, MOST_SLAB);
}

/** How many events a list holds. */
export function count(list: i32): i32 {
  const chain = listAt(list);
  const end = chain.end;
  if (end === 0) return 0;
  const last = chunkOf(end);
  let full = 0;
  for (let chunk = chain.first; chunk !== last; chunk = chunk.following) full++;
  return full * <i32>((CHUNK - HEAD) / EVENT) + <i32>((end - changetype<usize>(last) - HEAD) / EVENT);
}

/** Sets `earliest` and `latest` to the times between which the events of a list are. It must not be empty. */
export function measure(list: i32): void {
  const chain = listAt(list);
  const last = chunkOf(chain.end);
  let first = Infinity;
  let final = -Infinity;
  for (let chunk = chain.first; ; chunk = chunk.following) {
    const end = chunk === last ? chain.end : changetype<usize>(chunk) + CHUNK;
    for (let at = changetype<usize>(chunk) + HEAD; at < end; at += EVENT) {
      const time = load<f64>(at);
      first = min(first, time);
      final = max(final, time);
    }
    if (chunk === last) break;
  }
  earliest = first;
  latest = final;
}

/** Finds the cells of the events of a list, where the stretch has `size`: the k-th goes to `cells[k]`, and `counts` are of each. */
export function tally(list: i32, start: f64, scale: f64, offset: f64, size: f64, cells: usize, counts: usize): void {
  const chain = listAt(list);
  const last = chunkOf(chain.end);
  for (let chunk = chain.first; ; chunk = chunk.following) {
    const end = chunk === last ? chain.end : changetype<usize>(chunk) + CHUNK;
    for (let at = changetype<usize>(chunk) + HEAD; at < end; at += EVENT) {
      const cell = nearest(((load<f64>(at) - start) * scale - offset) * size);
      store<u16>(cells, cell);
      cells += 2;
      const counted = counts + (<usize>cell << 2);
      store<u32>(counted, load<u32>(counted) + 1);
    }
    if (chunk === last) return;
  }
}

/** Copies the events of a list to `target`, in the order of the list, and forgets them. */
export function gather(list: i32, target: usize): void {
  const chain = listAt(list);
  const last = chunkOf(chain.end);
  for (let chunk = chain.first; ; chunk = chunk.following) {
    const end = chunk === last ? chain.end : changetype<usize>(chunk) + CHUNK;
    for (let at = changetype<usize>(chunk) + HEAD; at < end; at += EVENT) {
      copy(target, at);
      target += EVENT;
    }
    if (chunk === last) break;
  }
  clear(chain, last);
}

/** The same to `next[cell]`, events behind `target`, which are counted on, for the cells that `tally` has found. */
export function deal(list: i32, cells: usize, next: usize, target: usize): void {
  const chain = listAt(list);
  const last = chunkOf(chain.end);
  for (let chunk = chain.first; ; chunk = chunk.following) {
    const end = chunk === last ? chain.end : changetype<usize>(chunk) + CHUNK;
    for (let at = changetype<usize>(chunk) + HEAD; at < end; at += EVENT) {
      const counted = next + (<usize>load<u16>(cells) << 2);
      cells += 2;
      const index = load<u32>(counted);
      store<u32>(counted, index + 1);
      copy(target + <usize>index * EVENT, at);
    }
    if (chunk === last) break;
  }
  clear(chain, last);
}

/** Moves the events of a list to the lists `to + cell`; none of these may be the list itself. */
export function spread(list: i32, start: f64, scale: f64, to: i32): void {
  const chain = listAt(list); // the table of lists does not move meanwhile
  const tail = chain.end;
  const last = chunkOf(tail);
  chain.end = 0;
  for (let chunk = chain.first; ; ) {
    const end = chunk === last ? tail : changetype<usize>(chunk) + CHUNK;
    for (let at = changetype<usize>(chunk) + HEAD; at < end; at += EVENT) {
      copy(place(to + <i32>nearest((load<f64>(at) - start) * scale)), at);
    }
    const following = chunk.following;
    chunk.following = changetype<Chunk>(free);
    free = changetype<usize>(chunk);
    if (chunk === last) break;
    chunk = following;
  }
}

function clear(list: List, last: Chunk): void {
  last.following = changetype<Chunk>(free);
  free = changetype<usize>(list.first);
  list.end = 0;
}
