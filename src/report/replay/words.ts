/** Nodes, counts and times as a page says them. */
import { grouped } from '../numbers.ts';

/** `3 nodes`, `1 node`. */
export const count = (n: number, noun: string): string =>
  `${grouped(String(n))} ${noun}${n === 1 ? '' : 's'}`;

/** Seconds with as many digits as make the end of the run readable: '12.50 s'. */
export const timeText = (micros: number, digits = 2): string =>
  `${(micros / 1e6).toFixed(digits)} s`;

/** Digits behind the point of seconds, for a run that ends then: steps of a thousandth of it can be told apart. */
export const digitsFor = (end: number): number =>
  Math.max(1, Math.min(6, Math.ceil(-Math.log10(Math.max(1, end) / 1e6 / 1000))));

/** 'node 5', 'nodes 3 and 7', 'nodes 0-9 and 12'; of many, how many. */
export function nodesText(nodes: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const node of [...nodes].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === node - 1) last[1] = node;
    else ranges.push([node, node]);
  }
  if (ranges.length > 4) return count(nodes.length, 'node');
  const said = ranges.map(([a, b]) =>
    a === b ? `${a}` : b === a + 1 ? `${a}, ${b}` : `${a}-${b}`,
  );
  const list =
    said.length === 1 ? said[0] : `${said.slice(0, -1).join(', ')} and ${said[said.length - 1]}`;
  return `${nodes.length === 1 ? 'node' : 'nodes'} ${list}`;
}
