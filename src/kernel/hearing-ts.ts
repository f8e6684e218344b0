/** The kernel of hearing.ts in plain TypeScript: the reference for hearing.as, and what runs where WebAssembly SIMD does not. */
import { HEAD, LINE, SUBJECTS } from './hearing.ts';
import { CLEAR, COPY, kindOf, MERGE_ROW, MERGE_SLOT, OWN } from './operations.ts';

const WORDS = LINE / 4;

/** As `Kernel.hear`; `words` is all of the memory. */
export function hear(
  words: Uint32Array,
  ops: number,
  count: number,
  _calm: number,
  nodes: number,
  lines: number,
  first: number,
  marks: number,
  heard: number,
  place: number,
): void {
  const rows = (place + HEAD) / 4;
  words.fill(0, rows, rows + WORDS * lines);
  let told = heard / 4;
  for (let op = ops / 4; op < ops / 4 + 3 * count; op += 3) {
    const kind = kindOf(words[op]);
    const node = words[op + 1];
    const row = rows + WORDS * node;
    const third = words[op + 2];
    const slot = rows + WORDS * (nodes + third);
    if (kind === MERGE_ROW || kind === MERGE_SLOT) {
      const from = kind === MERGE_ROW ? rows + WORDS * third : slot;
      hearLine(words, row, from, marks / 4, told);
      told += 3;
    } else if (kind === COPY) words.copyWithin(slot, row, row + WORDS);
    else if (kind === CLEAR) words.fill(0, row, row + WORDS);
    else if (kind === OWN && node >= first && node < first + SUBJECTS) {
      words[row + ((node - first) >> 5)] |= 1 << (node & 31);
    }
  }
}

/** Indices of words. */
function hearLine(words: Uint32Array, row: number, from: number, marks: number, told: number) {
  for (let i = 0; i < WORDS; i++) {
    let news = words[from + i] & ~words[row + i];
    words[row + i] |= news;
    while (news !== 0) {
      const subject = 32 * i + 31 - Math.clz32(news & -news);
      words[told]++;
      words[told + 1] += words[marks + 2 * subject];
      words[told + 2] += words[marks + 2 * subject + 1];
      news &= news - 1;
    }
  }
}
