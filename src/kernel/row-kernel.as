/**
 * The kernels of row-kernel.ts in AssemblyScript, with WebAssembly SIMD: four lanes of 32 bits at a time, and the rest of a
 * row one by one. `npm run kernel` (scripts/build-kernel.mjs) compiles it into row-kernel-wasm.ts. It is no TypeScript,
 * hence the ending. Addresses are bytes, `lanes` is the length of a row; signed numbers.
 */

/** The sum of the four lanes. */
function total(lanes: v128): i32 {
  return i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3);
}

export function isUneven(a: usize, b: usize, lanes: i32): bool {
  let uneven = v128.splat<i32>(0);
  const whole = a + ((lanes & ~3) << 2);
  const end = a + (lanes << 2);
  while (a < whole) {
    const one = v128.load(a);
    const other = v128.load(b);
    uneven = v128.or(uneven, v128.and(v128.or(one, other), v128.ne<i32>(one, other)));
    a += 16;
    b += 16;
  }
  if (v128.bitmask<i32>(uneven) != 0) return true;
  for (; a < end; a += 4, b += 4) {
    const one = load<i32>(a);
    const other = load<i32>(b);
    if ((one | other) < 0 && one != other) return true;
  }
  return false;
}

export function countAbove(versions: usize, floors: usize, asked: usize, lanes: i32): i32 {
  let above = v128.splat<i32>(0);
  let count = 0;
  const whole = versions + ((lanes & ~3) << 2);
  const end = versions + (lanes << 2);
  while (versions < whole) {
    const floor = v128.load(floors);
    const isAbove = v128.gt<i32>(v128.load(versions), floor);
    above = v128.sub<i32>(above, v128.and(isAbove, v128.gt<i32>(v128.load(asked), floor)));
    versions += 16;
    floors += 16;
    asked += 16;
  }
  for (; versions < end; versions += 4, floors += 4, asked += 4) {
    const floor = load<i32>(floors);
    count += i32(load<i32>(versions) > floor) & i32(load<i32>(asked) > floor);
  }
  return count + total(above);
}

export function listAbove(versions: usize, floors: usize, asked: usize, lanes: i32, list: usize): i32 {
  const whole = versions + ((lanes & ~3) << 2);
  const end = versions + (lanes << 2);
  let next = list;
  let first = 0;
  while (versions < whole) {
    const floor = v128.load(floors);
    const isAbove = v128.gt<i32>(v128.load(versions), floor);
    let mask = v128.bitmask<i32>(v128.and(isAbove, v128.gt<i32>(v128.load(asked), floor)));
    // Each lane is written, and the place moves on where it counts: there is no branch to guess.
    store<i32>(next, first);
    next += (mask & 1) << 2;
    store<i32>(next, first + 1);
    next += (mask & 2) << 1;
    store<i32>(next, first + 2);
    next += mask & 4;
    store<i32>(next, first + 3);
    next += (mask & 8) >> 1;
    first += 4;
    versions += 16;
    floors += 16;
    asked += 16;
  }
  for (; versions < end; versions += 4, floors += 4, asked += 4) {
    const floor = load<i32>(floors);
    store<i32>(next, first++);
    next += (i32(load<i32>(versions) > floor) & i32(load<i32>(asked) > floor)) << 2;
  }
  return <i32>((next - list) >> 2);
}

/** Four bytes, each in a lane. */
function bytes4(at: usize): v128 {
  const bytes = v128.load32_zero(at);
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
}

export function takeAbove(to: usize, log: usize, flags: usize, versions: usize, floors: usize, asked: usize, lanes: i32, bit: i32, mask: i32, plain: i32, list: usize): i32 {
  const bits = v128.splat<i32>(bit);
  const masks = v128.splat<i32>(mask);
  const plains = v128.splat<i32>(plain);
  const whole = <i32>(lanes & ~3);
  let next = list;
  let lane = 0;
  for (; lane < whole; lane += 4) {
    const floor = v128.load(floors);
    const version = v128.load(versions);
    const isTold = v128.and(v128.gt<i32>(version, floor), v128.gt<i32>(v128.load(asked), floor));
    const isPlain = v128.eq<i32>(v128.and(bytes4(flags), masks), plains);
    const held = v128.load(to);
    const isNew = v128.and(v128.and(isTold, isPlain), v128.gt<i32>(version, held));
    v128.store(to, v128.bitselect(version, held, isNew));
    v128.store(log, v128.or(v128.load(log), v128.and(isNew, bits)));
    let left = v128.bitmask<i32>(v128.andnot(isTold, isPlain));
    while (left != 0) {
      store<i32>(next, lane + ctz<i32>(left));
      next += 4;
      left &= left - 1;
    }
    to += 16;
    log += 16;
    flags += 4;
    versions += 16;
    floors += 16;
    asked += 16;
  }
  for (; lane < lanes; lane++) {
    const floor = load<i32>(floors);
    const version = load<i32>(versions);
    if (version > floor && load<i32>(asked) > floor) {
      if ((<i32>load<u8>(flags) & mask) != plain) {
        store<i32>(next, lane);
        next += 4;
      } else if (version > load<i32>(to)) {
        store<i32>(to, version);
        store<i32>(log, load<i32>(log) | bit);
      }
    }
    to += 4;
    log += 4;
    flags += 1;
    versions += 4;
    floors += 4;
    asked += 4;
  }
  return <i32>((next - list) >> 2);
}
