/**
 * Stable sort of a few thousand (time, slot) by time: a counting sort into as many cells as events, and insertion sort
 * for what is left, within the cells. Its working columns stay in the fastest caches. Measured: the event queue without
 * it, on ladder and insertion sort alone, takes 1.3 to 1.5 times as long.
 */
import { assert } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';

/** The most events that `sortByTime` sorts. */
export const MOST_SORTED = 4096;
const FEW = 16; // for which insertion sort alone is faster
const CROWD = 64; // events of different times in a cell for which insertion sort is too slow

// Working columns; nothing is kept in them between two calls.
const cellEnd = new Uint32Array(MOST_SORTED + 1); // [cell] first its events, then where its next event goes
const looseTimes = new Float64Array(MOST_SORTED); // [i] as they came
const looseSlots = new Uint32Array(MOST_SORTED);

/**
 * Sorts the first `count` events, whose times are in [min, max]; min < max. Returns false, and leaves them as they are,
 * if the times are so uneven that this would be slow: many in one cell.
 */
export function sortByTime(
  times: Float64Array,
  slots: Uint32Array,
  count: number,
  min: Micros,
  max: Micros,
): boolean {
  assert(count <= MOST_SORTED, `${count} events to sort, the most is ${MOST_SORTED}`);
  if (count > FEW && !bringNear(times, slots, count, min, max)) return false;
  insertionSort(times, slots, count);
  return true;
}

/** The counting sort: in order by cells, and within a cell as they came. */
function bringNear(
  times: Float64Array,
  slots: Uint32Array,
  count: number,
  min: Micros,
  max: Micros,
): boolean {
  const span = max - min + 1;
  const cells = Math.min(span, count);
  const scale = cells / span; // cells per microsecond
  cellEnd.fill(0, 0, cells + 1); // one more than there are: the product below may round up to `cells`
  for (let i = 0; i < count; i++) cellEnd[((times[i] - min) * scale) | 0]++;
  let before = 0;
  let fullest = 0;
  for (let cell = 0; cell <= cells; cell++) {
    const events = cellEnd[cell];
    if (events > fullest) fullest = events;
    cellEnd[cell] = before;
    before += events;
  }
  if (fullest > CROWD && cells < span) return false;
  for (let i = 0; i < count; i++) {
    looseTimes[i] = times[i];
    looseSlots[i] = slots[i];
  }
  for (let i = 0; i < count; i++) {
    const to = cellEnd[((looseTimes[i] - min) * scale) | 0]++;
    times[to] = looseTimes[i];
    slots[to] = looseSlots[i];
  }
  return true;
}

function insertionSort(times: Float64Array, slots: Uint32Array, count: number): void {
  for (let i = 1; i < count; i++) {
    const time = times[i];
    if (times[i - 1] <= time) continue;
    const slot = slots[i];
    let at = i;
    do {
      times[at] = times[at - 1];
      slots[at] = slots[at - 1];
      at--;
    } while (at > 0 && times[at - 1] > time);
    times[at] = time;
    slots[at] = slot;
  }
}
