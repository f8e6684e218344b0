/** "Did you mean": the known name nearest to what was typed. */
import { closest, distance } from 'fastest-levenshtein';

/** ' Did you mean X?' with a space in front, or nothing where no known name is near. */
export function didYouMean(typed: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const nearest = closest(typed, known);
  const near = distance(typed, nearest) <= Math.max(2, Math.ceil(typed.length / 3));
  return near ? ` Did you mean ${nearest}?` : '';
}
