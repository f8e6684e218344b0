/**
 * The kernel of hearing.ts in AssemblyScript, with WebAssembly SIMD: who has heard of whom, 512 subjects at a time, a bit each
 * in a line of 64 bytes per row. `npm run kernel` (scripts/build-kernel.mjs) compiles it into hearing-wasm.ts. It is no
 * TypeScript, hence the ending. Addresses and sizes are bytes.
 *
 * A byte per row says whether its line has none of the bits, some, or all that anybody starts with. In the first rounds of a run most
 * lines have none, in the last ones all: there is nothing to do then, and no line to be waited for.
 */

// Kinds of operations (operations.ts). A FILL tells of nobody.
const MERGE_ROW = 0;
const MERGE_SLOT = 1;
const COPY = 2;
const OWN = 3;
const CLEAR = 4;

const NONE: u8 = 0;
const SOME: u8 = 1;
const ALL: u8 = 2;

const LINE: usize = 64;
const SUBJECTS: i32 = 512;

// What lies at `place`.
const NEWS = LINE; // behind the line of all bits: a line of news, to be read by words
const SUMS = 2 * LINE; // [group of 4 subjects][which of them] two words: the sums of their marks
const ROWS = SUMS + 8 * 16 * 128; // lines

/** With fewer bits in a line, to go through its bytes that are not 0 is faster than through all groups. */
const DENSE = 48;

function addUp(marks: usize, sums: usize): void {
  for (let group = 0; group < 128; group++) {
    v128.store64_lane(sums, v128.splat<i32>(0), 0);
    for (let which = 1; which < 16; which++) {
      const others = v128.load64_zero(sums + (<usize>(which & (which - 1)) << 3));
      const mark = v128.load64_zero(marks + (<usize>ctz<i32>(which) << 3));
      v128.store64_lane(sums + (<usize>which << 3), v128.add<i32>(others, mark), 0);
    }
    sums += 8 * 16;
    marks += 8 * 4;
  }
}

@inline
function bitsIn(line: v128): i32 {
  return <i32>(popcnt<i64>(i64x2.extract_lane(line, 0)) + popcnt<i64>(i64x2.extract_lane(line, 1)));
}

/** Two words of `sums`, those of four subjects, of which `shift` says where in `word` their bits are. */
@inline
function sumOf(sums: usize, word: u32, shift: i32): v128 {
  return v128.load64_zero(sums + <usize>((shift < 3 ? word << (3 - shift) : word >> (shift - 3)) & 0x78));
}

function sumByGroups(news: usize, sums: usize, sum: v128): v128 {
  for (let at: usize = 0; at < LINE; at += 4) {
    const word = load<u32>(news + at);
    sum = v128.add<i32>(sum, sumOf(sums, word, 0));
    sum = v128.add<i32>(sum, sumOf(sums + 128, word, 4));
    sum = v128.add<i32>(sum, sumOf(sums + 256, word, 8));
    sum = v128.add<i32>(sum, sumOf(sums + 384, word, 12));
    sum = v128.add<i32>(sum, sumOf(sums + 512, word, 16));
    sum = v128.add<i32>(sum, sumOf(sums + 640, word, 20));
    sum = v128.add<i32>(sum, sumOf(sums + 768, word, 24));
    sum = v128.add<i32>(sum, sumOf(sums + 896, word, 28));
    sums += 1024;
  }
  return sum;
}

/** A bit for each of 16 bytes: 1 where it is not 0. */
@inline
function filled(bytes: usize): i64 {
  return <i64>v128.bitmask<u8>(v128.ne<u8>(v128.load(bytes), v128.splat<u8>(0))) & 0xffff;
}

/** One loop over bytes that are not 0, whose end alone is hard to foresee. */
function sumByBytes(news: usize, sums: usize, sum: v128): v128 {
  let bytes = filled(news) | (filled(news + 16) << 16) | (filled(news + 32) << 32) | (filled(news + 48) << 48);
  while (bytes != 0) {
    const at = <usize>ctz<i64>(bytes);
    const byte = <usize>load<u8>(news + at);
    const group = sums + (at << 8);
    sum = v128.add<i32>(sum, v128.load64_zero(group + ((byte & 15) << 3)));
    sum = v128.add<i32>(sum, v128.load64_zero(group + ((byte >> 4) << 3), 128));
    bytes &= bytes - 1;
  }
  return sum;
}

/** Adds to `heard` how many bits are news, and the sums of their marks. */
function tell(place: usize, count: i32, heard: usize): void {
  store<i32>(heard, load<i32>(heard) + count);
  const sum = v128.load64_zero(heard, 4);
  const news = place + NEWS;
  const sums = count < DENSE ? sumByBytes(news, place + SUMS, sum) : sumByGroups(news, place + SUMS, sum);
  v128.store64_lane(heard, sums, 0, 4);
}

/** Joins two lines, and tells of the bits that are new. Returns whether there were any. */
@inline
function hearLine(to: usize, from: usize, place: usize, heard: usize): bool {
  const held0 = v128.load(to);
  const held1 = v128.load(to, 16);
  const held2 = v128.load(to, 32);
  const held3 = v128.load(to, 48);
  const news0 = v128.andnot(v128.load(from), held0);
  const news1 = v128.andnot(v128.load(from, 16), held1);
  const news2 = v128.andnot(v128.load(from, 32), held2);
  const news3 = v128.andnot(v128.load(from, 48), held3);
  if (!v128.any_true(v128.or(v128.or(news0, news1), v128.or(news2, news3)))) return false;
  v128.store(to, v128.or(held0, news0));
  v128.store(to, v128.or(held1, news1), 16);
  v128.store(to, v128.or(held2, news2), 32);
  v128.store(to, v128.or(held3, news3), 48);
  v128.store(place, news0, 64);
  v128.store(place, news1, 80);
  v128.store(place, news2, 96);
  v128.store(place, news3, 112);
  tell(place, bitsIn(news0) + bitsIn(news1) + bitsIn(news2) + bitsIn(news3), heard);
  return true;
}

/** Of a line that is not empty. */
function stateOf(line: usize, all: usize): u8 {
  let missing = v128.andnot(v128.load(all), v128.load(line));
  missing = v128.or(missing, v128.andnot(v128.load(all, 16), v128.load(line, 16)));
  missing = v128.or(missing, v128.andnot(v128.load(all, 32), v128.load(line, 32)));
  missing = v128.or(missing, v128.andnot(v128.load(all, 48), v128.load(line, 48)));
  return v128.any_true(missing) ? SOME : ALL;
}

/** A line may have more bits. Returns 1 if it has all by that. */
@inline
function note(state: usize, line: usize, all: usize): i32 {
  if (load<u8>(state) == ALL) return 0;
  const now = stateOf(line, all);
  store<u8>(state, now);
  return now == ALL ? 1 : 0;
}

/**
 * `lines` is how many rows there are, `nodes` of observers and then those of slots. At `place` lies the line of all bits. From
 * operation `calm` on rows only grow: when all have all bits, it is over.
 */
export function hear(ops: usize, count: i32, calm: i32, nodes: i32, lines: i32, first: i32, marks: usize, heard: usize, place: usize): void {
  const rows = place + ROWS;
  const states = rows + LINE * <usize>lines;
  memory.fill(rows, 0, (LINE + 1) * <usize>lines);
  addUp(marks, place + SUMS);
  const end = ops + 12 * <usize>count;
  const calmed = ops + 12 * <usize>calm;
  let full = 0; // rows of observers with all bits
  for (; ops < end && (full < nodes || ops < calmed); ops += 12) {
    const kind = load<i32>(ops) & 7;
    const node = <usize>load<i32>(ops, 4);
    const row = rows + LINE * node;
    let other = <usize>load<i32>(ops, 8);
    if (kind == MERGE_SLOT || kind == COPY) other += nodes;
    if (kind <= MERGE_SLOT) {
      const told = load<u8>(states + other);
      if (told != NONE && load<u8>(states + node) != ALL) {
        const from = told == ALL ? place : rows + LINE * other;
        if (hearLine(row, from, place, heard)) full += note(states + node, row, place);
      }
      heard += 12;
    } else if (kind == COPY) {
      const state = load<u8>(states + node);
      store<u8>(states + other, state);
      if (state == SOME) memory.copy(rows + LINE * other, row, LINE);
    } else if (kind == OWN) {
      const at = <i32>node - first;
      if (<u32>at < <u32>SUBJECTS) {
        const byte = row + <usize>(at >> 3);
        store<u8>(byte, load<u8>(byte) | (<u8>1 << <u8>(at & 7)));
        full += note(states + node, row, place);
      }
    } else if (kind == CLEAR) {
      memory.fill(row, 0, LINE);
      if (load<u8>(states + node) == ALL) full--;
      store<u8>(states + node, NONE);
    }
  }
}
