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
