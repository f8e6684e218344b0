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

/** Every round, a site resolves all differences with a random partner. Demers et al. 1987, section 1.3. */
export const antiEntropy = checked('anti-entropy', entries['anti-entropy']);
/** Apache Cassandra's gossip and failure detection, 3.11 to trunk. */
export const cassandra = checked('cassandra', entries.cassandra);
/** Heartbeats sent straight to watchers, who judge by a detector. Chen, Toueg, Aguilera 2002. */
export const directHeartbeats = checked('direct-heartbeats', entries['direct-heartbeats']);
/** The origin mails every other site at once. Demers et al. 1987, section 1.2. */
export const directMail = checked('direct-mail', entries['direct-mail']);
/** Gossiped heartbeats: silence for T_fail is suspected. Van Renesse, Minsky, Hayden 1998. */
export const heartbeat = checked('heartbeat', entries.heartbeat);
/** A node passes a rumour on once. Kermarrec, Massoulié, Ganesh 2003. */
export const infectAndDie = checked('infect-and-die', entries['infect-and-die']);
/** Jobs go to the server with the least known load. Mitzenmacher 2000. */
export const loadBalancing = checked('load-balancing', entries['load-balancing']);
/** Push-pull that stops in time. Karp, Schindelhauer, Shenker, Vöcking 2000. */
export const medianCounter = checked('median-counter', entries['median-counter']);
/** SWIM as HashiCorp runs it, with Lifeguard. Dadgar, Phillips, Currey 2018. */
export const memberlist = checked('memberlist', entries.memberlist);
/** Whoever lacks a rumour asks. Demers et al. 1987. */
export const pull = checked('pull', entries.pull);
/** Whoever knows a rumour tells others every round. Demers et al. 1987; Pittel 1987. */
export const push = checked('push', entries.push);
/** Rumours go both ways in every call. Karp et al. 2000. */
export const pushPull = checked('push-pull', entries['push-pull']);
/** A site spreads a rumour until others know it. Demers et al. 1987, section 1.4. */
export const rumourMongering = checked('rumour-mongering', entries['rumour-mongering']);
/** Reconciliation of mappings under an MTU. Van Renesse, Dumitriu, Gough, Thomas 2008. */
export const scuttlebutt = checked('scuttlebutt', entries.scuttlebutt);
/** Pings, pings by others, suspicion, infection. Das, Gupta, Motivala 2002. */
export const swim = checked('swim', entries.swim);
/** A layer over a broadcast: when writes are applied, and which one wins. A file for each rule. */
export const ordering = checked('ordering', entries.ordering, 2);
const on = <M>(entry: Entry<never[], unknown>, make: M) => ({ ...entry, make });
/** Heartbeat gossip on a ground that others can look into. */
export const heartbeatOn = checked('heartbeat', on(entries.heartbeat, bareHeartbeatOn), 1);
/** Load balancing on a ground that others can look into. */
export const loadBalancingOn = checked(
  'load-balancing',
  on(entries['load-balancing'], bareLoadBalancingOn),
  1,
);
