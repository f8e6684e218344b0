/** Runs and links on another scale of time. */
import type { Micros } from '../../src/base/time.ts';
import type { Link, Observer, Scenario } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';

/** Every hook as [time, everything else], with all times divided by `scale`. */
export function occurrences<M>(scenario: Scenario<M>, scale: number): unknown[] {
  const seen: unknown[] = [];
  const note =
    (hook: string) =>
    (now: Micros, ...what: unknown[]) =>
      seen.push([now / scale, hook, what]);
  const observer: Observer = {
    onInput: note('input'),
    onRound: note('round'),
    onTimer: note('timer'),
    onSend: (now, from, to, message, bytes, delay) =>
      seen.push([now / scale, 'send', from, to, message, bytes, delay / scale]),
    onMessage: note('message'),
    onDead: note('dead'),
    onFact: note('fact'),
    onFault: note('fault'),
  };
  const { end, events, traffic } = simulate({ ...scenario, observers: [observer] });
  return [...seen, [end / scale, events, traffic]];
}

/** All delays of a link times `factor`. */
export const slowed =
  (factor: number, link: Link): Link =>
  (streams) => {
    const inner = link(streams);
    return { ...inner, delay: (...send) => factor * inner.delay(...send) };
  };
