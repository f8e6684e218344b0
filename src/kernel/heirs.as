/**
 * The kernel of heirs.ts in AssemblyScript, with WebAssembly SIMD: who inherits from whom, 128 observers at a time, a bit each
 * in a line of 16 bytes per row. `npm run kernel` (scripts/build-kernel.mjs) compiles it into heirs-wasm.ts. It is no
 * TypeScript, hence the ending. Addresses and sizes are bytes; T is the lane of a table: u8, u16 or u32.
 */

const LINE: usize = 16;
const HEIRS: usize = 128;

/** Of a flow's second word: the row ends. */
const ENDS: u32 = 1 << 31;

/** All ones in lanes whose bit is 1 in `bits`, which has one byte of the line eight times, and then the next. */
@inline
function lanesOf(bits: v128): v128 {
  const which = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  return v128.eq<u8>(v128.and(bits, which), which);
}

/** 16 lanes, which are 0 where they are to change. */
@inline
function put(found: usize, version: v128, bits: v128): void {
  v128.store(found, v128.or(v128.load(found), v128.and(version, lanesOf(bits))));
}

/** The version to the lanes of the bits in `news`. */
@inline
function putAll<T>(found: usize, version: T, news: v128): void {
  if (sizeof<T>() == 1) {
    const all = v128.splat<T>(version);
    put(found, all, i8x16.shuffle(news, news, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
    put(found + 16, all, i8x16.shuffle(news, news, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3));
    put(found + 32, all, i8x16.shuffle(news, news, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5));
    put(found + 48, all, i8x16.shuffle(news, news, 6, 6, 6, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7));
    put(found + 64, all, i8x16.shuffle(news, news, 8, 8, 8, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9));
    put(found + 80, all, i8x16.shuffle(news, news, 10, 10, 10, 10, 10, 10, 10, 10, 11, 11, 11, 11, 11, 11, 11, 11));
    put(found + 96, all, i8x16.shuffle(news, news, 12, 12, 12, 12, 12, 12, 12, 12, 13, 13, 13, 13, 13, 13, 13, 13));
    put(found + 112, all, i8x16.shuffle(news, news, 14, 14, 14, 14, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15, 15));
  } else {
    for (let half = 0; half < 2; half++) {
      let word = half == 0 ? i64x2.extract_lane(news, 0) : i64x2.extract_lane(news, 1);
      for (; word != 0; word &= word - 1) store<T>(found + sizeof<T>() * (64 * half + <usize>ctz<i64>(word)), version);
    }
  }
}

/** Heirs that are not served yet get a version; returns how many. */
@inline
function serve<T>(heirs: usize, served: usize, found: usize, version: T): i32 {
  const before = v128.load(served);
  const news = v128.andnot(v128.load(heirs), before);
  if (!v128.any_true(news)) return 0;
  v128.store(served, v128.or(before, news));
  putAll<T>(found, version, news);
  return <i32>(popcnt<i64>(i64x2.extract_lane(news, 0)) + popcnt<i64>(i64x2.extract_lane(news, 1)));
}

function inherit<T>(record: usize, batches: i32, nodes: i32, heirs: usize, served: usize, found: usize, lanes: i32): void {
  const line = HEIRS * sizeof<T>(); // of what is found
  memory.fill(served, 0, LINE * <usize>nodes);
  memory.fill(found, 0, line * <usize>nodes);
  let left = <i64>nodes * lanes; // pairs that are not served
  for (; batches > 0 && left > 0; batches--) {
    const beats = record + 8 + 8 * <usize>load<u32>(record);
    const end = beats + 8 * <usize>load<u32>(record, 4);
    for (record += 8; record < beats; record += 8) {
      const to = heirs + LINE * <usize>load<u32>(record);
      const source = load<u32>(record, 4);
      const from = heirs + LINE * <usize>(source & ~ENDS);
      v128.store(to, v128.or(v128.load(to), v128.load(from)));
      if (source & ENDS) v128.store(from, v128.splat<i32>(0));
    }
    for (; record < end; record += 8) {
      const row = <usize>load<u32>(record);
      left -= serve<T>(heirs + LINE * row, served + LINE * row, found + line * row, <T>load<u32>(record, 4));
    }
  }
}

/** Of 16 rows of 16 bytes, `fromStride` apart: byte i of row j to byte j of row i. */
@inline
function turnSquare(to: usize, toStride: usize, from: usize, fromStride: usize, place: usize): void {
  let source = from;
  let step = fromStride;
  for (let pass = 0; pass < 4; pass++) {
    const target = place + ((pass & 1) << 8);
    for (let i: usize = 0; i < 8; i++) {
      const first = v128.load(source + step * i);
      const second = v128.load(source + step * (i + 8));
      v128.store(target + (i << 5), i8x16.shuffle(first, second, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
      v128.store(target + (i << 5), i8x16.shuffle(first, second, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
    }
    source = target;
    step = 16;
  }
  for (let i: usize = 0; i < 16; i++) v128.store(to + toStride * i, v128.load(source + (i << 4)));
}

function turn<T>(to: usize, stride: usize, from: usize, rows: i32, place: usize): void {
  const line = HEIRS * sizeof<T>();
  if (sizeof<T>() == 1) {
    for (let row: usize = 0; row < <usize>rows; row += 16) {
      for (let at: usize = 0; at < line; at += 16) turnSquare(to + stride * at + row, stride, from + line * row + at, line, place);
    }
  } else {
    for (let row: usize = 0; row < <usize>rows; row++) {
      for (let i: usize = 0; i < HEIRS; i++) store<T>(to + stride * i + sizeof<T>() * row, load<T>(from + line * row + sizeof<T>() * i));
    }
  }
}

export function inherit8(record: usize, batches: i32, nodes: i32, heirs: usize, served: usize, found: usize, lanes: i32): void {
  inherit<u8>(record, batches, nodes, heirs, served, found, lanes);
}
export function turn8(to: usize, stride: usize, from: usize, rows: i32, place: usize): void {
  turn<u8>(to, stride, from, rows, place);
}
export function inherit16(record: usize, batches: i32, nodes: i32, heirs: usize, served: usize, found: usize, lanes: i32): void {
  inherit<u16>(record, batches, nodes, heirs, served, found, lanes);
}
export function turn16(to: usize, stride: usize, from: usize, rows: i32, place: usize): void {
  turn<u16>(to, stride, from, rows, place);
}
export function inherit32(record: usize, batches: i32, nodes: i32, heirs: usize, served: usize, found: usize, lanes: i32): void {
  inherit<u32>(record, batches, nodes, heirs, served, found, lanes);
}
export function turn32(to: usize, stride: usize, from: usize, rows: i32, place: usize): void {
  turn<u32>(to, stride, from, rows, place);
}
