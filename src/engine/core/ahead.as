/**
 * Reads memory ahead of time, for large runs. When the ladder has sorted the next few hundred events, what is known of their
 * nodes is read in tight loops: no read waits for another, so the processor has many under way at once. Each in the midst of
 * its event, they would be waited for one by one. It changes nothing but what is in the caches.
 */
import { take } from './arena';
import { EVENT, Event } from './lists';
import { KIND_BITS, LANE_BITS, MOST_COMING, ROUND, TIMER } from './shared';

const ACTS: i32 = (1 << ROUND) | (1 << TIMER); // kinds of events whose nodes will act of themselves, and so send
const BLOCKS: usize = 128; // where the addresses of blocks of counts are
const MOST_BLOCKS = 4;

let nodes: usize = 0; // 0: not wanted
let acting: usize = 0;
let inUse: i32 = 0;
let sum: u32 = 0; // of use to nobody; but without it the compiler might drop the reads

export function emptyAhead(): void {
  nodes = 0;
  inUse = 0;
}

/** From now on. Returns where the nodes of events that come next will be. */
export function watch(): usize {
  nodes = take(4 * MOST_COMING);
  acting = take(4 * MOST_COMING);
  return nodes;
}

/** Counts there are read for nodes that will act. */
export function readAhead(block: usize): void {
  if (inUse === MOST_BLOCKS) return;
  store<usize>(BLOCKS + (<usize>inUse << 2), block);
  inUse++;
}

/** Returns of how many events the nodes are known: none, unless they are wanted. */
export function look(next: usize, end: usize): i32 {
  if (nodes === 0) return 0;
  const count = min(<i32>((end - next) / EVENT), MOST_COMING);
  let actors = acting;
  let node = nodes;
  for (let i = 0; i < count; i++) {
    const what = changetype<Event>(next).what;
    store<i32>(node, what >> KIND_BITS);
    store<i32>(actors, what >> KIND_BITS);
    actors += <usize>(((ACTS >> (what & 15)) & 1) << 2);
    node += 4;
    next += EVENT;
  }
  for (let i = 0; i < inUse; i++) read(load<usize>(BLOCKS + (<usize>i << 2)), actors);
  return count;
}

/** The shorter this loop, the more of its reads are under way at once. */
function read(block: usize, actors: usize): void {
  let words: u32 = 0;
  for (let at = acting; at < actors; at += 4) {
    words ^= load<u32>(block + (<usize>load<i32>(at) << LANE_BITS));
  }
  sum ^= words;
}
