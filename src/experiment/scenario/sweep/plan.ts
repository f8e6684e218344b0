/** From a scenario file and what is asked of it to a plan. */
import { type Plan, plan } from '../../plan.ts';
import type { Precision } from '../../precision.ts';
import { sweepOf } from '../../registry.ts';
import { axesOf } from './axes.ts';

export interface Asked {
  readonly file: string;
  readonly text: string;
  readonly set?: readonly string[];
  /** path=values; without any, the plan has one cell: the file as it is. */
  readonly over?: readonly string[];
  /** What is shown and drawn; empty: the usual. */
  readonly measures?: readonly string[];
  readonly replicates?: number | undefined;
  /** Instead of replicates. */
  readonly precision?: Precision | undefined;
  readonly traces?: boolean;
  readonly seed?: string | undefined;
}

/** A `UserError` names what is wrong, and where. */
export async function sweepPlan(asked: Asked): Promise<Plan> {
  const { file, text, set = [], over: typed = [], measures = [], traces } = asked;
  const over = axesOf({ file, text, set }, typed);
  const sweep = { file, text, set, over, measures, typed, ...(traces ? { traces } : {}) };
  const { replicates, precision, seed } = asked;
  return plan(await sweepOf(sweep), {
    sweep,
    ...(replicates === undefined ? {} : { replicates }),
    ...(precision === undefined ? {} : { precision }),
    ...(seed === undefined ? {} : { seed }),
  });
}
