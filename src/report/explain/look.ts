/** How diagrams look, and where things are on them. */
import { grouped } from '../numbers.ts';
import type { Dot, Drawn } from './drawn.ts';
import type { Labels } from './labels.ts';

export const SMALL_PX = 12;
export const TINY_PX = 10.5;
export const INK = '#222222';
export const LINE = '#8a8a8a';
export const MESSAGE = '#0072b2';
export const LOSS = '#d55e00';
export const CUT = '#8c3b00';
export const PAUSE = '#c8c8c8';
export const TIME = '#555555';
/** [kind of fact] Okabe and Ito. */
export const DOTS: Readonly<Record<Dot['is'], string>> = {
  suspected: '#e69f00',
  verdict: '#8c3b00',
  trusted: '#009e73',
  delivered: '#0072b2',
};
export interface Plane {
  readonly drawn: Drawn;
  readonly x: (time: number) => number;
  readonly y: (node: number) => number;
  readonly labels: Labels;
  /** Where the lines end. */
  readonly right: number;
}

/** Seconds, to a millisecond. */
export const short = (time: number): string => grouped(String(Number((time / 1e6).toFixed(3))));
