/** Numbers and commands as people read them. */
import { quoted } from '../experiment/shell.ts';
import type { Given } from './verb.ts';

/** A whole number as `12,000`. Not by toLocaleString: its first answer takes as long as many a command. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** `3 cells`, `1 cell`, `12,000 runs`. */
export const count = (n: number, noun: string): string =>
  `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;

/** A duration, two units at most: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown';
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return two(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(whole / 60);
  return two(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

const two = (large: number, unit: string, small: number, subunit: string): string =>
  `${large} ${unit}${small > 0 ? ` ${small} ${subunit}` : ''}`;

/** Bytes in binary units: `640 KiB`, `1.5 GiB`. */
export function bytes(n: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, n)) / 10)));
  const value = n / 1024 ** power;
  return `${power === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

export const commandLine = (words: readonly string[]): string =>
  ['npx hearsay', ...words.map(quoted)].join(' ');

/** The command that repeats what was asked: its words, some of its lists and options, and the seed it had. */
export function repeated(
  verb: string,
  { words, lists, texts }: Pick<Given, 'words' | 'lists' | 'texts'>,
  kept: { readonly lists: readonly string[]; readonly texts: readonly string[] },
  seed: string,
): string {
  const all = kept.lists.flatMap((name) =>
    (lists.get(name) ?? []).flatMap((text) => [`--${name}`, text]),
  );
  const options = kept.texts.flatMap((name) => {
    const text = texts.get(name);
    return text === undefined ? [] : [`--${name}`, text];
  });
  return commandLine([verb, ...words, ...all, ...options, '--seed', seed]);
}
