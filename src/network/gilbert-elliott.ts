/**
 * Loss in bursts: a hidden two-state Markov chain, with a loss probability per state.
 * Source: Gilbert, "Capacity of a burst-noise channel", Bell Syst. Tech. J. 39, 1960; Elliott, "Estimates of error
 * rates for codes on burst-noise channels", Bell Syst. Tech. J. 42, 1963. Deviations: the chain belongs to the sender.
 * A chain per directed link would take O(n^2), and on an overlay where a pair speaks once it would never show a burst.
 */
import { numberIn, probability, UserError } from '../base/errors.ts';
import { type Link, LOST } from '../engine/model.ts';
import { wrap } from './wrap.ts';

/** Probabilities of changing state, and of losing a message in each. */
export interface GilbertElliott {
  /** Probability, per message sent by the node, that its good state turns bad. */
  readonly goodToBad: number;
  /** Probability, per message sent by the node, that its bad state turns good; above 0. */
  readonly badToGood: number;
  /** Loss probability in the good state; default 0, Gilbert's model. */
  readonly lossGood?: number;
  /** Loss probability in the bad state; default 1. */
  readonly lossBad?: number;
}

/**
 * Each message first moves its sender's state, then is lost with the probability of the new state. A node starts in
 * its stationary state. Two draws per message, whatever the state.
 */
export function gilbertElliott(options: GilbertElliott, link: Link): Link {
  const { goodToBad, badToGood, lossGood, lossBad } = validated(options);
  const { shareBad } = burstLaw(options);
  return (streams) => {
    const inner = link(streams);
    const coins = streams.stream('loss');
    const moves = streams.stream('burst');
    const bad = new Uint8Array(streams.n); // [node] 1 while what it sends meets the bad state
    for (let node = 0; node < bad.length; node++) bad[node] = moves.draw(node) < shareBad ? 1 : 0;
    return wrap(inner, (from, to, now, bytes, channel) => {
      const moved = moves.draw(from) < (bad[from] === 1 ? badToGood : goodToBad);
      if (moved) bad[from] ^= 1;
      const lost = coins.draw(from) < (bad[from] === 1 ? lossBad : lossGood);
      const delay = inner.delay(from, to, now, bytes, channel);
      return lost ? LOST : delay;
    });
  };
}

/**
 * The closed forms, with g = goodToBad, b = badToGood: the chain is bad for a share B = g / (g + b) of the messages;
 * mean loss is P = (1 - B) lossGood + B lossBad; a burst, a run of lost messages of one sender, has mean length
 * P / (P - P2), where P2 is the probability that two messages running are lost. With the defaults this is 1 / b.
 */
export function burstLaw(options: GilbertElliott): {
  shareBad: number;
  meanLoss: number;
  meanBurst: number;
} {
  const { goodToBad: g, badToGood: b, lossGood, lossBad } = validated(options);
  const shareBad = g / (g + b);
  const meanLoss = (1 - shareBad) * lossGood + shareBad * lossBad;
  const bothLost =
    (1 - shareBad) * lossGood * ((1 - g) * lossGood + g * lossBad) +
    shareBad * lossBad * (b * lossGood + (1 - b) * lossBad);
  return { shareBad, meanLoss, meanBurst: meanLoss / (meanLoss - bothLost) };
}

function validated(options: GilbertElliott): Required<GilbertElliott> {
  const { goodToBad, badToGood, lossGood = 0, lossBad = 1 } = options;
  probability('gilbertElliott', 'goodToBad', goodToBad);
  numberIn('gilbertElliott', 'badToGood', badToGood, 0, 1);
  if (badToGood === 0) {
    throw new UserError(
      'gilbertElliott: badToGood must be above 0; got 0: a bad state would last for ever, use lossy',
    );
  }
  probability('gilbertElliott', 'lossGood', lossGood);
  probability('gilbertElliott', 'lossBad', lossBad);
  return { goodToBad, badToGood, lossGood, lossBad };
}
