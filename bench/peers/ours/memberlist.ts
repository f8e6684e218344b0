/** A memberlist cluster in a LAN, all members well; suspicions and deaths are counted. Arguments: MEMBERS, SECONDS. */
import { DIED, type Fact, SUSPECTED } from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { clusterScenario, START_MS } from '../../../src/experiment/memberlist-setup.ts';
import { report, timed } from './report.ts';

const [n, simulatedSeconds] = process.argv.slice(2).map(Number);
let suspicions = 0;
let deaths = 0;
const observer = {
  onFact(_now: number, fact: Fact) {
    if (fact === SUSPECTED) suspicions++;
    else if (fact === DIED) deaths++;
  },
};
const { seconds, result } = timed(() =>
  simulate({
    ...clusterScenario({ n, variant: 'pp', seed: 'peers' }, {}, observer),
    horizonMs: START_MS + 1000 * simulatedSeconds,
  }),
);
report(seconds, simulatedSeconds, { events: result.events, suspicions, deaths });
