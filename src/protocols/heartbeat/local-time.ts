/** What a node takes for the time. A clock that was set back stands still until it is past its highest reading. */
import type { Micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';

export type LocalTime = (node: NodeId) => Micros;

export function localTime(env: Env<number>, clock: 'true' | 'own'): LocalTime {
  if (clock === 'true') return () => env.now();
  const highest = new Float64Array(env.n).fill(-Infinity); // [node] us
  return (node) => {
    const reading = env.clock(node);
    if (reading > highest[node]) highest[node] = reading;
    return highest[node];
  };
}
