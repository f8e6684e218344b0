/** Watches the probes of SWIM: the pings that members send for themselves, not for others. */
import type { Micros } from '../base/time.ts';
import type { NodeId, Observer } from '../engine/model.ts';
import { PING, type SwimMessage } from '../protocols/swim/messages.ts';

/** An observer that calls `probed` for each ping that a member sends for itself. */
export const onProbe = (
  probed: (now: Micros, node: NodeId, target: NodeId) => void,
): Observer<SwimMessage> => ({
  onSend(now, from, _to, { kind, prober, target }) {
    if (kind === PING && prober === from) probed(now, from, target);
  },
});
