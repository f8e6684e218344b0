/**
 * Between the bounds of `causal-theory.ts`: what a node holds back it cannot put into the past of its own writes. A mean-field
 * approximation, derived here: nodes are independent, and what is younger than the oldest write m missing at o is in the
 * past of o's next write unless it waits for m, which it does if its own origin had applied m before it issued it, that is
 * with probability F(time between the two). F in turn follows from how long writes wait. Solved by iteration
 * from F = 1. Age and time are in calls: 1 is the mean time between calls that can repair.
 */
import {
  afterCalls,
  costOf,
  growingHazard,
  type HoldBackCost,
  type LossyMail,
  overOldest,
  repairOf,
  type Survival,
  survival,
} from './causal-theory.ts';

const STEP = 0.1; // calls
const OLDEST = 1e-4; // probability that the oldest missing one is older than the grid
const CLOSE = 1e-5; // between two iterations
const MOST_ITERATIONS = 100;

/** What causal delivery costs if those who hold back writes add less to the past of their own; between `leastHeld` and `mostHeld`. */
export function heldByHolders(mail: LossyMail): HoldBackCost {
  const repair = repairOf(mail);
  const { callsPerMs, fail, missedPerMs, lagMs } = repair;
  const phi = survival(repair);
  const load = missedPerMs / callsPerMs;
  const recent = missedPerMs * (lagMs - mail.latencyMs); // missing, and too young to be repaired yet
  const steps = stepsTo(phi);
  const passed = new Float64Array(steps + 1).fill(1); // [time / STEP] F

  /** [k] that nothing missing at v is in the past, where the oldest one missing at o has this age. */
  function readyAt(oldest: number): Survival {
    const ready = phi.slice();
    for (let age = oldest - 1; age >= 0; age--) {
      const came = 1 - mail.loss * Math.exp(-(1 - fail) * (age + 0.5) * STEP);
      const inPast = came * (1 - (passed[oldest - age] + passed[oldest - age - 1]) / 2);
      older(ready, fail, load * inPast * STEP);
    }
    const inPast = oldest === 0 ? 1 : (1 - mail.loss) * (1 - passed[oldest]);
    return ready.map((chance, k) => chance * Math.exp(-(fail ** k) * recent * inPast));
  }

  let ready = phi;
  for (let i = 0; i < MOST_ITERATIONS; i++) {
    const rows = Array.from({ length: steps + 1 }, (_, oldest) => readyAt(oldest));
    const next = phi.map((_, k) => overOldest(phi, (calls) => between(rows, calls, k)));
    const applied = next.map((chance, k) => chance * (1 - mail.loss * fail ** k));
    passed.forEach((_, step) => {
      passed[step] = afterCalls(applied, step * STEP);
    });
    const change = Math.abs(next[0] - ready[0]);
    ready = next;
    if (change < CLOSE) break;
  }
  const { held, holdMs } = costOf(repair, mail.loss, ready);
  return { held, holdMs: holdMs * growingHazard(mail) };
}

/** A step back in age: what is missing of that age, and a call in it that repaired what is older. */
function older(ready: Survival, fail: number, missing: number): void {
  const at = (k: number) => (k < ready.length ? ready[k] : 1);
  for (let k = 0; k < ready.length; k++) {
    const one = at(k + 1) - ready[k];
    const two = at(k + 2) - 2 * at(k + 1) + ready[k];
    ready[k] = (ready[k] + STEP * one + (STEP ** 2 / 2) * two) * Math.exp(-(fail ** k) * missing);
  }
}

function stepsTo(phi: Survival): number {
  let steps = 1;
  while (1 - afterCalls(phi, steps * STEP) > OLDEST) steps++;
  return steps;
}

/** Linear between the rows; beyond the last as there. */
function between(rows: readonly Survival[], calls: number, k: number): number {
  const place = Math.min(calls / STEP, rows.length - 1);
  const row = Math.min(Math.floor(place), Math.max(0, rows.length - 2));
  const part = place - row;
  return rows[row][k] * (1 - part) + rows[Math.min(row + 1, rows.length - 1)][k] * part;
}
