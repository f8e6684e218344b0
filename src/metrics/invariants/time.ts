/** Time never goes back, and never passes the horizon. */
import { type Micros, micros } from '../../base/time.ts';
import type { Invariant, Tell, Watch } from './model.ts';

export const time: Invariant = {
  name: 'time',
  about: 'time never goes back, and never passes the horizon',
  watch: ({ horizonMs }, tell) => watch(micros(horizonMs), tell),
};

function watch(horizon: Micros, tell: Tell): Watch<unknown> {
  let last = 0;
  const seen = (now: Micros) => {
    if (now < last) tell(now, `it is ${now} us after it was ${last} us`);
    if (now > horizon) tell(now, `it is ${now} us, and the horizon is at ${horizon} us`);
    last = now;
  };
  return {
    onInput: seen,
    onRound: seen,
    onTimer: seen,
    onSend: seen,
    onMessage: seen,
    onDead: seen,
    onFact: seen,
    onFault: seen,
    onWait: seen,
    onWaited: seen,
    onEnd({ end }) {
      if (end < last || end > horizon) tell(end, `the run ends at ${end} us, after ${last} us`);
    },
  };
}
