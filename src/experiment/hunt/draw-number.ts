/** A random number of a kind, as it would be written in a scenario file: small, most of the time, and not too precise. */
import type { NumberKind, Unit } from '../../base/kinds.ts';
import type { Luck } from './luck.ts';

/** What is drawn fits a run of so many nodes and ms. */
export interface Scope {
  readonly nodes: number;
  readonly durationMs: number;
}

/** Most of the time between these, in ms, bytes, bytes per second. */
function usual(unit: Unit, { durationMs, nodes }: Scope, whole = false): [number, number] {
  if (unit === 'ms') return [Math.max(1, durationMs / 1000), durationMs];
  if (unit === 'bytes') return [1, 10_000];
  if (unit === 'bytes/s') return [500, 1e7];
  return whole ? [1, nodes] : [0.1, 10];
}

/** @param near its default, if that is a number: half of the time it is something like it. */
export function drawNumber(kind: NumberKind, luck: Luck, scope: Scope, near?: number): unknown {
  const words = Object.keys(kind.words ?? {});
  if (words.length > 0 && luck.chance(0.2)) return luck.pick(words);
  return written(inRange(kind, Math.abs(size(kind, luck, scope, near)), luck), kind, luck);
}

function size(kind: NumberKind, luck: Luck, scope: Scope, near?: number): number {
  const { unit, least, most, whole } = kind;
  if (luck.chance(0.1)) return luck.chance(0.5) || most === Infinity ? least : most;
  if (near !== undefined && near > 0 && luck.chance(0.5)) return near * luck.logarithmic(0.2, 5);
  if (unit === 'none' && most <= 1) return luck.draw() * most;
  const [low, high] = usual(unit, scope, whole);
  const far = luck.chance(0.1) ? 100 : 1;
  return luck.logarithmic(low / far, high * far);
}

/** Two digits are enough, and it may be below 0 where that is allowed. */
function inRange({ least, most, above, whole }: NumberKind, drawn: number, luck: Luck): number {
  const signed = least < 0 && luck.chance(0.4) ? -drawn : drawn;
  const finite = Number.isFinite(signed) ? signed : 1;
  const value = whole ? Math.round(finite) : Number(finite.toPrecision(2));
  const kept = Math.min(most, Math.max(least, value));
  return above && kept === least ? least + 1 : kept;
}

function written(value: number, { unit, bare }: NumberKind, luck: Luck): unknown {
  if (unit === 'none' || (bare && luck.chance(0.5))) return value;
  if (unit === 'ms') return duration(value);
  return `${plain(value)}${unit === 'bytes' ? 'B' : 'B/s'}`;
}

/** 1500 -> 1.5s. */
export const duration = (ms: number): string =>
  Math.abs(ms) >= 1000 ? `${plain(Number((ms / 1000).toPrecision(6)))}s` : `${plain(ms)}ms`;

const plain = (value: number): string => String(value);
