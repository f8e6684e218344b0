/**
 * Churn of a closed population: each node is present for a session, then absent, then present again, independently of
 * the others (an alternating renewal process, as Yao, Leonard, Wang and Loguinov, "Modeling heterogeneous user churn
 * and local resilience of unstructured P2P networks", ICNP 2006). Deviations: the first period is a whole one, not the
 * rest of one, so the process is stationary from the start for exponential laws only.
 */
import { probability, UserError } from '../base/errors.ts';
import type { Stream } from '../base/stream.ts';
import type { Fault, FaultPlan, NodeId } from '../engine/model.ts';
import { checkDuration, type Duration, lasting } from './durations.ts';
import { checkWindow, type TimeWindow } from './occasions.ts';
import { drawsOf, inOrder } from './schedule.ts';
import { nodesOf, type Which } from './which.ts';

/** Who comes and goes, and for how long. */
export interface ChurnOptions extends TimeWindow {
  /** Default: all. */
  readonly nodes?: Which;
  /** How long a node is present: `exponentialMs(3_600_000)`; measured systems have heavier tails (Weibull, Pareto). */
  readonly session: Duration;
  readonly absence: Duration;
  /** Probability that a node is absent at the start; default 0. In the long run it is E(absence) / E(absence + session). */
  readonly absentShare?: number;
}

const MOST = 1e6; // changes of one node

/** Sessions and absences follow each other from `fromMs`; from `untilMs` on nothing changes. */
export function churn(options: ChurnOptions): FaultPlan {
  const { nodes = 'all', session, absence, absentShare = 0 } = options;
  const { fromMs, untilMs } = checkWindow('churn', options);
  checkDuration('churn', 'session', session);
  checkDuration('churn', 'absence', absence);
  probability('churn', 'absentShare', absentShare);

  /** Always draws: a coin, then a duration per period. */
  function fateOf(node: NodeId, draws: Stream): Fault[] {
    let present = draws.draw(node) >= absentShare;
    const fate: Fault[] = present ? [] : [{ atMs: 0, node, kind: 'absent' }];
    let atMs = fromMs;
    for (;;) {
      atMs += lasting(present ? session : absence, draws.draw(node));
      if (atMs >= untilMs) return fate;
      present = !present;
      fate.push({ atMs, node, kind: present ? 'restart' : 'crash' });
      if (fate.length < MOST) continue;
      throw new UserError(
        `churn: sessions and absences must be longer; node ${node} changed ${MOST} times by ${atMs} ms`,
      );
    }
  }

  return (streams) => {
    const draws = drawsOf(streams);
    return inOrder(nodesOf('churn', nodes, streams).flatMap((node) => fateOf(node, draws)));
  };
}
