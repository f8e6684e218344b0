/** Laws of latencies and of durations, as a scenario file says them. */
import {
  duration,
  type Key,
  list,
  type NumberKind,
  number,
  type TaggedKind,
  type Variant,
} from '../../base/kinds.ts';

const positive = duration({ above: true });
const shape = number({ above: true });
const must = (kind: Key['kind'], about: string): Key => ({ kind, about, required: true });

/** @param value what a constant may be. */
const shared = (value: NumberKind): Readonly<Record<string, Variant>> => ({
  constant: { about: 'always the same', keys: { value: must(value, 'how long') } },
  uniform: {
    about: 'any in a range, all alike',
    keys: { min: must(duration(), 'the shortest'), max: must(duration(), 'the longest') },
  },
  lognormal: {
    about: 'the logarithm is normal',
    keys: {
      median: must(positive, 'the median'),
      sigma: must(number(), 'standard deviation of the logarithm'),
    },
  },
  weibull: {
    about: 'as sessions of users',
    keys: { shape: must(shape, 'below 1: a heavy tail'), scale: must(positive, 'of the law') },
  },
  pareto: {
    about: 'a heavy tail',
    keys: { shape: must(shape, 'the less, the heavier'), min: must(positive, 'the shortest') },
  },
});

const law = (of: TaggedKind['of']): TaggedKind => ({
  is: 'tagged',
  tag: 'law',
  short: { word: 'constant', key: 'value' },
  of,
});

const mean = (about: string) => must(positive, about);

/** Of sessions, absences, pauses and service times. */
export const DURATION_LAW: TaggedKind = law({
  ...shared(positive),
  exponential: { about: 'memoryless', keys: { mean: mean('the mean') } },
  normal: {
    about: 'cut off below 0',
    keys: { mean: mean('the mean'), sd: must(duration(), 'the standard deviation') },
  },
});

/** The same wherever two nodes are. */
export const PLAIN_LATENCY: TaggedKind = law({
  ...shared(duration()),
  exponential: {
    about: 'exponential above a floor',
    keys: {
      mean: mean('the mean, floor included'),
      min: { kind: duration(), default: '0ms', about: 'the floor' },
    },
  },
  gamma: {
    about: 'a sum of exponential steps',
    keys: { shape: must(shape, 'how many steps'), scale: mean('the mean of a step') },
  },
  empirical: {
    about: 'any of what was measured, all alike',
    keys: { samples: must(list(duration()), 'as measured') },
  },
});
