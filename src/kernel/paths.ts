/**
 * Which paths the tables of this thread took. Results are the same on each of them and the user never chooses, so a run
 * has to say: the runner asks after each and writes it to run.json.
 */
const taken = new Set<string>();

/** Tables call it once for each path. */
export const takePath = (path: string): unknown => taken.add(path);

/** The paths taken since it was last asked, in order of the alphabet. */
export function pathsTaken(): string[] {
  const paths = [...taken].sort();
  taken.clear();
  return paths;
}
