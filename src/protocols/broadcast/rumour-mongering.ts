/**
 * Rumour mongering, Demers' complex epidemics: a site that hears a rumour spreads it while it is "hot", and loses
 * interest when it finds that its partners know it already. Residue: who is never told.
 *   direction  push: an infective site calls a random partner every cycle and tells it. pull: every site calls, and the
 *              partner tells what is hot with it. push-pull: both.
 *   judgement  feedback: the partner says whether it needed the rumour. blind: every telling counts as unnecessary.
 *   rule, k    counter or coin: interest.ts. connectionLimit, huntLimit: connections.ts.
 *   minimise   if both partners know the rumour, only the smaller counter counts the contact; both if they are equal.
 * "Needed" is judged by what the partner knew before, so two sites that tell it at the same instant were both useful,
 * and newly infected sites spread from the next cycle on: only so do the paper's numbers come out.
 * Source: Demers et al., "Epidemic algorithms for replicated database maintenance", PODC 1987, section 1.4.
 * Deviations: a site finds at its next cycle that it has lost interest, not within the cycle; where connections are
 * limited, a hunter's second partner may have been told within the same cycle.
 */
import { numberIn, oneOf, wholeNumber } from '../../base/errors.ts';
import { NOBODY, type NodeId, type ProtocolFactory } from '../../engine/model.ts';
import { Connections } from './connections.ts';
import { Interest } from './interest.ts';
import {
  aboutOf,
  CONTROL_BYTES,
  counterOf,
  MOST_COUNTER,
  message,
  NEEDED,
  REQUEST,
  RUMOUR,
  tagOf,
  UNNECESSARY,
} from './messages.ts';
import { news } from './news.ts';
import { DIRECTIONS, type Direction } from './options.ts';

/** Options of `rumourMongering`, with their units. */
export interface RumourMongeringOptions {
  readonly direction?: Direction;
  readonly judgement?: 'feedback' | 'blind';
  readonly rule?: 'counter' | 'coin';
  readonly k?: number;
  /** Whether a useful contact sets the counter back to 0. */
  readonly reset?: boolean;
  readonly minimise?: boolean;
  readonly connectionLimit?: number;
  readonly huntLimit?: number;
  readonly rumourBytes?: number;
}

/** A site spreads a rumour until others know it. Demers et al. 1987, section 1.4. */
export const rumourMongering =
  (options: RumourMongeringOptions = {}): ProtocolFactory<number> =>
  (env) => {
    const { direction, judgement, minimise, rumourBytes, ...settings } = withDefaults(options);
    const { columns, hear, knewBefore } = news(env);
    const interest = new Interest(env, settings);
    const connections = new Connections(env, settings, converse);

    const hot = (node: NodeId, rumour: number): boolean =>
      interest.infective(node, rumour) && knewBefore(node, rumour);

    function hasHot(node: NodeId): boolean {
      for (let rumour = 0; rumour < env.inputs; rumour++) if (hot(node, rumour)) return true;
      return false;
    }

    function tell(node: NodeId, partner: NodeId) {
      for (let rumour = 0; rumour < env.inputs; rumour++) {
        if (!hot(node, rumour)) continue;
        env.send(
          node,
          partner,
          message(RUMOUR, rumour, interest.counter(node, rumour)),
          rumourBytes,
        );
        if (judgement === 'blind') interest.contact(node, rumour, false);
      }
    }

    function converse(caller: NodeId, partner: NodeId) {
      if (partner === NOBODY) return;
      if (direction !== 'push') env.send(caller, partner, message(REQUEST), CONTROL_BYTES);
      if (direction !== 'pull') tell(caller, partner);
    }

    function hearAndKindle(node: NodeId, rumour: number) {
      if (hear(node, rumour)) interest.kindle(node, rumour);
    }

    /** The partner's answer to a telling; `counter` is the teller's. */
    function feedBack(node: NodeId, teller: NodeId, rumour: number, counter: number) {
      const knew = knewBefore(node, rumour);
      const mine = interest.counter(node, rumour);
      if (knew && minimise && mine <= counter) interest.contact(node, rumour, false);
      if (knew && minimise && mine < counter) return;
      env.send(node, teller, message(knew ? UNNECESSARY : NEEDED, rumour), CONTROL_BYTES);
    }

    return {
      columns,
      onInput: hearAndKindle,
      onRound(node) {
        interest.endCycle(node);
        connections.newCycle(node);
        if (direction !== 'push' || hasHot(node)) connections.call(node);
      },
      onMessage(node, from, received) {
        const tag = tagOf(received);
        const rumour = aboutOf(received);
        if (tag === RUMOUR) {
          hearAndKindle(node, rumour);
          if (judgement === 'feedback') feedBack(node, from, rumour, counterOf(received));
        } else if (tag === REQUEST) tell(node, from);
        else if (tag === NEEDED || tag === UNNECESSARY)
          interest.contact(node, rumour, tag === NEEDED);
        else connections.onMessage(node, from, received);
      },
    };
  };

/** The options with their defaults, or a UserError. */
function withDefaults(options: RumourMongeringOptions): Required<RumourMongeringOptions> {
  const defaults = {
    direction: 'push',
    judgement: 'feedback',
    rule: 'counter',
    k: 1,
    reset: true,
    minimise: false,
    connectionLimit: Infinity,
    huntLimit: 0,
    rumourBytes: 100,
  } as const;
  const all: Required<RumourMongeringOptions> = { ...defaults, ...options };
  oneOf(WHERE, 'direction', all.direction, DIRECTIONS);
  oneOf(WHERE, 'judgement', all.judgement, ['feedback', 'blind']);
  oneOf(WHERE, 'rule', all.rule, ['counter', 'coin']);
  if (all.rule === 'coin') numberIn(WHERE, 'k', all.k, 1);
  else wholeNumber(WHERE, 'k', all.k, 1, MOST_COUNTER);
  if (all.connectionLimit !== Infinity)
    wholeNumber(WHERE, 'connectionLimit', all.connectionLimit, 1);
  // Finite: where messages take no time, an endless hunt would never leave its instant.
  wholeNumber(WHERE, 'huntLimit', all.huntLimit, 0);
  return all;
}

const WHERE = 'rumour-mongering';
