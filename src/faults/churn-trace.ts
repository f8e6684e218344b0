/** Churn as it was measured: reads `time_ms,node,event` from CSV text. */
import { parse } from 'csv-parse/sync';
import { oneOf, shown, UserError } from '../base/errors.ts';
import type { Fault, FaultPlan } from '../engine/model.ts';
import { inOrder } from './schedule.ts';

/** Where the text comes from, and how its nodes become those of the run. */
export interface ChurnTraceOptions {
  /** What the text is, for messages: a file's name. */
  readonly where: string;
  /** 'ids' (default): the column node holds 0 .. n-1; 'any': any names, numbered as they first appear. */
  readonly names?: 'ids' | 'any';
}

const EVENTS: Readonly<Record<string, 'crash' | 'restart'>> = {
  ...{ crash: 'crash', leave: 'crash', down: 'crash' },
  ...{ restart: 'restart', join: 'restart', up: 'restart' },
};
const HEADINGS = ['time_ms', 'node', 'event'];

interface Row {
  readonly line: number;
  readonly atMs: number;
  readonly name: string;
  readonly kind: 'crash' | 'restart';
}

/** As csv-parse hands a row over with `info: true`. */
interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * The columns time_ms, node and event, in any order; others are passed over, as are empty lines and lines that start
 * with #. An event is crash, leave or down; restart, join or up. Rows need not be in order. A node whose first event is
 * a join is absent from the start; one without rows is up throughout.
 */
export function churnTrace(text: string, { where, names = 'ids' }: ChurnTraceOptions): FaultPlan {
  oneOf('churnTrace', 'names', names, ['ids', 'any']);
  const rows = rowsOf(text, where);
  const numbers = new Map<string, number>();
  for (const { name } of rows) if (!numbers.has(name)) numbers.set(name, numbers.size);
  return ({ n }) => {
    const events = rows.map(({ line, atMs, name, kind }): Fault => {
      const node = names === 'ids' ? Number(name) : numbers.get(name)!;
      if (name !== '' && Number.isInteger(node) && node >= 0 && node < n)
        return { atMs, node, kind };
      throw new UserError(
        names === 'ids'
          ? `${where}: line ${line}: node must be a whole number in 0..${n - 1}; found ${shown(name)}`
          : `${where}: line ${line}: the scenario has n = ${n} nodes; found ${shown(name)} as number ${node + 1}`,
      );
    });
    return absentFirst(inOrder(events));
  };
}

/** Before them, the absence of each node that joins before anything else befalls it. */
function absentFirst(events: readonly Fault[]): Fault[] {
  const seen = new Set<number>();
  const missing: Fault[] = [];
  for (const { node, kind } of events) {
    if (!seen.has(node) && kind === 'restart') missing.push({ atMs: 0, node, kind: 'absent' });
    seen.add(node);
  }
  return [...missing, ...events];
}

function rowsOf(text: string, where: string): Row[] {
  const [head, ...rows] = parsed(text, where);
  const found = head?.record ?? [];
  const [time, node, event] = HEADINGS.map((heading) => {
    const index = found.indexOf(heading);
    if (index >= 0) return index;
    throw new UserError(
      `${where}: expected the headings ${HEADINGS.join(', ')}; found ${found.map(shown).join(', ') || 'no row'}`,
    );
  });
  return rows.map(({ record, info }) => {
    const line = info.lines;
    const [atText, name, word] = [record[time] ?? '', record[node] ?? '', record[event] ?? ''];
    const atMs = Number(atText || NaN); // Number('') is 0
    const wrong = (expected: string, field: string) =>
      new UserError(`${where}: line ${line}: expected ${expected}; found ${shown(field)}`);
    if (!(atMs >= 0 && atMs < Infinity)) throw wrong('a time in ms, at least 0', atText);
    if (name === '') throw wrong('a node', name);
    if (!Object.hasOwn(EVENTS, word)) throw wrong(Object.keys(EVENTS).join(', '), word);
    return { line, atMs, name, kind: EVENTS[word] };
  });
}

function parsed(text: string, where: string): Parsed[] {
  try {
    const options = { bom: true, comment: '#', comment_no_infix: true, info: true } as const;
    const lenient = { relax_column_count: true, skip_empty_lines: true, trim: true } as const;
    return parse(text, { ...options, ...lenient }) as unknown as Parsed[];
  } catch (error) {
    throw new UserError(`${where}: expected CSV; ${(error as Error).message}`);
  }
}
