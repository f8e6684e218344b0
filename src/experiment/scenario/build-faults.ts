/** What was read of faults -> a plan of them. */
import { UserError } from '../../base/errors.ts';
import { normalQuantile } from '../../base/quantiles.ts';
import type { FaultPlan, Streams } from '../../engine/model.ts';
import * as faults from '../../faults/index.ts';
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
  textAt,
} from './values.ts';

export function faultsOf(scenario: Group): FaultPlan {
  const endMs = numberAt(scenario, 'duration');
  const plans = groupsAt(scenario, 'faults').map(
    (group): FaultPlan =>
      (streams) =>
        located(group, () => planOf(group, endMs, streams)(streams)),
  );
  return faults.faults(...plans);
}

/** The law of durations that was read. */
function lawOf(group: Group): faults.Duration {
  const at = (key: string) => numberAt(group, key);
  switch (group.word) {
    case 'exponential':
      return faults.exponentialMs(at('mean'));
    case 'uniform':
      return faults.uniformMs(at('min'), at('max'));
    case 'weibull':
      return faults.weibullMs(at('shape'), at('scale'));
    case 'pareto':
      return faults.paretoMs(at('shape'), at('min'));
    case 'lognormal':
      return faults.lognormalMs(at('median'), at('sigma'));
    default:
      return at('value');
  }
}

/** One of at, every and perHour. */
export function occasionsOf(group: Group, endMs: number): faults.Occasions {
  const { at, every, perHour } = group.values;
  const given = [at, every, perHour].filter((value) => value !== undefined).length;
  if (given !== 1) {
    throw new UserError(`${group.word}: expected one of at, every and perHour; found ${given}`);
  }
  if (at !== undefined) return { atMs: at as readonly number[] };
  const window = { fromMs: numberAt(group, 'from'), untilMs: maybeNumber(group, 'until') ?? endMs };
  if (perHour !== undefined) return { ...window, perHour: perHour as number };
  const phase = (group.values.phase ?? 'together') as 'together' | 'random';
  return { ...window, everyMs: every as number, phase };
}

function planOf(group: Group, endMs: number, streams: Streams): FaultPlan {
  const nodes = membersOf(group.word, group.values.nodes as Chosen, streams);
  const window = () => ({
    fromMs: numberAt(group, 'from'),
    untilMs: maybeNumber(group, 'until') ?? endMs,
  });
  const law = (key: string) => lawOf(groupAt(group, key));
  switch (group.word) {
    case 'crash':
      return crashesOf(group, nodes, endMs);
    case 'restart':
      return faults.restart({ nodes, atMs: numberAt(group, 'at') });
    case 'join': {
      const joinMs = maybeNumber(group, 'at');
      return faults.absent({ nodes, ...(joinMs === undefined ? {} : { joinMs }) });
    }
    case 'churn': {
      const absentShare = numberAt(group, 'absentShare');
      const times = { session: law('session'), absence: law('absence') };
      return faults.churn({ nodes, ...times, absentShare, ...window() });
    }
    case 'pause':
      return faults.pauses({ nodes, ...occasionsOf(group, endMs), lasts: law('lasts') });
    case 'slow': {
      const timers = textAt(group, 'timers') as 'apart' | 'shared';
      return faults.slow({ nodes, serviceMs: law('service'), timers, ...window() });
    }
    case 'flapping': {
      const phase = textAt(group, 'phase') as 'together' | 'random';
      const by = textAt(group, 'by') as 'crash' | 'pause';
      const beat = { downMs: numberAt(group, 'down'), upMs: numberAt(group, 'up') };
      return faults.flapping({ nodes, ...beat, phase, by, ...window() });
    }
    default:
      return clocksOf(group, nodes);
  }
}

/** Each node by itself: a zone of its own. */
function crashesOf(group: Group, nodes: readonly number[], endMs: number): FaultPlan {
  const lasts = maybeGroup(group, 'lasts');
  const plan = faults.zoneFailures({
    ...occasionsOf(group, endMs),
    zoneOf: (node) => node,
    zones: nodes,
    lasts: lasts === undefined ? Number.MAX_VALUE : lawOf(lasts),
  });
  if (lasts !== undefined) return plan;
  return (streams) => plan(streams).filter(({ kind }) => kind === 'crash');
}

function clocksOf(group: Group, nodes: readonly number[]): FaultPlan {
  const at = (key: string) => numberAt(group, key);
  const [skew, sd, drift, most] = [at('skew'), at('skewSd'), at('driftPpm'), at('driftMostPpm')];
  return faults.clocks({
    nodes,
    skewMs: (u) => skew + sd * normalQuantile(u),
    driftPpm: (u) => drift + most * (2 * u - 1),
    monotone: flagAt(group, 'monotone'),
  });
}
