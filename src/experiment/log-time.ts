/**
 * Times in a log: numbers in a unit, or ISO 8601 dates as logging libraries write them, with T or a blank, a point or a
 * comma before the fraction, up to nanoseconds. A date without a zone is taken as UTC, on every machine.
 */
import type { Micros } from '../base/time.ts';

export const UNITS = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 } as const; // us
export type Unit = keyof typeof UNITS;

/** How the times of one log are read. */
export interface TimeFormat {
  readonly what: string; // for messages
  /** Whole microseconds; NaN if the text is not such a time. */
  readonly read: (text: string) => Micros;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const DATE =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(?:(Z)|([+-])(\d\d):?(\d\d))?$/i;
const FURTHEST: Micros = 2 ** 52; // 142 years: beyond that halves of a microsecond, and of detectors `never`

/** Of numbers in this unit. */
export const numericTime = (unit: Unit): TimeFormat => ({
  what: `a time in ${unit}`,
  read(text) {
    const time = NUMBER.test(text) ? Math.round(Number(text) * UNITS[unit]) : NaN;
    return Math.abs(time) <= FURTHEST ? time + 0 : NaN; // no -0
  },
});

export const isoTime: TimeFormat = {
  what: 'a time in ISO 8601',
  read(text) {
    const parts = DATE.exec(text);
    if (parts === null) return NaN;
    const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
    const [, , , , , , , fraction = '', , sign, zoneHours = '0', zoneMinutes = '0'] = parts;
    const ms = Date.UTC(year, month - 1, day, hour, minute, second);
    const date = new Date(ms);
    const exists = // Date.UTC makes 1 March of 30 February
      date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
    if (!exists || minute > 59 || second > 59) return NaN;
    const ahead = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -60e6 : 60e6);
    return ms * 1000 + Math.round(Number(fraction.padEnd(9, '0')) / 1000) - ahead;
  },
};

/** The format of a column, by its first time; undefined if that is none. */
export const formatOf = (first: string, unit: Unit | undefined): TimeFormat | undefined =>
  candidates(unit).find(({ read }) => !Number.isNaN(read(first)));

/** What is expected before the format is known. */
export const anyTime = (unit: Unit | undefined): string =>
  candidates(unit)
    .map(({ what }) => what)
    .join(' or ') + (unit === undefined ? ' (--unit names another unit)' : '');

const candidates = (unit: Unit | undefined): readonly TimeFormat[] =>
  unit === undefined ? [numericTime('ms'), isoTime] : [numericTime(unit)];
