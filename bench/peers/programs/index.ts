/** All programs of the comparison: ours, then those that this machine can run, and what the others need. */
import type { Missing, Program } from '../model.ts';
import { NotHere } from '../tools.ts';
import { cpp } from './cpp.ts';
import type { Finder } from './finder.ts';
import { npmQueues, ours, plain } from './ours.ts';
import { ns3, peersim, simgrid, simpy } from './simulators.ts';

export { OURS } from './ours.ts';

const FINDERS: readonly Finder[] = [plain, cpp, ...npmQueues, ns3, simgrid, simpy, peersim];

export interface Found {
  readonly programs: readonly Program[];
  readonly missing: readonly Missing[];
}

/** Builds what must be built in `folder`. */
export function findPrograms(folder: string, finders = FINDERS): Found {
  const programs: Program[] = [...ours];
  const missing: Missing[] = [];
  for (const finder of finders) {
    try {
      programs.push(...finder.find(folder));
    } catch (error) {
      if (!(error instanceof NotHere)) throw error;
      missing.push({ programs: finder.programs, why: error.message });
    }
  }
  return { programs, missing };
}
