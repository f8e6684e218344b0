/** Many short lines as fewer long pieces: a stream is handed some 64 KiB at a time, never a whole file. */
const PIECE_CHARACTERS = 65_536;

export function* pieces(lines: Iterable<string>): Iterable<string> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
