/** Nothing arrives that was not sent: copies sent = delivered + lost + dead + in flight, for every pair of nodes. */
import { LOST } from '../../engine/model.ts';
import type { Invariant, Tell, Watch } from './model.ts';

export const balance: Invariant = {
  name: 'balance',
  about: 'what arrives was sent, once for every copy, and all copies are accounted for',
  watch: ({ n }, tell) => watch(n, tell),
};

function watch(n: number, tell: Tell): Watch<unknown> {
  const seen = { sent: 0, lost: 0, delivered: 0, dead: 0, bytesSent: 0, bytesLost: 0 };
  const underWay = new Map<number, number>(); // from * n + to -> copies

  function arrives(now: number, node: number, from: number) {
    const left = (underWay.get(from * n + node) ?? 0) - 1;
    if (left < 0) tell(now, `node ${node} gets a message that node ${from} has not sent`);
    underWay.set(from * n + node, left);
  }

  return {
    onSend(now, from, to, _message, bytes, delay) {
      if (!(delay >= 0) || !(bytes >= 0 && Number.isFinite(bytes)))
        tell(now, `node ${from} sends ${bytes} bytes to node ${to}, and they take ${delay} us`);
      seen.sent++;
      seen.bytesSent += bytes;
      if (delay !== LOST) underWay.set(from * n + to, (underWay.get(from * n + to) ?? 0) + 1);
      else {
        seen.lost++;
        seen.bytesLost += bytes;
      }
    },
    onMessage(now, node, from) {
      seen.delivered++;
      arrives(now, node, from);
    },
    onDead(now, node, from) {
      seen.dead++;
      arrives(now, node, from);
    },
    onEnd({ end, traffic }) {
      const { sent, delivered, lost, dead } = seen;
      const all = { ...seen, inFlight: sent - delivered - lost - dead };
      for (const [name, count] of Object.entries(all)) {
        const told = traffic[name as keyof typeof traffic];
        if (told !== count) tell(end, `${name} is ${told} in the outcome; ${count} were seen`);
      }
    },
  };
}
