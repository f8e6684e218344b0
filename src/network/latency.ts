/**
 * Latency laws. Each message draws its delay by inversion from one uniform of its sender's lane of the stream
 * 'latency', so that two laws in two runs are coupled: an early message under one is early under the other. Support and
 * parameters stand at each law. Deviations: delays are rounded to whole microseconds and end at 2^52 of them (142
 * years), beyond any horizon, so that a heavy tail never turns into LOST.
 */
import { numberIn, positive, UserError } from '../base/errors.ts';
import {
  empirical as empiricalQuantile,
  exponentialQuantile,
  gammaSampler,
  lognormalQuantile,
  paretoQuantile,
  weibullQuantile,
} from '../base/quantiles.ts';
import type { Stream } from '../base/stream.ts';
import { type Micros, micros } from '../base/time.ts';
import type { Link, NodeId, Transit } from '../engine/model.ts';
import { type PlainTransit, sayPlain } from '../engine/plain.ts';

const MOST: Micros = 2 ** 52;
const MOST_MS = MOST / 1000;

/** Every message takes `ms`. */
export function constant({ ms }: { ms: number }): Link {
  const delay = micros(numberIn('constant', 'ms', ms, 0, MOST_MS));
  return () => new Constant(delay, ms);
}

/** Uniform in [minMs, maxMs]. */
export function uniform({ minMs, maxMs }: { minMs: number; maxMs: number }): Link {
  numberIn('uniform', 'minMs', minMs, 0, MOST_MS);
  numberIn('uniform', 'maxMs', maxMs, minMs, MOST_MS);
  const rangeMs = maxMs - minMs;
  return drawn((u) => minMs + u * rangeMs, { leastMs: minMs, rangeMs });
}

/** Exponential above a floor: minMs + Exp. `meanMs` is the mean of the whole, so a floor takes nothing off it. */
export function exponential({ meanMs, minMs = 0 }: { meanMs: number; minMs?: number }): Link {
  positive('exponential', 'meanMs', meanMs);
  numberIn('exponential', 'minMs', minMs, 0, meanMs);
  return drawn((u) => minMs + exponentialQuantile(u, meanMs - minMs));
}

/** Lognormal: ln(delay / medianMs) is normal with mean 0 and standard deviation sigma. */
export function lognormal({ medianMs, sigma }: { medianMs: number; sigma: number }): Link {
  const mu = Math.log(positive('lognormal', 'medianMs', medianMs));
  numberIn('lognormal', 'sigma', sigma, 0);
  return drawn((u) => lognormalQuantile(u, mu, sigma));
}

/** Weibull: P(delay > x) = exp(-(x / scaleMs)^shape); a heavier tail than the exponential for shape < 1. */
export function weibull({ shape, scaleMs }: { shape: number; scaleMs: number }): Link {
  positive('weibull', 'shape', shape);
  positive('weibull', 'scaleMs', scaleMs);
  return drawn((u) => weibullQuantile(u, shape, scaleMs));
}

/** Pareto: P(delay > x) = (minMs / x)^shape from minMs on. The mean is finite for shape > 1 only. */
export function pareto({ shape, minMs }: { shape: number; minMs: number }): Link {
  positive('pareto', 'shape', shape);
  positive('pareto', 'minMs', minMs);
  return drawn((u) => paretoQuantile(u, shape, minMs));
}

/** Gamma: mean shape * scaleMs, variance shape * scaleMs^2. */
export function gamma({ shape, scaleMs }: { shape: number; scaleMs: number }): Link {
  positive('gamma', 'shape', shape);
  positive('gamma', 'scaleMs', scaleMs);
  return drawn(gammaSampler(shape, scaleMs));
}

/** One of the samples, each as likely as any other; nothing is interpolated. */
export function empirical({ samplesMs }: { samplesMs: ArrayLike<number> }): Link {
  if (samplesMs.length === 0) {
    throw new UserError('empirical: samplesMs must hold at least one latency; got an empty list');
  }
  for (let i = 0; i < samplesMs.length; i++) {
    numberIn('empirical', `samplesMs[${i}]`, samplesMs[i], 0, MOST_MS);
  }
  return drawn(empiricalQuantile(samplesMs));
}

class Constant implements Transit {
  readonly #delay: Micros;

  constructor(delay: Micros, ms: number) {
    this.#delay = delay;
    sayPlain(this, { leastMs: ms, rangeMs: 0 });
  }

  delay(): Micros {
    return this.#delay;
  }
}

type Quantile = (u: number) => number;

/** The link whose delay is the quantile function, in ms, of one draw per message. */
const drawn =
  (quantileMs: Quantile, plain?: PlainTransit): Link =>
  (streams) =>
    new Drawn(streams.stream('latency'), quantileMs, plain);

/** A class, as V8 looks up whatever a closure stands on, each time that it is called. */
class Drawn implements Transit {
  readonly #draws: Stream;
  readonly #quantileMs: Quantile;

  constructor(draws: Stream, quantileMs: Quantile, plain?: PlainTransit) {
    this.#draws = draws;
    this.#quantileMs = quantileMs;
    if (plain !== undefined) sayPlain(this, { ...plain, draws });
  }

  delay(from: NodeId): Micros {
    const delay = micros(this.#quantileMs(this.#draws.draw(from)));
    return delay > MOST ? MOST : delay; // as `Math.min`, which takes four times as many instructions
  }
}
