/**
 * Independent loss: each message is lost with a probability of its own. The coin is tossed and the inner link asked
 * even where the outcome cannot matter, so that no stream slides when a probability changes; and a message is lost
 * if its uniform is below p, so that what is lost at p is lost at every higher p too.
 */
import { probability } from '../base/errors.ts';
import { type Link, LOST, type NodeId } from '../engine/model.ts';
import { squareMatrix } from './matrix.ts';
import { wrap } from './wrap.ts';

/** Bernoulli loss: every message is lost with probability p, independently. */
export function lossy(p: number, link: Link): Link {
  probability('lossy', 'p', p);
  return (streams) => {
    const inner = link(streams);
    const coins = streams.stream('loss');
    return wrap(inner, (from, to, now, bytes, channel) => {
      const lost = coins.draw(from) < p;
      const delay = inner.delay(from, to, now, bytes, channel);
      return lost ? LOST : delay;
    });
  };
}

/**
 * Asymmetric loss: the probability hangs on who sends to whom. A function is asked for every message; a matrix has a
 * row per sender and a column per receiver, and its diagonal is not used.
 */
export function perDirection(
  loss: ((from: NodeId, to: NodeId) => number) | readonly (readonly number[])[],
  link: Link,
): Link {
  return (streams) => {
    const { n } = streams;
    const inner = link(streams);
    const coins = streams.stream('loss');
    const lossOf = typeof loss === 'function' ? checked(loss) : fromMatrix(loss, n);
    return wrap(inner, (from, to, now, bytes, channel) => {
      const lost = coins.draw(from) < lossOf(from, to);
      const delay = inner.delay(from, to, now, bytes, channel);
      return lost ? LOST : delay;
    });
  };
}

function fromMatrix(rows: readonly (readonly number[])[], n: number) {
  const loss = squareMatrix('perDirection', rows, n, (what, value) =>
    probability('perDirection', what, value),
  );
  return (from: NodeId, to: NodeId) => loss[from * n + to];
}

const checked = (loss: (from: NodeId, to: NodeId) => number) => (from: NodeId, to: NodeId) => {
  const p = loss(from, to);
  if (p >= 0 && p <= 1) return p; // a message's text is made for the bad ones only
  return probability('perDirection', `loss from node ${from} to node ${to}`, p);
};
