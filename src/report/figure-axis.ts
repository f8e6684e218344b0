/** Domains and ticks of quantitative axes: log axes end where the data end, with ticks at the data or at powers. */

import { LABEL_PX } from './figure-style.ts';
import { textWidth } from './font.ts';
import { power, rounded, valueText } from './numbers.ts';

export interface Axis {
  readonly domain: readonly [number, number];
  /** Absent: round numbers. */
  readonly ticks?: readonly number[];
  /** [tick] its text; absent: plain numbers. */
  readonly labels?: readonly string[];
}

const MOST_TICKS = 12;
const TICK_GAP_PX = 8;
const NEAR_ZERO = 0.7; // an axis starts at zero unless all data lie above this share of the greatest

/** An axis whose ticks are the values of the grid, where they are few. Its ends are those of the data. */
export function gridAxis(values: readonly number[], base: 0 | 2 | 10, sizePx: number): Axis {
  const ticks = [...new Set(values)].sort((a, b) => a - b);
  if (ticks.length === 0) return { domain: [1, 10] };
  const domain = [ticks[0], ticks[ticks.length - 1]] as const;
  const few = ticks.length <= MOST_TICKS;
  const plain = ticks.map(valueText);
  if (base === 0) {
    const shown = few && fitsLinear(ticks, plain, sizePx);
    return shown ? { domain, ticks, labels: plain } : { domain };
  }
  const chosen = few ? ticks : logTicks(...domain, base);
  return { domain, ticks: chosen, labels: logLabels(chosen, base, sizePx) };
}

/** Whether no label touches the next one. */
function fitsLinear(ticks: readonly number[], labels: readonly string[], sizePx: number): boolean {
  const scale = sizePx / (ticks[ticks.length - 1] - ticks[0] || 1);
  return labels.every((label, i) => {
    if (i === 0) return true;
    const needed = (textWidth(labels[i - 1], LABEL_PX) + textWidth(label, LABEL_PX)) / 2;
    return (ticks[i] - ticks[i - 1]) * scale >= needed + TICK_GAP_PX / 2;
  });
}

/** An axis of measured values, ending at round numbers. Shares never need more than 0..1. */
export function linearAxis(values: readonly number[], shares: boolean): Axis {
  if (values.length === 0) return { domain: [0, 1] };
  const least = Math.min(...values);
  const greatest = Math.max(...values);
  const low = least >= 0 && least <= NEAR_ZERO * greatest ? 0 : least;
  const step = roundStep((greatest - low || Math.abs(greatest) || 1) / 6);
  const first = Math.floor(rounded(low / step));
  const last = Math.max(first + 1, Math.ceil(rounded(greatest / step)));
  const all = Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * step));
  const ticks = shares ? all.filter((tick) => tick >= 0 && tick <= 1) : all;
  return { domain: [ticks[0], ticks[ticks.length - 1]], ticks };
}

/** A log axis of measured values above zero, ending at 1, 2 or 5 times a power of ten. */
export function logAxis(values: readonly number[], sizePx: number): Axis {
  if (values.length === 0) return { domain: [0.1, 1] };
  const low = logFloor(Math.min(...values));
  const high = roundStep(Math.max(...values));
  const domain = [low, high > low ? high : rounded(low * 10)] as const;
  const ticks = logTicks(...domain, 10);
  return { domain, ticks, labels: logLabels(ticks, 10, sizePx) };
}

/** The axis with powers alone, where the texts of 1, 2 and 5 times a power would touch side by side. */
export function thinned(axis: Axis, sizePx: number): Axis {
  const { ticks = [], labels = [] } = axis;
  const width = labels.reduce((sum, text) => sum + textWidth(text, LABEL_PX) + TICK_GAP_PX, 0);
  const isPower = (tick: number) => Number.isInteger(rounded(Math.log10(tick)));
  const powers = ticks.filter(isPower);
  if (width <= sizePx || powers.length < 2) return axis;
  return { ...axis, ticks: powers, labels: labels.filter((_, i) => isPower(ticks[i])) };
}

/** 1, 2 or 5 times a power of ten, at least `x`. */
function roundStep(x: number): number {
  const unit = 10 ** Math.floor(Math.log10(x));
  return rounded(unit * ([1, 2, 5].find((digit) => digit * unit >= rounded(x)) ?? 10));
}

/** 1, 2 or 5 times a power of ten, at most `x`. */
function logFloor(x: number): number {
  const unit = 10 ** Math.floor(Math.log10(x));
  return rounded(unit * ([5, 2].find((digit) => digit * unit <= rounded(x)) ?? 1));
}

/** Powers of the base within the domain, every second or third where there are many; multiples where there are few. */
function logTicks(low: number, high: number, base: 2 | 10): number[] {
  const exponent = (x: number) => rounded(Math.log(x) / Math.log(base));
  const first = Math.ceil(exponent(low));
  const last = Math.floor(exponent(high));
  const count = last - first + 1;
  if (base === 10 && count < 3) {
    const multiples = [first - 1, first, last].flatMap((e) => [1, 2, 5].map((d) => d * 10 ** e));
    const ticks = new Set(multiples.map((tick) => rounded(tick)));
    return [...ticks].filter((tick) => tick >= low && tick <= high);
  }
  const step = Math.ceil(count / 8);
  const powers = Array.from({ length: count }, (_, i) => rounded(base ** (first + i), 15));
  return powers.filter((_, i) => i % step === 0);
}

/** Plain numbers, or powers of the base where plain ones are too long or too small to read. */
function logLabels(ticks: readonly number[], base: 2 | 10, sizePx: number): string[] {
  const plain = ticks.map(valueText);
  const exponents = ticks.map((tick) => rounded(Math.log(tick) / Math.log(base)));
  const width = plain.reduce((sum, text) => sum + textWidth(text, LABEL_PX) + TICK_GAP_PX, 0);
  const long = width > sizePx || ticks.some((tick) => tick < 1e-3 || tick > 1e7);
  if (!long || !exponents.every(Number.isInteger)) return plain;
  return exponents.map((exponent) => power(base, exponent));
}
