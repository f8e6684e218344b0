/** Keyed draws and the samplers that turn one into a value. */
import * as law from '../src/base/quantiles.ts';
import { Stream } from '../src/base/stream.ts';
import { digest, type Size, type Suite, type Task } from './suite.ts';

const LANES = 1024; // as many nodes take turns

export const draws: Suite = {
  name: 'draws',
  goal: 'what one random value costs: the keyed draw, what makes a value of it, and a call (about 2 ns).',
  nonGoals: 'the quality of the draws; the caches, with a lane for each of a million nodes.',
  unit: 'value',
  tasks,
};

type Sample = (stream: Stream, lane: number) => number;

const gamma = law.gammaSampler(2.5, 40);
const empirical = law.empirical(Float64Array.from({ length: 1000 }, (_, i) => i * i));

const SAMPLERS: readonly [name: string, sample: Sample][] = [
  ['word: 32 bits', (stream, lane) => stream.word(lane)],
  ['draw: uniform in (0, 1)', (stream, lane) => stream.draw(lane)],
  ['below: one of 1000', (stream, lane) => stream.below(lane, 1000)],
  ['exponential', (stream, lane) => law.exponentialQuantile(stream.draw(lane), 50)],
  ['weibull, shape 0.7', (stream, lane) => law.weibullQuantile(stream.draw(lane), 0.7, 50)],
  ['pareto, shape 2.5', (stream, lane) => law.paretoQuantile(stream.draw(lane), 2.5, 10)],
  ['normal', (stream, lane) => law.normalQuantile(stream.draw(lane))],
  ['lognormal, sigma 0.5', (stream, lane) => law.lognormalQuantile(stream.draw(lane), 4, 0.5)],
  ['gamma, shape 2.5', (stream, lane) => gamma(stream.draw(lane))],
  ['empirical, 1000 samples', (stream, lane) => empirical(stream.draw(lane))],
];

function tasks(size: Size): Task[] {
  const values = size === 'full' ? 500_000 : 20_000;
  // All are called by one loop. It meets them all first, so that V8 does not inline those that happen to come early.
  const stream = new Stream('draws', 'first', LANES);
  for (const [, sample] of SAMPLERS) sum(sample, stream, LANES);
  return SAMPLERS.map(([name, sample]) => task(name, sample, values));
}

const task = (name: string, sample: Sample, values: number): Task => ({
  name,
  prepare() {
    const stream = new Stream('draws', name, LANES);
    return () => ({ units: values, hash: digest(sum(sample, stream, values)) });
  },
});

function sum(sample: Sample, stream: Stream, values: number): number {
  let total = 0;
  for (let i = 0; i < values; i++) total += sample(stream, i & (LANES - 1));
  return total;
}
