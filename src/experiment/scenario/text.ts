/** The bytes of a file -> its text. What is not UTF-8 is refused, not mended: a seed or a name would silently be another. */
import { UserError } from '../../base/errors.ts';

export function textIn(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(
      `${placeIn(bytes, file)}: the file must be text in UTF-8; found bytes that are none${hintFor(bytes)}`,
    );
  }
}

/** Of the first byte that cannot be read. */
function placeIn(bytes: Uint8Array, file: string): string {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const before = lenient.slice(0, lenient.indexOf('\ufffd')).split('\n');
  return `${file}:${before.length}:${before[before.length - 1].length + 1}`;
}

function hintFor([first, second]: Uint8Array): string {
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isUtf16 ? ': it looks like UTF-16. Save it as UTF-8' : '. Save it as UTF-8';
}
