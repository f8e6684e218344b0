/**
 * Independent loss: each message is lost with a probability of its own. The coin is tossed and the inner link asked
 * even where the outcome cannot matter, so that no stream slides when a probability changes; and a message is lost
 * if its uniform is below p, so that what is lost at p is lost at every higher p too.
 */
import { probability } from '../base/errors.ts';
import type { Stream } from '../base/stream.ts';
import type { Micros } from '../base/time.ts';
import { type Channel, type Link, LOST, type NodeId, type Transit } from '../engine/model.ts';
import { plainOf, sayPlain } from '../engine/plain.ts';
import { squareMatrix } from './matrix.ts';
import { copiesOf, wrap } from './wrap.ts';

/** Bernoulli loss: every message is lost with probability p, independently. */
export function lossy(p: number, link: Link): Link {
  probability('lossy', 'p', p);
  return (streams) => {
    const inner = link(streams);
    return new Lossy(p, inner, streams.stream('loss'));
  };
}

class Lossy implements Transit {
  readonly copies: Transit['copies'];
  readonly #p: number;
  readonly #inner: Transit;
  readonly #coins: Stream;

  constructor(p: number, inner: Transit, coins: Stream) {
    this.copies = copiesOf(inner);
    this.#p = p;
    this.#inner = inner;
    this.#coins = coins;
    const plain = plainOf(inner);
    if (plain !== undefined && plain.loss === undefined) {
      sayPlain(this, { ...plain, loss: { p, coins } });
    }
  }

  delay(from: NodeId, to: NodeId, now: Micros, bytes: number, channel?: Channel): Micros {
    const lost = this.#coins.draw(from) < this.#p;
    const delay = this.#inner.delay(from, to, now, bytes, channel);
    return lost ? LOST : delay;
  }
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
