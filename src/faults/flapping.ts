/** Flapping nodes: down and up again, on a beat. They end up. */
import { oneOf, positive } from '../base/errors.ts';
import type { Fault, FaultPlan } from '../engine/model.ts';
import { checkOccasions, checkWindow, type TimeWindow } from './occasions.ts';
import { drawsOf, inOrder } from './schedule.ts';
import { nodesOf, type Which } from './which.ts';

/** Who flaps, and for how long it is down and up. */
export interface FlappingOptions extends TimeWindow {
  readonly nodes: Which;
  readonly downMs: number;
  readonly upMs: number;
  /** 'together' (default): first down at `fromMs`; 'random': each by a phase of its own later, within one cycle. */
  readonly phase?: 'together' | 'random';
  /** 'crash' (default): each time up is a new life; 'pause': the same one, which was away. */
  readonly by?: 'crash' | 'pause';
}

/** Down for `downMs`, up for `upMs`; the last time down begins before `untilMs`. */
export function flapping(options: FlappingOptions): FaultPlan {
  const { nodes, downMs, upMs, phase = 'together', by = 'crash' } = options;
  const { fromMs, untilMs } = checkWindow('flapping', options);
  oneOf('flapping', 'phase', phase, ['together', 'random']);
  oneOf('flapping', 'by', by, ['crash', 'pause']);
  const cycleMs = positive('flapping', 'downMs', downMs) + positive('flapping', 'upMs', upMs);
  checkOccasions('flapping', { everyMs: cycleMs, fromMs, untilMs });
  return (streams) => {
    const draws = drawsOf(streams);
    const fate: Fault[] = [];
    for (const node of nodesOf('flapping', nodes, streams)) {
      const first = fromMs + (phase === 'random' ? draws.draw(node) * cycleMs : 0);
      for (let k = 0; first + k * cycleMs < untilMs; k++) {
        fate.push(...outage(by, node, first + k * cycleMs, downMs));
      }
    }
    return inOrder(fate);
  };
}

/** A time away: by crash and restart, or by a pause. */
export const outage = (by: 'crash' | 'pause', node: number, atMs: number, lastsMs: number) => {
  const untilMs = atMs + lastsMs;
  const away: Fault[] =
    by === 'pause'
      ? [{ atMs, node, kind: 'pause', untilMs }]
      : [
          { atMs, node, kind: 'crash' },
          { atMs: untilMs, node, kind: 'restart' },
        ];
  return away;
};
