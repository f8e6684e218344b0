/**
 * The factories of the library. They refuse an option that the registry does not know: a type checker sees a misspelt
 * name, but JavaScript, and options put together at run time, would run with the default instead.
 */
import { shown, UserError } from '../base/errors.ts';
import { nearestOf } from '../base/nearest.ts';
import { heartbeatOn as bareHeartbeatOn } from './heartbeat/heartbeat.ts';
import { loadBalancingOn as bareLoadBalancingOn } from './load/load.ts';
import { entries } from './registry.ts';
import type { OptionEntry } from './registry-entry.ts';

interface Entry<A extends unknown[], R> {
  readonly make: (...args: A) => R;
  readonly options: Readonly<Record<string, OptionEntry>>;
}

/** @param place of the options among the arguments. */
const checked =
  <A extends unknown[], R>(name: string, { make, options }: Entry<A, R>, place = 0) =>
  (...args: A): R => {
    const known = Object.keys(options);
    for (const option of Object.keys(args[place] ?? {})) {
      if (known.includes(option)) continue;
      const near = nearestOf(option, known);
      const help = near === undefined ? `known: ${known.join(', ')}` : `nearest: ${near}`;
      throw new UserError(`${name}: option ${shown(option)} is not known; ${help}`);
    }
    return make(...args);
  };

export const antiEntropy = checked('anti-entropy', entries['anti-entropy']);
export const cassandra = checked('cassandra', entries.cassandra);
export const directHeartbeats = checked('direct-heartbeats', entries['direct-heartbeats']);
export const directMail = checked('direct-mail', entries['direct-mail']);
export const heartbeat = checked('heartbeat', entries.heartbeat);
export const infectAndDie = checked('infect-and-die', entries['infect-and-die']);
export const loadBalancing = checked('load-balancing', entries['load-balancing']);
export const medianCounter = checked('median-counter', entries['median-counter']);
export const memberlist = checked('memberlist', entries.memberlist);
export const pull = checked('pull', entries.pull);
export const push = checked('push', entries.push);
export const pushPull = checked('push-pull', entries['push-pull']);
export const rumourMongering = checked('rumour-mongering', entries['rumour-mongering']);
export const scuttlebutt = checked('scuttlebutt', entries.scuttlebutt);
export const swim = checked('swim', entries.swim);
export const ordering = checked('ordering', entries.ordering, 2);
const on = <M>(entry: Entry<never[], unknown>, make: M) => ({ ...entry, make });
export const heartbeatOn = checked('heartbeat', on(entries.heartbeat, bareHeartbeatOn), 1);
export const loadBalancingOn = checked(
  'load-balancing',
  on(entries['load-balancing'], bareLoadBalancingOn),
  1,
);
