/** When something happens: at times, on a beat or at random; what faults and workloads have in common. */
import { duration, type Key, type Keys, list, number, word } from '../../base/kinds.ts';

export const FROM: Key = { kind: duration(), default: '0s', about: 'when it can begin' };
export const UNTIL: Key = {
  kind: duration(),
  otherwise: 'the end',
  about: 'when it ends, or begins no more',
};

/** One of the first three. */
export const OCCASIONS: Keys = {
  at: { kind: list(duration()), otherwise: 'see every and perHour', about: 'at these times' },
  every: {
    kind: duration({ above: true }),
    otherwise: 'see at and perHour',
    about: 'again and again',
  },
  perHour: {
    kind: number({ above: true }),
    otherwise: 'see at and every',
    about: 'at random, so often per node in the mean',
  },
  phase: {
    kind: word('together', 'random'),
    default: 'random',
    about: 'of every: all nodes together, or each by itself',
  },
  from: FROM,
  until: UNTIL,
};
