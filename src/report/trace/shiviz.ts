/**
 * A log for ShiViz (Beschastnikh et al., CACM 59(8), 2016), which draws it as a space-time diagram. Its default expression
 * reads it, `(?<host>\S*) (?<clock>{.*})\n(?<event>.*)`. A clock has an entry for each node that it knows of, so that logs
 * of many nodes are long; ShiViz itself is at ease with some 50 nodes and 1,000 happenings.
 */
import { type Clock, clocksOf } from './clocks.ts';
import type { Trace } from './model.ts';
import { msText, sentenceOf } from './words.ts';

export function* shivizLines(trace: Trace): Iterable<string> {
  const { chronicle } = trace;
  const { nodes, each } = clocksOf(trace);
  for (const [i, clock] of each) {
    const said = `${sentenceOf(chronicle, i)} @ ${msText(chronicle.at[i])} ms`;
    yield `n${chronicle.node[i]} ${clockText(clock, nodes)}\n${said}\n`;
  }
}

function clockText(clock: Clock, nodes: readonly number[]): string {
  let entries = '';
  for (let k = 0; k < clock.length; k++) {
    if (clock[k] > 0) entries += `${entries === '' ? '' : ', '}"n${nodes[k]}": ${clock[k]}`;
  }
  return `{${entries}}`;
}
