/**
 * The push epidemic of bench/peers/cpp/push.cpp on our engine, with coverage observed. Arguments: LUCK, N, and WARM and RUNS
 * where many are measured. LUCK is `own`, the library as it is used, or `shared`: a link, an overlay and timers that draw
 * what the other programs draw, in the same order, so that the run must be the same exactly.
 */
import {
  complete,
  coverage,
  DELIVERED,
  type Link,
  LOST,
  lossy,
  type Overlay,
  type ProtocolFactory,
  simulate,
  uniform,
} from '../../../src/index.ts'; // packed, as users have it
import { Luck } from './luck.ts';
import { report, timed } from './report.ts';

const PERIOD = 1_000_000;
const ROUNDS = 10;
const FANOUT = 2;
const LOSS = 42_949_673; // of 2^32: 1 %

/** Who hears starts a timer, and then tells others, once a period, so many times. `phase` in [0, PERIOD). */
const rumour =
  (phaseOf?: () => number): ProtocolFactory<number> =>
  (env) => {
    const heard = new Uint8Array(env.n);
    const left = new Uint8Array(env.n);
    const phase = phaseOf ?? ((node: number) => Math.floor(env.draw(node) * PERIOD));

    function hear(node: number) {
      if (heard[node] === 1) return;
      heard[node] = 1;
      left[node] = ROUNDS;
      env.emit(DELIVERED, node, 0);
      env.at(node, env.now() + phase(node), 0);
    }

    return {
      columns: [heard, left],
      onInput: hear,
      onMessage: hear,
      onTimer(node) {
        for (let i = 0; i < FANOUT; i++) env.send(node, env.peer(node), 0);
        if (--left[node] > 0) env.at(node, env.now() + PERIOD, 0);
      },
    };
  };

function sharedLuck(luck: Luck) {
  const link: Link = () => ({
    delay: () => (luck.word() < LOSS ? LOST : 1_000 + luck.below(199_001)),
  });
  const overlay: Overlay = (streams) => ({
    ...complete(streams),
    pick(node) {
      const drawn = luck.below(streams.n - 1);
      return drawn < node ? drawn : drawn + 1;
    },
  });
  return { link, overlay, protocol: rumour(() => luck.below(PERIOD)) };
}

const ownLuck = () => ({
  link: lossy(0.01, uniform({ minMs: 1, maxMs: 200 })),
  overlay: complete,
  protocol: rumour(),
});

const [kind, ...sizes] = process.argv.slice(2);
const [n, warm = 0, runs = 1] = sizes.map(Number);
const luck = new Luck();

function epidemic(run: number) {
  const observer = coverage({ n });
  const { events } = simulate({
    ...(kind === 'shared' ? sharedLuck(luck) : ownLuck()),
    seed: `peers/${run}`,
    n,
    workload: [{ atMs: 0, node: 0, input: 0 }],
    horizonMs: 1e9, // beyond the end
    observers: [observer],
  });
  const last = Math.round(observer.lastDelay()! * 1000);
  return { events: events - 1, reached: observer.heard(), last }; // without the input
}

for (let run = 0; run < warm; run++) epidemic(run);
const { seconds, result } = timed(() => {
  const all = { events: 0, reached: 0, last: 0 };
  for (let run = warm; run < warm + runs; run++) {
    const { events, reached, last } = epidemic(run);
    all.events += events;
    all.reached += reached;
    all.last += last;
  }
  return all;
});
report(seconds, result.events, result);
