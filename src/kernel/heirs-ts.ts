/** The kernel of heirs.ts in plain TypeScript: the reference for heirs.as, and what runs where WebAssembly SIMD does not. */
import { ENDS, HEIRS, HEIRS_LINE } from './heirs.ts';

const WORDS = HEIRS_LINE / 4;

/** As `Kernel.inherit`; `words` and `all` are all of the memory, as words and as lanes. */
export function inherit(
  words: Uint32Array,
  all: Uint8Array | Uint16Array | Uint32Array,
  record: number,
  batches: number,
  nodes: number,
  heirs: number,
  served: number,
  found: number,
  _lanes: number,
): void {
  const rows = heirs / 4;
  const lanes = found / all.BYTES_PER_ELEMENT;
  words.fill(0, served / 4, served / 4 + WORDS * nodes);
  all.fill(0, lanes, lanes + HEIRS * nodes);
  let at = record / 4;
  for (let batch = 0; batch < batches; batch++) {
    const beats = at + 2 + 2 * words[at];
    const end = beats + 2 * words[at + 1];
    for (at += 2; at < beats; at += 2) {
      const to = rows + WORDS * words[at];
      const ends = words[at + 1] >= ENDS;
      const from = rows + WORDS * (ends ? words[at + 1] - ENDS : words[at + 1]);
      for (let i = 0; i < WORDS; i++) words[to + i] |= words[from + i];
      if (ends) words.fill(0, from, from + WORDS);
    }
    for (; at < end; at += 2) {
      const row = words[at];
      serve(
        words,
        all,
        rows + WORDS * row,
        served / 4 + WORDS * row,
        lanes + HEIRS * row,
        words[at + 1],
      );
    }
  }
}

/** Heirs that are not served yet get a version. Indices. */
function serve(
  words: Uint32Array,
  all: Uint8Array | Uint16Array | Uint32Array,
  heirs: number,
  served: number,
  found: number,
  version: number,
): void {
  for (let i = 0; i < WORDS; i++) {
    let news = words[heirs + i] & ~words[served + i];
    words[served + i] |= news;
    while (news !== 0) {
      all[found + 32 * i + 31 - Math.clz32(news & -news)] = version;
      news &= news - 1;
    }
  }
}

/** As `Kernel.turn`: indices and sizes in lanes. */
export function turn(
  all: Uint8Array | Uint16Array | Uint32Array,
  to: number,
  stride: number,
  from: number,
  rows: number,
): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < HEIRS; i++) all[to + stride * i + row] = all[from + HEIRS * row + i];
  }
}
