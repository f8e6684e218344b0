/**
 * No node believes what never was: what a message says of a subject at some version - a heartbeat, an incarnation, a
 * generation - the subject has said of itself before, in a message at that version or a higher one; and what it says of
 * itself does not go back in its life. For each protocol a reader tells what its messages claim.
 */
import type { NodeId } from '../../engine/model.ts';
import type { Invariant, Tell, Watch } from './model.ts';

/** Versions of a subject are ordered as numbers: a generation goes in front, as in 2^20 generation + heartbeat. With
 *  Infinity a subject says that others may go on by themselves from here. */
export type Claim = (subject: NodeId, version: number) => void;

/** How claims are read out of the messages of a protocol. */
export interface Reader<M> {
  /** What the claims are: 'an incarnation'. */
  readonly what: string;
  /** Of all subjects at the start; default: what others claim of a subject before it has said anything. */
  readonly initial?: number;
  /** Messages repeat older versions of their sender's own, too. */
  readonly repeats?: boolean;
  readonly read: (message: M, claim: Claim, from: NodeId) => void;
}

/** An invariant that no message claims more of a subject than the subject has said of itself. */
export const sourced = <M>({
  what,
  initial = -Infinity,
  repeats = false,
  read,
}: Reader<M>): Invariant<M> => ({
  name: 'sources',
  about: `no message claims ${what} above that of its source`,
  watch({ n }, tell: Tell): Watch<M> {
    const most = new Float64Array(n).fill(initial); // [subject] that it has said of itself
    const own = new Float64Array(n).fill(-Infinity); // [subject] the same, in its present life
    return {
      onFault(_now, node, kind) {
        if (kind === 'restart') own[node] = -Infinity;
      },
      onSend(now, from, _to, message) {
        const claim: Claim = (subject, version) => {
          if (subject === from) {
            if (version < own[from] && !repeats)
              tell(now, `node ${from} says ${what} of ${version} after ${own[from]}`);
            if (version < Infinity) own[from] = version;
            most[subject] = Math.max(most[subject], version);
          } else if (most[subject] === -Infinity) most[subject] = version;
          else if (version > most[subject])
            tell(
              now,
              `node ${from} claims ${what} of ${version} for node ${subject}, which is at ${most[subject]}`,
            );
        };
        read(message, claim, from);
      },
    };
  },
});
