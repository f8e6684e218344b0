/** What is read must not be written over. */
import { statSync } from 'node:fs';

/** Whether two paths lead to one file, by whatever links. */
export function isSameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false }));
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev;
}
