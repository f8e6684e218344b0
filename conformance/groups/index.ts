/** The groups by name. */
import type { GroupJudge } from '../test.ts';
import { arrivalWindow, boundedStats, interpret } from './detector.ts';
import { ackToAck2, digestCompare, examineGroup, superseded } from './digests.ts';
import { restartGeneration, seedReload, shadowQuorumTrunk, shutdown, statusCheck } from './life.ts';
import { apply, notifyFailureDetector, order } from './merge.ts';
import { akkaPhi, chitchatPhi } from './peers.ts';
import { scenario } from './scenarios.ts';
import { shadowRoundFinish } from './shadow.ts';
import { wireSize } from './sizes.ts';
import { steadyState } from './steady-state.ts';
import { metadataTargets, targets } from './targets.ts';

export const GROUPS: Readonly<Record<string, GroupJudge>> = {
  'bounded-stats': { judge: boundedStats, once: true },
  'arrival-window': { judge: arrivalWindow },
  interpret: { judge: interpret },
  'digest-compare': { judge: digestCompare },
  examine: { judge: examineGroup },
  'ack-to-ack2': { judge: ackToAck2 },
  'notify-failure-detector': { judge: notifyFailureDetector },
  apply: { judge: apply },
  'apply-order': { judge: order },
  superseded: { judge: superseded },
  'shadow-quorum-trunk': { judge: shadowQuorumTrunk, once: true },
  'restart-generation': { judge: restartGeneration },
  targets: { judge: targets },
  'targets-cms-trunk': { judge: metadataTargets },
  'status-check': { judge: statusCheck },
  shutdown: { judge: shutdown },
  'shadow-round-finish': { judge: shadowRoundFinish },
  'reload-seeds': { judge: seedReload },
  'wire-size': { judge: wireSize },
  scenario: { judge: scenario },
  'steady-state-reference': { judge: steadyState, once: true },
  'peer-akka-phi': { judge: akkaPhi, once: true },
  'peer-chitchat-phi': { judge: chitchatPhi, once: true },
};
