/** Numbers as a reader wants them: in tables, on axes, and in the data of a figure. */
import type { Value } from '../experiment/model.ts';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Rounded to `digits` significant digits, so that the last bits of a platform's logarithm do not show. */
export const rounded = (x: number, digits = 6): number => Number(x.toPrecision(digits));

/** Groups the digits before the point by thousands: '16384.5' -> '16,384.5'. */
export const grouped = (digits: string): string => {
  const [whole, fraction] = digits.split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
};

/**
 * A number with `digits` significant digits and no idle zeros; the digits before the point all stay, and what is
 * tiny or huge is written with a power of ten. Undefined: an en dash.
 */
export function significant(x: number | null | undefined, digits = 4): string {
  if (x === null || x === undefined || Number.isNaN(x)) return '–';
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '-∞';
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) {
    return rounded(x, digits).toExponential().replace('e+', 'e');
  }
  const whole = size >= 10 ** (digits - 1);
  return grouped(String(whole ? Math.round(x) : rounded(x, digits)));
}

/** How many decimals show two digits of `spread`, such as the half-width of an interval; NaN if there is no spread. */
function decimalsFor(spread: number): number {
  if (!(spread > 0) || spread === Infinity) return Number.NaN;
  return Math.max(0, 1 - Math.floor(Math.log10(spread)));
}

/** As it was written, also a probability near 1; without the last bits of a product. */
export const everyDigit = (x: number): string => String(rounded(x, 12));

/** An estimate and its interval, as precise as the interval allows: '13.52 [13.43, 13.62]'. */
export function withInterval(x: number, low: number, high: number): string {
  const [middle, from, to] = alike([x, low, high], (high - low) / 2);
  return from === to ? middle : `${middle} [${from}, ${to}]`;
}

/** Numbers with as many decimals as show two digits of `spread`; without spread each as it is. */
export function alike(values: readonly number[], spread: number): string[] {
  const decimals = decimalsFor(spread);
  if (Number.isNaN(decimals)) return values.map((value) => significant(value));
  return values.map((value) =>
    decimals > 6 ? significant(value, 3) : grouped(value.toFixed(decimals)),
  );
}

/** A value of an axis of the grid as a figure writes it, with a true minus sign. */
export function valueText(value: Value): string {
  if (typeof value === 'number') {
    const text = significant(value, 6);
    return text.includes('e') ? scientific(value) : text.replace('-', '−');
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value;
}

/** '2¹⁴': a power, as text. */
export const power = (base: number, exponent: number): string =>
  `${base}${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((d) => SUPERSCRIPTS[Number(d)]).join('')}`;

/** '5×10⁻⁶', '10⁻⁶': its digits and a power of ten; zero is '0'. */
export function scientific(x: number): string {
  if (x === 0) return '0';
  const [digits, exponent] = rounded(x).toExponential().split('e');
  const ten = power(10, Number(exponent));
  return digits === '1' ? ten : `${digits.replace('-', '−')}×${ten}`;
}

/** The labels of a linear axis: all with as many decimals; powers of ten where the longest would be very long. */
export function plainLabels(ticks: readonly number[]): string[] {
  const greatest = Math.max(...ticks.map(Math.abs));
  if (greatest >= 1e7 || (greatest > 0 && greatest < 1e-4)) return ticks.map(scientific);
  const decimalsOf = (tick: number) =>
    (/\.(\d+)$/.exec(String(rounded(tick))) ?? ['', ''])[1].length;
  const decimals = Math.max(0, ...ticks.map(decimalsOf));
  return ticks.map((tick) => grouped(tick.toFixed(decimals)).replace('-', '−'));
}
