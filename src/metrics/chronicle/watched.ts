/** A protocol that tells what it is doing: observers hear of its messages and facts, but not of starts and of timers set. */
import type { Micros } from '../../base/time.ts';
import type { Env, NodeId, Protocol, ProtocolFactory } from '../../engine/model.ts';

export interface Watcher {
  /** The node begins a life. */
  started(node: NodeId): void;
  /** The reaction, whichever it was, is over. */
  done(): void;
  /** The node has set a timer. */
  armed(node: NodeId, time: Micros, tag: number): void;
}

/** The same protocol: it draws, sends and emits the same. */
export const watched =
  <M>(protocol: ProtocolFactory<M>, watcher: Watcher): ProtocolFactory<M> =>
  (env) =>
    reacting(protocol(arming(env, watcher)), watcher);

/** First news must not be late, so there is no `emitLate`. */
const arming = <M>(env: Env<M>, { armed }: Watcher): Env<M> => ({
  n: env.n,
  inputs: env.inputs,
  now: () => env.now(),
  clock: (node) => env.clock(node),
  waiting: (node) => env.waiting(node),
  peer: (node) => env.peer(node),
  peers: (node, count) => env.peers(node, count),
  draw: (node) => env.draw(node),
  send: (from, to, message, bytes, channel) => env.send(from, to, message, bytes, channel),
  emit: (fact, node, about) => env.emit(fact, node, about),
  at(node, time, tag) {
    armed(node, time, tag);
    env.at(node, time, tag);
  },
});

/** Hooks that it lacks stay absent: a protocol without rounds has none. */
function reacting<M>(inner: Protocol<M>, { started, done }: Watcher): Protocol<M> {
  const then = <A extends unknown[]>(react: ((...args: A) => void) | undefined) =>
    react &&
    ((...args: A) => {
      react.apply(inner, args);
      done();
    });
  const hooks = {
    onStart(node: NodeId) {
      started(node);
      inner.onStart?.(node);
      done();
    },
    onInput: then(inner.onInput),
    onRound: then(inner.onRound),
    onMessage: then(inner.onMessage),
    onTimer: then(inner.onTimer),
    settle: then(inner.settle),
  };
  const present = Object.entries(hooks).filter(([, hook]) => hook !== undefined);
  return {
    ...(Object.fromEntries(present) as Protocol<M>),
    ...(inner.holds === undefined ? {} : { holds: inner.holds }),
  };
}
