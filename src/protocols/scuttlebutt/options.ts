/** The options of Scuttlebutt, their defaults and their checks. */
import { numberIn, oneOf, shown, UserError, wholeNumber } from '../../base/errors.ts';
import { type Micros, micros } from '../../base/time.ts';
import type { FlowOptions } from './flow.ts';
import { ORDERS, type Order } from './orders.ts';

/** A value that changes: from each time in ms on, ascending, the value; the first from 0. */
export type Schedule = number | readonly (readonly [fromMs: number, value: number])[];

/** Options of `scuttlebutt`, with their units. */
export interface ScuttlebuttOptions {
  /** Mappings per participant; default 64. */
  readonly keys?: number;
  /** Which updates go first when not all fit; default depth. */
  readonly order?: Order;
  /** Updates that a message carries at most, Infinity: all; default Infinity. */
  readonly mtu?: Schedule;
  /** Updates that a participant makes per second, to random keys of its own; default 1. Infinity only with flow control. */
  readonly rate?: Schedule;
  /** At equal distances from a random time on (default), or as a Poisson process. */
  readonly updates?: 'regular' | 'poisson';
  /** Default: none, everybody updates at `rate`. */
  readonly flow?: FlowOptions;
  /** Payload of a value; default 8. */
  readonly valueBytes?: number;
}

export interface Settings {
  readonly keys: number;
  readonly order: Order;
  readonly mtu: (now: Micros) => number;
  readonly rate: (now: Micros) => number;
  /** us, at which the rate changes, 0 first. */
  readonly changes: readonly Micros[];
  readonly isPoisson: boolean;
  readonly flow: FlowOptions | undefined;
  readonly valueBytes: number;
}

const WHERE = 'scuttlebutt';

export function settingsOf(options: ScuttlebuttOptions): Settings {
  const { order = 'depth', updates = 'regular', flow } = options;
  oneOf(WHERE, 'order', order, ORDERS);
  oneOf(WHERE, 'updates', updates, ['regular', 'poisson']);
  const rate = scheduleOf('rate', options.rate ?? 1, 0);
  const mtu = scheduleOf('mtu', options.mtu ?? Infinity, 1);
  for (const value of mtu.values) if (value !== Infinity) wholeNumber(WHERE, 'mtu', value, 1);
  if (flow === undefined && rate.values.includes(Infinity)) {
    throw new UserError(`${WHERE}: a rate of Infinity needs flow control (flow), which limits it`);
  }
  if (flow !== undefined) {
    numberIn(WHERE, 'flow.initial', flow.initial, 1e-6);
    numberIn(WHERE, 'flow.increase', flow.increase, 0);
    numberIn(WHERE, 'flow.decrease', flow.decrease, 1e-6, 1);
  }
  return {
    keys: wholeNumber(WHERE, 'keys', options.keys ?? 64, 1),
    order,
    mtu: mtu.at,
    rate: rate.at,
    changes: rate.from,
    isPoisson: updates === 'poisson',
    flow,
    valueBytes: wholeNumber(WHERE, 'valueBytes', options.valueBytes ?? 8, 0),
  };
}

function scheduleOf(what: string, schedule: Schedule, least: number) {
  const steps = typeof schedule === 'number' ? ([[0, schedule]] as const) : schedule;
  const areSteps = Array.isArray(steps) && steps.every((step) => Array.isArray(step));
  const from = areSteps ? steps.map(([ms]) => micros(ms)) : [];
  const values = areSteps ? steps.map(([, value]) => value) : [];
  const isAscending = from.every((at, i) => i === 0 || at > from[i - 1]);
  if (from[0] !== 0 || !isAscending) {
    throw new UserError(
      `${WHERE}: ${what} must be a number or steps [from ms, value], the first from 0 and the others later; got ${JSON.stringify(schedule)}`,
    );
  }
  for (const value of values) {
    if (!(typeof value === 'number' && value >= least)) {
      throw new UserError(`${WHERE}: ${what} must be at least ${least}; got ${shown(value)}`);
    }
  }
  const at = (now: Micros) => {
    let i = values.length - 1;
    while (from[i] > now) i--;
    return values[i];
  };
  return { at, from, values };
}
