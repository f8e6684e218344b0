/** Scenarios that many experiments share. */
import type { Link, Overlay, Rounds, Scenario } from '../engine/model.ts';
import { constant } from '../network/latency.ts';
import { complete } from '../network/overlay.ts';

/** One period of every experiment, in ms; times in rounds are times over this. */
export const PERIOD_MS = 1000;

/** What all runs with one rumour have in common: it starts at node 0 at time 0. */
const oneRumour = { workload: [{ atMs: 0, node: 0, input: 0 }] } as const;

type Model = Omit<Scenario<number>, 'seed' | 'protocol'>;
type ModelWithRounds = Model & { readonly rounds: Rounds };

/**
 * The synchronous model of the papers: rounds in step, and messages that take a thousandth of a round, so that a call,
 * its answer and hundreds of further tries fit into the round in which they begin.
 * @param rounds the horizon.
 */
export const synchronous = (
  n: number,
  rounds: number,
  options: { link?: Link; overlay?: Overlay } = {},
): ModelWithRounds => ({
  n,
  overlay: options.overlay ?? complete,
  link: options.link ?? constant({ ms: 1 }),
  rounds: { periodMs: PERIOD_MS, phase: 'synchronised' },
  horizonMs: (rounds + 0.9) * PERIOD_MS,
  ...oneRumour,
});

/** The asynchronous model: each node's rounds have a phase of their own. */
export const asynchronous = (
  n: number,
  horizonMs: number,
  link: Link,
  overlay: Overlay = complete,
): ModelWithRounds => ({
  n,
  overlay,
  link,
  rounds: { periodMs: PERIOD_MS, phase: 'random' },
  horizonMs,
  ...oneRumour,
});

/** No rounds: nodes act on what they hear. */
export const eventDriven = (
  n: number,
  horizonMs: number,
  link: Link,
  overlay: Overlay = complete,
): Model => ({
  n,
  overlay,
  link,
  horizonMs,
  ...oneRumour,
});
