/** The grid: the product of the axes, in the order in which they are declared, the last axis fastest. */
import type { Cell, Value } from './model.ts';

export type Axes = Readonly<Record<string, readonly Value[]>>;

export function product(axes: Axes): Cell[] {
  let cells: Cell[] = [{}];
  for (const [axis, values] of Object.entries(axes)) {
    cells = cells.flatMap((cell) => values.map((value) => ({ ...cell, [axis]: value })));
  }
  return cells;
}

/** 'n = 100, protocol = push': a cell in a sentence. */
export const cellText = (cell: Cell): string =>
  Object.entries(cell)
    .map(([axis, value]) => `${axis} = ${value}`)
    .join(', ');
