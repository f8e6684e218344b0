/** Room for a detector's columns: asked for before they are allocated. */
import { UserError } from '../base/errors.ts';

/** More than this is refused, so that a run is refused in the same words on every machine. */
export const MOST_BYTES = 8 * 2 ** 30;

/** A `UserError` if the columns would not fit. `lower`: an option that would help, beside fewer nodes. */
export function roomFor(where: string, pairs: number, bytesPerPair: number, lower?: string): void {
  const bytes = pairs * bytesPerPair;
  if (bytes <= MOST_BYTES) return;
  const gib = (bytes / 2 ** 30).toFixed(1);
  throw new UserError(
    `${where}: its columns must fit in ${MOST_BYTES / 2 ** 30} GiB; got ${gib} GiB for ${pairs} pairs of ${bytesPerPair} bytes. Lower ${lower ? `${lower} or ` : ''}the number of nodes`,
  );
}
