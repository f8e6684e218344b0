/**
 * The memory of a run: taken piece by piece, and given back all at once. `npm run kernel` compiles this folder's files into
 * core-wasm.ts; core.ts says what they are for. Addresses and sizes are bytes.
 */

import { MOST_PAGES } from './shared';

/** Below it lie the desk (shared.as), the addresses of blocks (ahead.as) and the rungs (rung.as). */
const BEGIN: usize = 8192;
const PAGE_BITS = 16;

/** Throws in JavaScript: no run may have more, or the machine has no more. */
@external('env', 'full')
declare function full(bytes: f64): void;

let end: usize = BEGIN;
let used: usize = BEGIN; // up to here earlier runs have written; beyond, memory is all zero

export function emptyArena(): void {
  used = max(used, end);
  end = BEGIN;
}

/** So many bytes, whose content is whatever it is, at a multiple of 64. */
export function take(bytes: usize): usize {
  const at = end;
  const room = <u64>memory.size() << PAGE_BITS;
  const after = (<u64>at + <u64>bytes + 63) & ~63;
  if (after > room) {
    const pages = <i32>((after - room + 65535) >> PAGE_BITS);
    if (<u64>memory.size() + <u64>pages > <u64>MOST_PAGES || memory.grow(pages) < 0) full(<f64>bytes);
  }
  end = <usize>after;
  return at;
}

/** The same, all zero. What nobody has written to is not touched: it costs no memory until then. */
export function takeZeros(bytes: usize): usize {
  const at = take(bytes);
  if (at < used) memory.fill(at, 0, min(bytes, used - at));
  return at;
}
