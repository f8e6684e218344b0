/** Stop-the-world pauses: garbage collection, a virtual machine that migrates, a process that swaps. */
import type { Fault, FaultPlan } from '../engine/model.ts';
import { checkDuration, type Duration, lasting } from './durations.ts';
import { checkOccasions, type Occasions, timesOf } from './occasions.ts';
import { drawsOf, inOrder } from './schedule.ts';
import { nodesOf, type Which } from './which.ts';

/** Who pauses when, and for how long. */
export type PausesOptions = Occasions & {
  /** Default: all. */
  readonly nodes?: Which;
  readonly lasts: Duration;
};

/** Each node pauses on occasions of its own: at `atMs: [...]`, every `everyMs`, or `perHour` times (Poisson). */
export function pauses(options: PausesOptions): FaultPlan {
  const { nodes = 'all', lasts } = options;
  checkOccasions('pauses', options);
  checkDuration('pauses', 'lasts', lasts);
  return (streams) => {
    const starts = drawsOf(streams);
    const lengths = drawsOf(streams); // apart, so that the k-th pause is as long whenever it comes
    return inOrder(
      nodesOf('pauses', nodes, streams).flatMap((node) =>
        timesOf(options, starts, node).map(
          (atMs): Fault => ({
            atMs,
            node,
            kind: 'pause',
            untilMs: atMs + lasting(lasts, lengths.draw(node)),
          }),
        ),
      ),
    );
  };
}
