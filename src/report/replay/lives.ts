/** What is true of the nodes through time: down, not there yet, paused, slow. From the faults alone. */
import { type Log, LogWriter } from './log.ts';
import { FAULT_NAMES, type FaultName, type RunColumns } from './model.ts';

/** Bits of a node's condition; 0: it is up and well. */
export const DOWN = 1;
export const ABSENT = 2; // it has not come yet
export const PAUSED = 4;
export const SLOW = 8;

export const isDown = (condition: number): boolean => (condition & (DOWN | ABSENT)) !== 0;

export const faultName = ({ faults }: Pick<RunColumns, 'faults'>, i: number): FaultName =>
  FAULT_NAMES[faults.kind[i]];

/** A crash of what is down and a restart of what is up change nothing; a node that is down cannot be paused. */
function next(condition: number, fault: FaultName): number {
  switch (fault) {
    case 'absent':
      return condition | ABSENT;
    case 'crash':
      return isDown(condition) ? condition : (condition & SLOW) | DOWN;
    case 'restart':
      return isDown(condition) ? condition & SLOW : condition;
    case 'pause':
      return isDown(condition) ? condition : condition | PAUSED;
    case 'resume':
      return condition & ~PAUSED;
    case 'slow':
      return condition | SLOW;
    case 'quick':
      return condition & ~SLOW;
    default:
      return condition;
  }
}

/** [node] its condition. */
export function livesLog(run: RunColumns): Log {
  const writer = new LogWriter(() => new Uint8Array(run.n));
  const { at, node } = run.faults;
  for (let i = 0; i < at.length; i++) {
    writer.set(at[i], node[i], next(writer.value[node[i]], faultName(run, i)));
  }
  return writer.close();
}
