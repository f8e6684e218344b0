/**
 * Domains, ticks and labels of quantitative axes. A log axis ends where the data end, has its labels at the data, at
 * powers or at 1, 2 and 5 times a power, and small ticks without labels between them, so that it is seen to be one.
 */
import { LABEL_PX } from './figure-style.ts';
import { textWidth } from './font.ts';
import { plainLabels, power, rounded, scientific, valueText } from './numbers.ts';

export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  /** [tick] its text. */
  readonly labels: readonly string[];
  /** Between them, without a label. */
  readonly minor?: readonly number[];
}

const MOST_TICKS = 12;
const TICK_GAP_PX = 8;
const NEAR_ZERO = 0.7; // an axis starts at zero unless all data lie above this share of the greatest
const DECADE_PX = 30; // that leave room for small ticks at 2..9 in each

/** An axis whose ticks are the values of the grid, where they are few. Its ends are those of the data. */
export function gridAxis(values: readonly number[], base: 0 | 2 | 10, sizePx: number): Axis {
  const ticks = [...new Set(values)].sort((a, b) => a - b);
  if (ticks.length === 0) return { domain: [1, 10], ticks: [1, 10], labels: ['1', '10'] };
  const domain = [ticks[0], ticks[ticks.length - 1]] as const;
  const few = ticks.length <= MOST_TICKS;
  if (base === 0) {
    const plain = { domain, ticks, labels: ticks.map(valueText) };
    return few && fitsLinear(plain, sizePx) ? plain : roundAxis(domain, sizePx);
  }
  return logarithmic(domain, few ? ticks : logTicks(...domain, base), base, sizePx);
}

/** As many round numbers within the domain as have room. */
function roundAxis([low, high]: readonly [number, number], sizePx: number): Axis {
  for (let most = MOST_TICKS - 1; most > 1; most--) {
    const step = roundStep((high - low) / most);
    const ticks = multiples(step, Math.ceil(rounded(low / step)), Math.floor(rounded(high / step)));
    const axis = { domain: [low, high] as const, ticks, labels: plainLabels(ticks) };
    if (fitsLinear(axis, sizePx)) return axis;
  }
  return { domain: [low, high], ticks: [low, high], labels: plainLabels([low, high]) };
}

const multiples = (step: number, first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * step));

/** Whether no label touches the next one. */
function fitsLinear({ domain, ticks, labels }: Axis, sizePx: number): boolean {
  const scale = sizePx / (domain[1] - domain[0] || 1);
  return labels.every((label, i) => {
    if (i === 0) return true;
    const needed = (textWidth(labels[i - 1], LABEL_PX) + textWidth(label, LABEL_PX)) / 2;
    return (ticks[i] - ticks[i - 1]) * scale >= needed + TICK_GAP_PX / 2;
  });
}

/** An axis of measured values, ending at round numbers. Shares never need more than 0..1. */
export function linearAxis(values: readonly number[], shares: boolean): Axis {
  if (values.length === 0) return { domain: [0, 1], ticks: [0, 1], labels: ['0', '1'] };
  const least = Math.min(...values);
  const greatest = Math.max(...values);
  const low = least >= 0 && least <= NEAR_ZERO * greatest ? 0 : least;
  const step = roundStep((greatest - low || Math.abs(greatest) || 1) / 6);
  const first = Math.floor(rounded(low / step));
  const last = Math.max(first + 1, Math.ceil(rounded(greatest / step)));
  const all = multiples(step, first, last);
  const ticks = shares ? all.filter((tick) => tick >= 0 && tick <= 1) : all;
  return { domain: [ticks[0], ticks[ticks.length - 1]], ticks, labels: plainLabels(ticks) };
}

/** A log axis of measured values above zero, ending at 1, 2 or 5 times a power of ten. */
export function logAxis(values: readonly number[], sizePx: number): Axis {
  if (values.length === 0) return logarithmic([0.1, 1], [0.1, 1], 10, sizePx);
  const low = logFloor(Math.min(...values));
  const high = roundStep(Math.max(...values));
  const domain = [low, high > low ? high : rounded(low * 10)] as const;
  return logarithmic(domain, logTicks(...domain, 10), 10, sizePx);
}

function logarithmic(
  domain: readonly [number, number],
  ticks: readonly number[],
  base: 2 | 10,
  sizePx: number,
): Axis {
  const minor = base === 10 ? minorTicks(domain, ticks, sizePx) : [];
  return {
    domain,
    ticks,
    labels: logLabels(ticks, base, sizePx),
    ...(minor.length > 0 && { minor }),
  };
}

/** The axis with powers alone, where the texts of 1, 2 and 5 times a power would touch side by side. */
export function thinned(axis: Axis, sizePx: number): Axis {
  const { domain, ticks, labels } = axis;
  const width = labels.reduce((sum, text) => sum + textWidth(text, LABEL_PX) + TICK_GAP_PX, 0);
  const isPower = (tick: number) => Number.isInteger(rounded(Math.log10(tick)));
  const powers = ticks.filter(isPower);
  if (width <= sizePx || powers.length < 2) return axis;
  const shown = labels.filter((_, i) => isPower(ticks[i]));
  return { domain, ticks: powers, labels: shown, minor: minorTicks(domain, powers, sizePx) };
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
  if (base === 10 && count < 3) return decadeTicks(low, high, [1, 2, 5]);
  const step = Math.ceil(count / 8);
  const powers = Array.from({ length: count }, (_, i) => rounded(base ** (first + i), 15));
  return powers.filter((_, i) => i % step === 0);
}

/** Those of all decades, or powers alone where there are many of them, that have no label. */
function minorTicks(
  [low, high]: readonly [number, number],
  ticks: readonly number[],
  sizePx: number,
): number[] {
  const many = Math.log10(high / low) * DECADE_PX > sizePx;
  const all = decadeTicks(low, high, many ? [1] : [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  return all.filter((tick) => !ticks.includes(tick));
}

/** `digits` times powers of ten, from `low` to `high`. */
function decadeTicks(low: number, high: number, digits: readonly number[]): number[] {
  const first = Math.floor(rounded(Math.log10(low)));
  const last = Math.floor(rounded(Math.log10(high)));
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i))
    .flatMap((unit) => digits.map((digit) => rounded(digit * unit)))
    .filter((tick) => tick >= low && tick <= high);
}

/** Plain numbers, or powers of the base where plain ones are too long or too small to read. */
function logLabels(ticks: readonly number[], base: 2 | 10, sizePx: number): string[] {
  const plain = ticks.map(valueText);
  const exponents = ticks.map((tick) => rounded(Math.log(tick) / Math.log(base)));
  const width = plain.reduce((sum, text) => sum + textWidth(text, LABEL_PX) + TICK_GAP_PX, 0);
  const extreme = ticks.some((tick) => tick < 1e-3 || tick > 1e7);
  if (!extreme && width <= sizePx) return plain;
  if (exponents.every(Number.isInteger)) return exponents.map((of) => power(base, of));
  return extreme ? ticks.map(scientific) : plain;
}
