/** A row of numbers as a row of bars, from the least to the greatest of them; what is undefined is a blank. */
const BARS = '▁▂▃▄▅▆▇█';

export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  const least = Math.min(...known);
  const range = Math.max(...known) - least;
  const bar = (value: number | null) => {
    if (value === null || !Number.isFinite(value)) return ' ';
    return BARS[range > 0 ? Math.round(((value - least) / range) * (BARS.length - 1)) : 3];
  };
  return values.map(bar).join('');
}
