/**
 * The kernels in AssemblyScript, with WebAssembly SIMD: what kernel-ts.ts says in plain TypeScript, 16 bytes at a time.
 * `npm run kernel` (scripts/build-kernel.mjs) compiles it into kernel-wasm.ts. It is no TypeScript, hence the ending.
 *
 * T is the lane: u8, u16 or u32. Addresses and sizes are bytes; a row is a multiple of 64 of them, padded with 0.
 * Stamps rise in the order of events, so `stamp where increased, else the old one` is a maximum.
 */

/** Additions of masks, which are -1 or 0 per byte, that a byte can count. */
const COUNTABLE = 255;

/** The sum of the 16 bytes, added up in four lanes. */
function bytesIn(counts: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(counts));
}

/** Merges 16 bytes; returns a mask of the lanes that stay as they are. */
@inline
function merge16Bytes<T>(to: usize, stamps: usize, from: usize, stamped: v128): v128 {
  const held = v128.load(to);
  const most = v128.max<T>(v128.load(from), held);
  const kept = v128.eq<T>(most, held);
  v128.store(to, most);
  v128.store(stamps, v128.max<T>(v128.load(stamps), v128.andnot(stamped, kept)));
  return kept;
}

/** A line of 64 bytes at a time. Bytes that stay are counted in the lanes of `counts`, before these can overflow. */
function merge<T>(to: usize, stamps: usize, from: usize, bytes: usize, stamp: T): i32 {
  const stamped = v128.splat<T>(stamp);
  const end = to + bytes;
  let same = v128.splat<i32>(0);
  while (to < end) {
    const pause = min(end, to + 64 * (COUNTABLE / 4));
    let counts = v128.splat<i32>(0);
    while (to < pause) {
      const first = merge16Bytes<T>(to, stamps, from, stamped);
      const second = merge16Bytes<T>(to + 16, stamps + 16, from + 16, stamped);
      const third = merge16Bytes<T>(to + 32, stamps + 32, from + 32, stamped);
      const fourth = merge16Bytes<T>(to + 48, stamps + 48, from + 48, stamped);
      const kept = v128.add<i8>(v128.add<i8>(first, second), v128.add<i8>(third, fourth));
      counts = v128.sub<i8>(counts, kept);
      to += 64;
      stamps += 64;
      from += 64;
    }
    same = v128.add<i32>(same, bytesIn(counts));
  }
  const total = i32x4.extract_lane(same, 0) + i32x4.extract_lane(same, 1) + i32x4.extract_lane(same, 2) + i32x4.extract_lane(same, 3);
  return (<i32>bytes - total) / sizeof<T>();
}

/** Writes the numbers of the lanes in `mask` to `list`; returns the end of the list. */
function listed(mask: i32, first: i32, list: usize): usize {
  while (mask != 0) {
    store<i32>(list, first + ctz<i32>(mask));
    list += 4;
    mask &= mask - 1;
  }
  return list;
}

function mergeListing<T>(to: usize, stamps: usize, from: usize, bytes: usize, stamp: T, list: usize): i32 {
  const stamped = v128.splat<T>(stamp);
  const lanes = <i32>(16 / sizeof<T>());
  const all = (1 << lanes) - 1;
  const end = to + bytes;
  let next = list;
  let first = 0;
  while (to < end) {
    const kept = merge16Bytes<T>(to, stamps, from, stamped);
    next = listed(v128.bitmask<T>(kept) ^ all, first, next);
    first += lanes;
    to += 16;
    stamps += 16;
    from += 16;
  }
  return <i32>((next - list) >> 2);
}

/** One entry at a time: for the benchmark, which shows by it what SIMD is worth. */
function mergeScalar<T>(to: usize, stamps: usize, from: usize, bytes: usize, stamp: T): i32 {
  const end = to + bytes;
  let increased = 0;
  while (to < end) {
    const received = load<T>(from);
    if (received > load<T>(to)) {
      store<T>(to, received);
      store<T>(stamps, stamp);
      increased++;
    }
    to += sizeof<T>();
    stamps += sizeof<T>();
    from += sizeof<T>();
  }
  return increased;
}

function copyFresh<T>(to: usize, from: usize, stamps: usize, bytes: usize, lastStale: T): void {
  const last = v128.splat<T>(lastStale);
  const end = to + bytes;
  while (to < end) {
    v128.store(to, v128.and(v128.load(from), v128.gt<T>(v128.load(stamps), last)));
    to += 16;
    stamps += 16;
    from += 16;
  }
}

/** Stamps less one: absent, which is 0, becomes the largest. */
function oldest<T>(stamps: usize, bytes: usize): T {
  const one = v128.splat<T>(1);
  const end = stamps + bytes;
  let least = v128.splat<T>(<T>-1);
  while (stamps < end) {
    least = v128.min<T>(least, v128.sub<T>(v128.load(stamps), one));
    stamps += 16;
  }
  least = v128.min<T>(least, v128.shuffle<u64>(least, least, 1, 0));
  least = v128.min<T>(least, v128.shuffle<u32>(least, least, 1, 0, 3, 2));
  if (sizeof<T>() < 4) least = v128.min<T>(least, v128.shuffle<u16>(least, least, 1, 0, 3, 2, 5, 4, 7, 6));
  if (sizeof<T>() < 2) {
    least = v128.min<T>(least, v128.shuffle<u8>(least, least, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
  }
  return v128.extract_lane<T>(least, 0) + <T>1;
}

function stale<T>(stamps: usize, bytes: usize, lastStale: T, list: usize): i32 {
  const one = v128.splat<T>(1);
  const last = v128.splat<T>(lastStale);
  const end = stamps + bytes;
  let next = list;
  let first = 0;
  while (stamps < end) {
    const old = v128.lt<T>(v128.sub<T>(v128.load(stamps), one), last);
    next = listed(v128.bitmask<T>(old), first, next);
    first += <i32>(16 / sizeof<T>());
    stamps += 16;
  }
  return <i32>((next - list) >> 2);
}

function count<T>(row: usize, bytes: usize): i32 {
  const zero = v128.splat<T>(0);
  const end = row + bytes;
  let absent = 0;
  for (let at = row; at < end; at += 16) absent += popcnt<i32>(v128.bitmask<T>(v128.eq<T>(v128.load(at), zero)));
  return <i32>(bytes / sizeof<T>()) - absent;
}

function mark<T>(stamps: usize, bytes: usize, marks: usize): void {
  const end = stamps + bytes;
  for (; stamps < end; stamps += sizeof<T>()) store<u32>(marks + (<usize>load<T>(stamps) << 2), 1);
}

function renumber<T>(stamps: usize, bytes: usize, numbers: usize): void {
  const end = stamps + bytes;
  for (; stamps < end; stamps += sizeof<T>()) {
    store<T>(stamps, <T>load<u32>(numbers + (<usize>load<T>(stamps) << 2)));
  }
}

function least<T>(row: usize, bytes: usize, sofar: usize): void {
  const one = v128.splat<T>(1);
  const end = row + bytes;
  while (row < end) {
    const lanes = v128.load(row);
    const heard = v128.or(lanes, v128.not(v128.gt<T>(lanes, one)));
    v128.store(sofar, v128.min<T>(v128.load(sofar), heard));
    row += 16;
    sofar += 16;
  }
}

function lower<T>(row: usize, bytes: usize, shifts: usize): void {
  const one = v128.splat<T>(1);
  const end = row + bytes;
  while (row < end) {
    const lanes = v128.load(row);
    v128.store(row, v128.sub<T>(lanes, v128.and(v128.load(shifts), v128.gt<T>(lanes, one))));
    row += 16;
    shifts += 16;
  }
}

/** Where a lane rises from 0 or 1: what is its own minimum with 1 is at most 1. */
@inline
function news<T>(held: v128, most: v128): v128 {
  const one = v128.splat<T>(1);
  const heard = v128.eq<T>(v128.min<T>(most, one), most);
  return v128.andnot(v128.eq<T>(v128.min<T>(held, one), held), heard);
}

/** Adds up the marks of the lanes where there is news. */
function tell<T>(news: v128, marks: usize, heard: usize): void {
  let mask = v128.bitmask<T>(news);
  store<i32>(heard, load<i32>(heard) + popcnt<i32>(mask));
  let first = load<i32>(heard, 4);
  let second = load<i32>(heard, 8);
  while (mask != 0) {
    const mark = marks + (<usize>ctz<i32>(mask) << 3);
    first += load<i32>(mark);
    second += load<i32>(mark, 4);
    mask &= mask - 1;
  }
  store<i32>(heard, first, 4);
  store<i32>(heard, second, 8);
}

@inline
function stampRisen<T>(stamps: usize, held: v128, most: v128, stamped: v128): void {
  v128.store(stamps, v128.max<T>(v128.load(stamps), v128.andnot(stamped, v128.eq<T>(most, held))));
}

/** Merges a line of 64 bytes, and adds to `heard` what rises from 0 or 1: how many, and the sums of their marks. */
@inline
function mergeLineTelling<T>(to: usize, stamps: usize, from: usize, stamped: v128, marks: usize, heard: usize): void {
  const held0 = v128.load(to);
  const held1 = v128.load(to, 16);
  const held2 = v128.load(to, 32);
  const held3 = v128.load(to, 48);
  const most0 = v128.max<T>(v128.load(from), held0);
  const most1 = v128.max<T>(v128.load(from, 16), held1);
  const most2 = v128.max<T>(v128.load(from, 32), held2);
  const most3 = v128.max<T>(v128.load(from, 48), held3);
  v128.store(to, most0);
  v128.store(to, most1, 16);
  v128.store(to, most2, 32);
  v128.store(to, most3, 48);
  stampRisen<T>(stamps, held0, most0, stamped);
  stampRisen<T>(stamps + 16, held1, most1, stamped);
  stampRisen<T>(stamps + 32, held2, most2, stamped);
  stampRisen<T>(stamps + 48, held3, most3, stamped);
  const least = v128.min<T>(v128.min<T>(held0, held1), v128.min<T>(held2, held3));
  if (v128.any_true(v128.eq<T>(v128.min<T>(least, v128.splat<T>(1)), least))) {
    const news0 = news<T>(held0, most0);
    const news1 = news<T>(held1, most1);
    const news2 = news<T>(held2, most2);
    const news3 = news<T>(held3, most3);
    if (v128.any_true(v128.or(v128.or(news0, news1), v128.or(news2, news3)))) {
      const step = <usize>(16 / sizeof<T>()) << 3; // bytes of marks
      tell<T>(news0, marks, heard);
      tell<T>(news1, marks + step, heard);
      tell<T>(news2, marks + 2 * step, heard);
      tell<T>(news3, marks + 3 * step, heard);
    }
  }
}

@inline
function mergeTelling<T>(to: usize, stamps: usize, from: usize, bytes: usize, stamp: T, marks: usize, heard: usize): void {
  const stamped = v128.splat<T>(stamp);
  for (let at: usize = 0; at < bytes; at += 64) {
    mergeLineTelling<T>(to + at, stamps + at, from + at, stamped, marks, heard);
    marks += <usize>(64 / sizeof<T>()) << 3;
  }
}

/** Operations of which the lines are brought near at once. */
const AHEAD = 16;

/** Of tiles of one line, which are many rows: loads that do not wait for each other bring them near together. */
@inline
function bringNear(ops: usize, end: usize, rows: usize, slots: usize): i32 {
  let seen = 0;
  for (; ops < end; ops += 12) {
    const kind = load<i32>(ops) & 7;
    const row = rows + (<usize>load<i32>(ops, 4) << 7);
    const source = <usize>load<i32>(ops, 8);
    seen |= load<i32>(row) | load<i32>(row, 64);
    if (kind == 0) seen |= load<i32>(rows + (source << 7));
    else if (kind <= 2) seen |= load<i32>(slots + (source << 6));
  }
  return seen;
}

/** Puts `stamp` and version 1 where there is nothing, in the first `lanes` lanes. */
function fill<T>(row: usize, bytes: usize, lanes: i32, stamp: T): void {
  const stamped = v128.splat<T>(stamp);
  const one = v128.splat<T>(1);
  const zero = v128.splat<T>(0);
  const end = row + bytes;
  for (; row < end; row += 16) {
    const versions = v128.load(row);
    const absent = v128.eq<T>(versions, zero);
    v128.store(row, v128.or(versions, v128.and(one, absent)));
    v128.store(row + bytes, v128.or(v128.load(row + bytes), v128.and(stamped, absent)));
  }
  const padding = bytes - <usize>lanes * sizeof<T>();
  memory.fill(end - padding, 0, padding);
  memory.fill(end + bytes - padding, 0, padding);
}

function replay<T>(ops: usize, count: i32, rows: usize, slots: usize, bytes: usize, first: i32, lanes: i32, marks: usize, heard: usize): i32 {
  const end = ops + 12 * <usize>count;
  let nearUntil = bytes == 64 ? ops : end;
  let seen = 0;
  for (; ops < end; ops += 12) {
    if (ops == nearUntil) {
      nearUntil = min(end, ops + 12 * AHEAD);
      seen |= bringNear(ops, nearUntil, rows, slots);
    }
    const what = load<i32>(ops);
    const stamp = <T>(what >>> 3);
    const row = rows + 2 * bytes * <usize>load<i32>(ops, 4);
    const source = load<i32>(ops, 8);
    switch (what & 7) {
      case 0: // MERGE_ROW
        mergeTelling<T>(row, row + bytes, rows + 2 * bytes * <usize>source, bytes, stamp, marks, heard);
        heard += 12;
        break;
      case 1: // MERGE_SLOT
        mergeTelling<T>(row, row + bytes, slots + bytes * <usize>source, bytes, stamp, marks, heard);
        heard += 12;
        break;
      case 2: // COPY
        memory.copy(slots + bytes * <usize>source, row, bytes);
        break;
      case 3: { // OWN
        const at = load<i32>(ops, 4) - first;
        if (<u32>at < <u32>lanes) {
          const entry = row + <usize>at * sizeof<T>();
          store<T>(entry, <T>source);
          store<T>(entry + bytes, stamp);
        }
        break;
      }
      case 4: // CLEAR
        memory.fill(row, 0, 2 * bytes);
        break;
      case 5: // FILL
        fill<T>(row, bytes, lanes, stamp);
        break;
    }
  }
  return seen; // or the compiler would leave the loads out
}

export function copyRows(to: usize, toStride: usize, from: usize, fromStride: usize, bytes: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    memory.copy(to, from, bytes);
    to += toStride;
    from += fromStride;
  }
}

// ---- lanes of 8 bits ----

export function merge8(to: usize, stamps: usize, from: usize, bytes: usize, stamp: i32): i32 {
  return merge<u8>(to, stamps, from, bytes, <u8>stamp);
}
export function mergeListing8(to: usize, stamps: usize, from: usize, bytes: usize, stamp: i32, list: usize): i32 {
  return mergeListing<u8>(to, stamps, from, bytes, <u8>stamp, list);
}
export function mergeScalar8(to: usize, stamps: usize, from: usize, bytes: usize, stamp: i32): i32 {
  return mergeScalar<u8>(to, stamps, from, bytes, <u8>stamp);
}
export function copyFresh8(to: usize, from: usize, stamps: usize, bytes: usize, lastStale: i32): void {
  copyFresh<u8>(to, from, stamps, bytes, <u8>lastStale);
}
export function oldest8(stamps: usize, bytes: usize): i32 {
  return <i32>oldest<u8>(stamps, bytes);
}
export function stale8(stamps: usize, bytes: usize, lastStale: i32, list: usize): i32 {
  return stale<u8>(stamps, bytes, <u8>lastStale, list);
}
export function count8(row: usize, bytes: usize): i32 {
  return count<u8>(row, bytes);
}
export function mark8(stamps: usize, bytes: usize, marks: usize): void {
  mark<u8>(stamps, bytes, marks);
}
export function renumber8(stamps: usize, bytes: usize, numbers: usize): void {
  renumber<u8>(stamps, bytes, numbers);
}
export function least8(row: usize, bytes: usize, sofar: usize): void {
  least<u8>(row, bytes, sofar);
}
export function lower8(row: usize, bytes: usize, shifts: usize): void {
  lower<u8>(row, bytes, shifts);
}
export function replay8(ops: usize, count: i32, rows: usize, slots: usize, bytes: usize, first: i32, lanes: i32, marks: usize, heard: usize): i32 {
  return replay<u8>(ops, count, rows, slots, bytes, first, lanes, marks, heard);
}

// ---- lanes of 16 bits ----

export function merge16(to: usize, stamps: usize, from: usize, bytes: usize, stamp: i32): i32 {
  return merge<u16>(to, stamps, from, bytes, <u16>stamp);
}
export function mergeListing16(to: usize, stamps: usize, from: usize, bytes: usize, stamp: i32, list: usize): i32 {
  return mergeListing<u16>(to, stamps, from, bytes, <u16>stamp, list);
}
export function mergeScalar16(to: usize, stamps: usize, from: usize, bytes: usize, stamp: i32): i32 {
  return mergeScalar<u16>(to, stamps, from, bytes, <u16>stamp);
}
export function copyFresh16(to: usize, from: usize, stamps: usize, bytes: usize, lastStale: i32): void {
  copyFresh<u16>(to, from, stamps, bytes, <u16>lastStale);
}
export function oldest16(stamps: usize, bytes: usize): i32 {
  return <i32>oldest<u16>(stamps, bytes);
}
export function stale16(stamps: usize, bytes: usize, lastStale: i32, list: usize): i32 {
  return stale<u16>(stamps, bytes, <u16>lastStale, list);
}
export function count16(row: usize, bytes: usize): i32 {
  return count<u16>(row, bytes);
}
export function mark16(stamps: usize, bytes: usize, marks: usize): void {
  mark<u16>(stamps, bytes, marks);
}
export function renumber16(stamps: usize, bytes: usize, numbers: usize): void {
  renumber<u16>(stamps, bytes, numbers);
}
export function least16(row: usize, bytes: usize, sofar: usize): void {
  least<u16>(row, bytes, sofar);
}
export function lower16(row: usize, bytes: usize, shifts: usize): void {
  lower<u16>(row, bytes, shifts);
}
export function replay16(ops: usize, count: i32, rows: usize, slots: usize, bytes: usize, first: i32, lanes: i32, marks: usize, heard: usize): i32 {
  return replay<u16>(ops, count, rows, slots, bytes, first, lanes, marks, heard);
}

// ---- lanes of 32 bits ----

export function merge32(to: usize, stamps: usize, from: usize, bytes: usize, stamp: i32): i32 {
  return merge<u32>(to, stamps, from, bytes, <u32>stamp);
}
export function mergeListing32(to: usize, stamps: usize, from: usize, bytes: usize, stamp: i32, list: usize): i32 {
  return mergeListing<u32>(to, stamps, from, bytes, <u32>stamp, list);
}
export function mergeScalar32(to: usize, stamps: usize, from: usize, bytes: usize, stamp: i32): i32 {
  return mergeScalar<u32>(to, stamps, from, bytes, <u32>stamp);
}
export function copyFresh32(to: usize, from: usize, stamps: usize, bytes: usize, lastStale: i32): void {
  copyFresh<u32>(to, from, stamps, bytes, <u32>lastStale);
}
export function oldest32(stamps: usize, bytes: usize): i32 {
  return <i32>oldest<u32>(stamps, bytes);
}
export function stale32(stamps: usize, bytes: usize, lastStale: i32, list: usize): i32 {
  return stale<u32>(stamps, bytes, <u32>lastStale, list);
}
export function count32(row: usize, bytes: usize): i32 {
  return count<u32>(row, bytes);
}
export function mark32(stamps: usize, bytes: usize, marks: usize): void {
  mark<u32>(stamps, bytes, marks);
}
export function renumber32(stamps: usize, bytes: usize, numbers: usize): void {
  renumber<u32>(stamps, bytes, numbers);
}
export function least32(row: usize, bytes: usize, sofar: usize): void {
  least<u32>(row, bytes, sofar);
}
export function lower32(row: usize, bytes: usize, shifts: usize): void {
  lower<u32>(row, bytes, shifts);
}
export function replay32(ops: usize, count: i32, rows: usize, slots: usize, bytes: usize, first: i32, lanes: i32, marks: usize, heard: usize): i32 {
  return replay<u32>(ops, count, rows, slots, bytes, first, lanes, marks, heard);
}
