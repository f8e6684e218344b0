/** A readable trace: one line per occurrence, as in the golden files. For small runs. */
import { type Micros, millis } from '../base/time.ts';
import { FACT_NAMES, LOST, type Observer } from './model.ts';

/**
 * An observer that writes one line per occurrence: the time in ms, the node, what happened.
 * @param write takes each line, without its line end.
 */
export function textTrace<M>(write: (line: string) => void): Observer<M> {
  const line = (now: Micros, node: number, what: string) =>
    write(`${millis(now).toFixed(3).padStart(12)}  n${String(node).padEnd(4)} ${what}`);
  const shown = (message: M) =>
    ArrayBuffer.isView(message)
      ? `[${Array.from(message as unknown as Int32Array)}]`
      : JSON.stringify(message);
  return {
    onInput: (now, node, input) => line(now, node, `input ${input}`),
    onRound: (now, node) => line(now, node, 'round'),
    onTimer: (now, node, tag) => line(now, node, `timer ${tag}`),
    onSend: (now, from, to, message, bytes, delay) =>
      line(
        now,
        from,
        `-> n${to} ${shown(message)} ${bytes} B ${delay === LOST ? 'lost' : `in ${millis(delay)} ms`}`,
      ),
    onMessage: (now, node, from, message) => line(now, node, `<- n${from} ${shown(message)}`),
    onDead: (now, node, from, message) =>
      line(now, node, `<- n${from} ${shown(message)} but is down`),
    onFact: (now, fact, node, about) => line(now, node, `${FACT_NAMES[fact]} ${about}`),
    onFault: (now, node, kind) => line(now, node, kind),
    onWait: (now, node, waiting) => line(now, node, `a message waits, the inbox holds ${waiting}`),
    onWaited: (now, node, waiting, waited) =>
      line(now, node, `after ${millis(waited)} ms, the inbox holds ${waiting}`),
  };
}
