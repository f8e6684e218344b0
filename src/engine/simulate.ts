/** `simulate(scenario) -> outcome`: a run is a value. */
import { numberIn, oneOf, positive, shown, UserError, wholeNumber } from '../base/errors.ts';
import { Core } from './core/core.ts';
import { MOST_MS } from './fault-check.ts';
import type { Outcome, Scenario } from './model.ts';
import { Run } from './run.ts';
import { streamsOf } from './streams.ts';

const LAST_MS = MOST_MS - 0.001; // the longest latency after it still ends below 2^53 microseconds
const MOST_NODES = 2 ** 27; // node ids are 32-bit, and every column is [node]

/** Runs a scenario to its end. The same scenario gives the same outcome, in any process. Throws a UserError if it is not valid. */
export function simulate<M>(scenario: Scenario<M>): Outcome {
  validate(scenario);
  const { n, seed, ties } = scenario;
  const core = ties === 'random' ? undefined : Core.open();
  const streams = streamsOf(seed, n, core);
  try {
    return new Run(scenario, streams, core).run();
  } catch (error) {
    throw isOfMemory(error) ? tooLarge(n, error) : error;
  } finally {
    streams.leave(); // however the run has ended
  }
}

/** In V8's words; other RangeErrors, such as of the stack, are not about the input. */
const isOfMemory = (error: unknown): error is RangeError =>
  error instanceof RangeError && /array length|buffer allocation/i.test(error.message);

const tooLarge = (n: number, { message }: RangeError): UserError =>
  new UserError(
    `simulate: the run must fit in this machine's memory; got ${n} nodes, and "${message}". Lower the nodes`,
  );

/** All but the faults, which a run checks when it has drawn them. */
function validate<M>(scenario: Scenario<M>): void {
  const { n, seed, horizonMs, rounds, workload = [], headerBytes = 0, ties = 'fifo' } = scenario;
  if (typeof seed !== 'string' || seed === '') {
    throw new UserError(`scenario: seed must be a text that is not empty; got ${shown(seed)}`);
  }
  wholeNumber('scenario', 'n', n, 1, MOST_NODES);
  numberIn('scenario', 'horizonMs', horizonMs, 0, LAST_MS);
  numberIn('scenario', 'headerBytes', headerBytes, 0);
  oneOf('scenario', 'ties', ties, ['fifo', 'random']);
  if (rounds !== undefined) {
    positive('scenario', 'rounds.periodMs', rounds.periodMs);
    oneOf('scenario', 'rounds.phase', rounds.phase, ['synchronised', 'random', 'poisson']);
    oneOf('scenario', 'rounds.missed', rounds.missed ?? 'skip', ['skip', 'delay', 'burst']);
    numberIn('scenario', 'rounds.periodMs', rounds.periodMs, 0.001, 2 ** 32 / 1000);
  }
  workload.forEach(({ atMs, node, input }, i) => {
    numberIn(`scenario: workload[${i}]`, 'atMs', atMs, 0, MOST_MS);
    wholeNumber(`scenario: workload[${i}]`, 'node', node, 0, n - 1);
    wholeNumber(`scenario: workload[${i}]`, 'input', input, 0, 2 ** 24);
  });
}
