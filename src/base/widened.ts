/** How typed columns grow. */

/** The larger array `wider`, after `column` has been copied to its beginning. */
export function widened<T extends { set(column: T): void }>(column: T, wider: T): T {
  wider.set(column);
  return wider;
}
