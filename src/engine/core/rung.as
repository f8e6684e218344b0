/** The rungs of the ladder: stretches of time in buckets. */
import { nearest } from './whole';

const PER_BUCKET: i32 = 32; // events that a rung aims for; anything from 16 to 64 is as fast
const ENOUGH_BUCKETS: i32 = 1024; // per rung: each is a place to write at, and more do not fit into the fastest caches
const MANY_PER_BUCKET: i32 = 1024; // events; rather than more, up to so many buckets:
const MOST_BUCKETS: i32 = 4096;

/** A stretch of time in buckets of equal width, but for the first and the last, which are half as wide: bucket b is the list `lists + b`. */
@unmanaged
export class Rung {
  start: f64;
  end: f64; // from here on, events belong to the bucket above that is being worked off
  scale: f64; // buckets per microsecond
  lists: i32;
  buckets: i32;
  current: i32; // the first bucket that may hold events
}

const RUNGS: usize = 4096; // where they are
/** Each is finer than the one above, by half at least, and a time has 53 bits. */
export const MOST_RUNGS: i32 = 64;

@inline
export function rungAt(depth: i32): Rung {
  return changetype<Rung>(RUNGS + (<usize>depth << 6));
}

/** How many buckets for so many events. */
export function bucketsFor(events: i32): i32 {
  const few = min((events + PER_BUCKET - 1) / PER_BUCKET, ENOUGH_BUCKETS);
  const many = min((events + MANY_PER_BUCKET - 1) / MANY_PER_BUCKET, MOST_BUCKETS);
  return max(2, max(few, many));
}

/** The list of the bucket for a time. Monotone in time: so the buckets need no bounds, and one time is in one bucket. */
@inline
export function bucketOf(rung: Rung, time: f64): i32 {
  return rung.lists + <i32>nearest((time - rung.start) * rung.scale);
}

/** The first time that is behind the current bucket, exactly, whatever is rounded on the way. */
export function endOfBucket(rung: Rung): f64 {
  const list = rung.lists + rung.current;
  let end = min(ceil(rung.start + (<f64>rung.current + 0.5) / rung.scale), rung.end);
  while (bucketOf(rung, end - 1) > list) end--;
  while (end < rung.end && bucketOf(rung, end) <= list) end++;
  return end;
}
