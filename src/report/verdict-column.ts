/** The column of verdicts, in colour where a terminal shows it. */
import picocolors from 'picocolors';
import type { Verdict } from '../experiment/model.ts';
import type { Column } from './columns.ts';

export interface TableOptions {
  /** Characters a line; default 110. */
  readonly width?: number;
  /** Default: if stdout is a terminal and NO_COLOR is not set. */
  readonly colour?: boolean;
}

const PAINTS = { reproduced: 'green', 'not reproduced': 'red', inconclusive: 'yellow' } as const;

/** https://no-color.org: any value that is not empty switches colour off. */
const wantsColour = (): boolean =>
  process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';

export function verdictColumn({ colour = wantsColour() }: TableOptions): Column {
  const colours = picocolors.createColors(colour);
  return { title: 'verdict', paint: (text) => colours[PAINTS[text as Verdict]](text) };
}
