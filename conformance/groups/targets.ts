/** targets, targets-cms-trunk: whom a round's SYN goes to. */
import {
  metadataProbability,
  seedProbability,
  unreachableProbability,
} from '../../src/protocols/cassandra/targets.ts';
import { differences } from '../compare.ts';
import { intAt, switchAt } from '../input.ts';
import type { Judge } from '../test.ts';

export const targets: Judge = ({ fields }) => {
  const live = intAt(fields, 'live');
  const unreachable = intAt(fields, 'unreachable');
  const seeds = intAt(fields, 'seedsExcludingSelf');
  return differences(fields.expect, {
    liveSyn: live > 0 ? 1 : 0,
    pUnreachable: unreachableProbability(live, unreachable),
    pSeed: seedProbability(live, unreachable, seeds, switchAt(fields, 'liveTargetWasSeed')),
  });
};

export const metadataTargets: Judge = ({ fields, version }) => {
  const live = intAt(fields, 'live', 5);
  const isMember = fields.self === 'cms member';
  const reached =
    switchAt(fields, 'liveTargetWasCms', false) || switchAt(fields, 'seedTargetWasCms', false);
  const members = version.metadataService ? intAt(fields, 'cms', 3) : 0;
  const unreachable = intAt(fields, 'unreachable', 0);
  return differences(fields.expect, {
    pCms: metadataProbability(live, unreachable, members, isMember || reached),
  });
};
