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

/** The widest, by its share of the mean where there is one. */
function worst(of: readonly Unreached[]): string {
  const shareOf = ({ half, mean }: Unreached) =>
    half === null || mean === null ? Infinity : half / Math.abs(mean);
  const [widest] = [...of].sort((a, b) => shareOf(b) - shareOf(a));
  const { half, mean } = widest;
  if (half === null || mean === null) return 'too few runs have it';
  const share = mean === 0 ? '' : `, ${significant((100 * half) / Math.abs(mean), 2)} %`;
  return `${significant(mean, 3)} ± ${significant(half, 2)}${share}`;
}
