/** A trace as a table: a row per happening, the same columns in CSV and Parquet. What does not apply is missing. */
import { millis } from '../../base/time.ts';
import {
  type Chronicle,
  FACT,
  HANDED,
  NO_CAUSE,
  SENT,
  TIMED,
  WHAT_NAMES,
} from '../../metrics/chronicle/index.ts';
import { isLost } from './model.ts';
import { isMessage, kindOf } from './words.ts';

/** How Parquet names them. */
export type ColumnType = 'INT32' | 'DOUBLE' | 'STRING' | 'BOOLEAN';
export type Cell = number | string | boolean | null;

export interface TraceColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Of the happening i. */
  readonly of: (chronicle: Chronicle, i: number) => Cell;
}

const column = (name: string, type: ColumnType, of: TraceColumn['of']): TraceColumn => ({
  ...{ name, type, of },
});

export const COLUMNS: readonly TraceColumn[] = [
  column('happening', 'INT32', (_, i) => i),
  column('time_ms', 'DOUBLE', ({ at }, i) => millis(at[i])),
  column('what', 'STRING', ({ what }, i) => WHAT_NAMES[what[i]]),
  column('node', 'INT32', ({ node }, i) => node[i]),
  // The other node of a message.
  column('peer', 'INT32', ({ what, other }, i) => (isMessage(what[i]) ? other[i] : null)),
  // Of a message, fact or fault.
  column('kind', 'STRING', kindOf),
  // The node, rumour, operation or number that a fact is about; which input was handed, which timer went off.
  column('about', 'INT32', ({ what, other, word }, i) => {
    if (what[i] === FACT) return other[i];
    return what[i] === TIMED || what[i] === HANDED ? word[i] : null;
  }),
  column('message', 'STRING', ({ what, word, words }, i) =>
    isMessage(what[i]) ? words[word[i]] : null,
  ),
  // With its header.
  column('bytes', 'INT32', ({ what, bytes }, i) => (what[i] === SENT ? bytes[i] : null)),
  column('arrives_ms', 'DOUBLE', (chronicle, i) =>
    chronicle.what[i] === SENT && !isLost(chronicle, i) ? millis(chronicle.arrives[i]) : null,
  ),
  column('lost', 'BOOLEAN', (chronicle, i) =>
    chronicle.what[i] === SENT ? isLost(chronicle, i) : null,
  ),
  // The number of the happening that it came of.
  column('cause', 'INT32', ({ cause }, i) => (cause[i] === NO_CAUSE ? null : cause[i])),
];
