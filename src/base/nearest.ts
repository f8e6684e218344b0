/** "Did you mean": the known name nearest to what was typed. */
import { closest, distance } from 'fastest-levenshtein';

/** The known name nearest to what was typed, if it is near. */
export function nearestOf(typed: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(typed, known);
  const near = distance(typed, nearest) <= Math.max(2, Math.ceil(typed.length / 3));
  return near ? nearest : undefined;
}

/** ' Did you mean X?' with a space in front, or nothing where no known name is near. */
export function didYouMean(typed: string, known: readonly string[]): string {
  const nearest = nearestOf(typed, known);
  return nearest === undefined ? '' : ` Did you mean ${nearest}?`;
}
