/** What was read of faults -> a plan of them. */
import { UserError, wholeNumber } from '../../base/errors.ts';
import { normalQuantile } from '../../base/quantiles.ts';
import { faultsOf as checked } from '../../engine/fault-check.ts';
import type { FaultPlan, Streams } from '../../engine/model.ts';
import * as faults from '../../faults/index.ts';
import { datacentreOf } from '../../network/datacentres.ts';
import { durationOf } from './build-laws.ts';
import { type Chosen, membersOf } from './nodes.ts';
import type { Group } from './read.ts';
import {
  flagAt,
  groupAt,
  groupsAt,
  located,
  maybeGroup,
  maybeNumber,
  numberAt,
  refusal,
  textAt,
} from './values.ts';

export function faultsOf(scenario: Group): FaultPlan {
  const endMs = numberAt(scenario, 'duration');
  const plans = befalling(scenario).map(
    (group): FaultPlan =>
      (streams) =>
        located(group, () => {
          refuseLate(group, endMs);
          return checked(planOf(group, endMs, streams), streams);
        }),
  );
  return faults.faults(...plans);
}

/** Stalls befall links (build-network.ts). */
const befalling = (scenario: Group): readonly Group[] =>
  groupsAt(scenario, 'faults').filter(({ word }) => word !== 'stall');

/** One of at, every and perHour. */
export function occasionsOf(group: Group, endMs: number): faults.Occasions {
  const { at, every, perHour } = group.values;
  const given = [at, every, perHour].filter((value) => value !== undefined).length;
  if (given !== 1) {
    throw new UserError(`${group.word}: expected one of at, every and perHour; found ${given}`);
  }
  if (at !== undefined) return { atMs: at as readonly number[] };
  const window = windowOf(group, endMs);
  if (perHour !== undefined) return { ...window, perHour: perHour as number };
  const phase = (group.values.phase ?? 'together') as 'together' | 'random';
  return { ...window, everyMs: every as number, phase };
}

function planOf(group: Group, endMs: number, streams: Streams): FaultPlan {
  if (group.word === 'outage') return outageOf(group, endMs, streams.n);
  const nodes = membersOf(group.word, group.values.nodes as Chosen, streams);
  const at = (key: string) => numberAt(group, key);
  const window = () => windowOf(group, endMs);
  const law = (key: string) => durationOf(groupAt(group, key));
  switch (group.word) {
    case 'crash':
      return crashesOf(group, nodes, endMs);
    case 'restart':
      return faults.restart({ nodes, atMs: at('at') });
    case 'join': {
      const joinMs = maybeNumber(group, 'at');
      return faults.absent({ nodes, ...(joinMs === undefined ? {} : { joinMs }) });
    }
    case 'churn': {
      const times = { session: law('session'), absence: law('absence') };
      return faults.churn({ nodes, ...times, absentShare: at('absentShare'), ...window() });
    }
    case 'joins': {
      const session = group.values.session === undefined ? {} : { session: law('session') };
      return faults.joins({ pool: nodes, perHour: at('perHour'), ...session, ...window() });
    }
    case 'pause':
      return faults.pauses({ nodes, ...occasionsOf(group, endMs), lasts: law('lasts') });
    case 'slow': {
      const timers = textAt(group, 'timers') as 'apart' | 'shared';
      return faults.slow({ nodes, serviceMs: law('service'), timers, ...window() });
    }
    case 'flapping': {
      const phase = textAt(group, 'phase') as 'together' | 'random';
      const beat = { downMs: at('down'), upMs: at('up') };
      return faults.flapping({ nodes, ...beat, phase, by: byOf(group), ...window() });
    }
    case 'swizzle': {
      const times = { atMs: at('at'), healMs: at('heal'), spreadMs: at('spread') };
      return faults.swizzle({ nodes, ...times, by: byOf(group) });
    }
    default:
      return clocksOf(group, nodes, endMs);
  }
}

const byOf = (group: Group) => textAt(group, 'by') as 'crash' | 'pause';

export function windowOf(group: Group, endMs: number) {
  const fromMs = numberAt(group, 'from');
  const untilMs = maybeNumber(group, 'until') ?? endMs;
  if (untilMs >= fromMs) return { fromMs, untilMs };
  const which = group.values.until === undefined ? 'the end of the scenario' : 'until';
  throw refusal(
    group.places.from,
    `from must not be later than ${which}; got ${fromMs} ms, and ${untilMs} ms`,
  );
}

/** What begins after the end would be left out in silence. */
export function refuseLate(group: Group, endMs: number): void {
  const at = (group.values.at ?? []) as number | readonly number[];
  const late = [at].flat().find((atMs) => atMs > endMs);
  if (late === undefined) return;
  throw refusal(
    group.places.at,
    `at must not be later than the end of the scenario; got ${late} ms, and ${endMs} ms`,
  );
}

function outageOf(group: Group, endMs: number, n: number): FaultPlan {
  const zones = wholeNumber('outage', 'zones', numberAt(group, 'zones'), 1, n);
  const which = group.values.which as readonly number[] | undefined;
  const unknown = which?.find((zone) => zone >= zones);
  if (unknown !== undefined) {
    throw new UserError(`outage: which must be from 0 to ${zones - 1}; got ${unknown}`);
  }
  return faults.zoneFailures({
    ...occasionsOf(group, endMs),
    zoneOf: datacentreOf({ datacentres: zones }),
    ...(which === undefined ? {} : { zones: which }),
    lasts: durationOf(groupAt(group, 'lasts')),
    by: byOf(group),
  });
}

/** Each node by itself: a zone of its own. */
function crashesOf(group: Group, nodes: readonly number[], endMs: number): FaultPlan {
  const lasts = maybeGroup(group, 'lasts');
  const plan = faults.zoneFailures({
    ...occasionsOf(group, endMs),
    zoneOf: (node) => node,
    zones: nodes,
    lasts: lasts === undefined ? Number.MAX_VALUE : durationOf(lasts),
  });
  if (lasts !== undefined) return plan;
  return (streams) => plan(streams).filter(({ kind }) => kind === 'crash');
}

function clocksOf(group: Group, nodes: readonly number[], endMs: number): FaultPlan {
  const at = (key: string) => numberAt(group, key);
  const [skew, sd, drift, most] = [at('skew'), at('skewSd'), at('driftPpm'), at('driftMostPpm')];
  return faults.clocks({
    nodes,
    skewMs: (u) => skew + sd * normalQuantile(u),
    driftPpm: (u) => drift + most * (2 * u - 1),
    ...ntpOf(group, endMs),
    monotone: flagAt(group, 'monotone'),
  });
}

function ntpOf(group: Group, endMs: number): Pick<faults.ClocksOptions, 'ntp'> {
  const ntp = maybeGroup(group, 'ntp');
  if (ntp === undefined) return {};
  return {
    ntp: {
      ...windowOf(ntp, endMs),
      everyMs: numberAt(ntp, 'every'),
      errorMs: faults.normalSkew(numberAt(ntp, 'errorSd')),
      stepAboveMs: numberAt(ntp, 'stepAbove'),
      slewPpm: numberAt(ntp, 'slewPpm'),
    },
  };
}
