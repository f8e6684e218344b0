/**
 * A trace to read: a line per happening, with its number, the number of what it came of, the time in ms, the node, and what
 * it did.
 */
import { NO_CAUSE } from '../../metrics/chronicle/index.ts';
import type { Trace } from './model.ts';
import { lineOf, msText, sentenceOf } from './words.ts';

export function* textLines({ chronicle, title, shown }: Trace): Iterable<string> {
  yield `# ${lineOf(title)}\n`;
  yield `${'number'.padStart(8)} ${'of'.padStart(8)} ${'ms'.padStart(14)}  node    what\n`;
  for (const i of shown) {
    const of = chronicle.cause[i] === NO_CAUSE ? '' : String(chronicle.cause[i]);
    const node = `n${chronicle.node[i]}`.padEnd(7);
    const time = msText(chronicle.at[i]).padStart(14);
    yield `${String(i).padStart(8)} ${of.padStart(8)} ${time}  ${node} ${sentenceOf(chronicle, i)}\n`;
  }
}
