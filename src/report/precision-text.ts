/** What of a precision was not reached, in a sentence. */
import type { Precision } from '../experiment/precision.ts';
import type { Unreached } from '../experiment/unreached.ts';
import { significant } from './numbers.ts';

/** Empty if everything was reached. @param cells how many there are. */
export function unreachedText(
  { within, most }: Precision,
  unreached: readonly Unreached[],
  cells: number,
): string {
  if (unreached.length === 0) return '';
  const names = [...new Set(unreached.map(({ measure }) => measure))];
  const parts = names.map((name) => {
    const of = unreached.filter(({ measure }) => measure === name);
    const where = cells > 1 ? ` in ${of.length} of ${cells} cells` : '';
    return `${name}${where} (${worst(of)})`;
  });
  return `Not within ${within} after ${significant(most)} replicates: ${parts.join(', ')}. More: --max-replicates.`;
}

/** The one that is furthest from what was asked. */
function worst(of: readonly Unreached[]): string {
  const excess = ({ half, asked }: Unreached) => (half === null ? Infinity : half / asked);
  const { half, mean, asked } = of.reduce((a, b) => (excess(b) > excess(a) ? b : a));
  if (half === null) return 'too few runs have it';
  return `${significant(mean, 3)} ± ${significant(half, 2)}, not ± ${significant(asked, 2)}`;
}
