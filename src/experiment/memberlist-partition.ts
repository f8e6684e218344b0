/** A cluster of memberlist is cut in two and heals: who has forgotten whom by then, and does it become whole again? Times in s. */
import { Stream } from '../base/stream.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import {
  DIED,
  FORGOTTEN,
  type Input,
  JOINED,
  type NodeId,
  type Observer,
  SUSPECTED,
  TRUSTED,
} from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { constant } from '../network/latency.ts';
import { complete } from '../network/overlay.ts';
import { partitioned } from '../network/partition.ts';
import { memberlist } from '../protocols/memberlist/memberlist.ts';
import { ALIVE, DEAD, SUSPECT, UNKNOWN } from '../protocols/memberlist/members.ts';
import { type MemberlistMessage, PUSH } from '../protocols/memberlist/messages.ts';
import type { Preset } from '../protocols/memberlist/presets.ts';
import { START, START_MS } from './memberlist-setup.ts';

const LONGEST_S = 10_000;

/** A cluster, who is cut off and for how long. */
export interface MemberlistCut {
  readonly n: number;
  /** Nodes 0 .. few-1 are cut off from the rest. */
  readonly few: number;
  readonly preset: Preset;
  readonly awareness: boolean;
  readonly latencyMs: number;
  /** Infinity: it never heals, and the run ends when everybody across is dead. */
  readonly cutS: number;
  /** Changes of metadata in the whole cluster per second, from the cut on, Poisson, each of a random member. */
  readonly newsPerS: number;
  /** From the healing on. */
  readonly watchedS: number;
  readonly seed: string;
}

/** What each side, the few and the many, last held of the other before it healed. */
export interface Parting {
  /** Until the last pair across was alive, and since when all were dead; Infinity: beyond the healing. */
  readonly aliveS: number;
  readonly fewDeadS: number;
  readonly manyDeadS: number;
}

/** What the two sides hold of each other when the cut ends, and what comes of it. */
export interface MemberlistReunion extends Parting {
  /** Of the pairs across, when it heals: held to be dead; dropped from the list. */
  readonly deadFrac: number;
  readonly forgottenFrac: number;
  /** From the healing: the first member of the other side that is alive again to somebody; null: never. */
  readonly metS: number | null;
  /** The first push/pull across from then on, since then. */
  readonly syncS: number | null;
  /** All are alive to all at the end; and since when, from the healing. */
  readonly whole: boolean;
  readonly wholeS: number | null;
  /** Times that a member came to suspect another after the healing, per pair. */
  readonly suspicionsPerPair: number;
}

/** Runs such a cut once. */
export function memberlistReunion(given: MemberlistCut): MemberlistReunion {
  const { n, few, preset, awareness, latencyMs, cutS, watchedS, seed } = given;
  const healMs = START_MS + Math.min(cutS, LONGEST_S) * 1000;
  const isFew = (node: NodeId) => node < few;
  const watch = watchOf(given, micros(healMs));
  const side = { from: isFew, to: (node: NodeId) => !isFew(node) };
  simulate<MemberlistMessage>({
    ...{ n, seed, overlay: complete },
    link: partitioned([{ ...side, startMs: START_MS, endMs: healMs }], constant({ ms: latencyMs })),
    protocol: memberlist({ preset, awareness, version: '0.6.0', races: true }),
    workload: newsOf(given),
    horizonMs: healMs + watchedS * 1000,
    observers: [watch.observer],
    // Without a healing: until everybody across is dead.
    ...(cutS === Infinity && { stop: (count: Float64Array) => count[DIED] >= 2 * few * (n - few) }),
  });
  return watch.story();
}

function newsOf({ n, newsPerS, cutS, watchedS, seed }: MemberlistCut): Input[] {
  if (newsPerS === 0) return [];
  const stream = new Stream(seed, 'news', 1);
  const inputs: Input[] = [];
  const end = START_MS + (cutS + watchedS) * 1000;
  const gap = () => (-1000 * Math.log(stream.draw(0))) / newsPerS;
  for (let atMs = START_MS + gap(); atMs < end; atMs += gap()) {
    inputs.push({ atMs, node: stream.below(0, n), input: inputs.length });
  }
  return inputs;
}

/** What each holds of each, from the facts. */
function watchOf({ n, few }: MemberlistCut, heals: Micros) {
  const status = new Uint8Array(n * n).fill(ALIVE); // [node * n + subject]
  const across = (a: NodeId, b: NodeId) => a < few !== b < few;
  const pairs = few * (n - few); // across, of each side
  const left = [pairs, pairs]; // [side] that are not dead
  let [alive, wrong] = [2 * pairs, 0]; // across; and of all pairs those that are not alive
  const parting = { aliveS: Infinity, fewDeadS: Infinity, manyDeadS: Infinity };
  let [met, synced, whole] = [NaN, NaN, heals];
  let suspicions = 0;
  let atHealing: { deadFrac: number; forgottenFrac: number } | undefined;
  const look = () => {
    let [dead, forgotten] = [0, 0];
    status.forEach((held, pair) => {
      if (!across(Math.floor(pair / n), pair % n)) return;
      dead += Number(held === DEAD);
      forgotten += Number(held === UNKNOWN);
    });
    atHealing ??= { deadFrac: dead / pairs / 2, forgottenFrac: forgotten / pairs / 2 };
  };
  const part = (node: NodeId, from: number, to: number, now: Micros) => {
    const sinceCut = millis(now - START) / 1000;
    const side = node < few ? 0 : 1;
    alive -= Number(from === ALIVE);
    if (alive === 0 && from === ALIVE) parting.aliveS = sinceCut;
    if (to === DEAD && --left[side] === 0) {
      if (side === 0) parting.fewDeadS = sinceCut;
      else parting.manyDeadS = sinceCut;
    }
  };
  const become = (node: NodeId, subject: NodeId, to: number, now: Micros) => {
    const pair = node * n + subject;
    const from = status[pair];
    status[pair] = to;
    if (across(node, subject)) {
      if (now < heals) part(node, from, to, now);
      else if (to === ALIVE && Number.isNaN(met)) met = now;
    }
    wrong += Number(to !== ALIVE) - Number(from !== ALIVE);
    if (wrong === 0) whole = Math.max(now, heals);
  };
  const observer: Observer<MemberlistMessage> = {
    onFact(now, fact, node, about) {
      if (now >= heals && atHealing === undefined) look();
      if (now >= heals && fact === SUSPECTED) suspicions++;
      const to = BECOMES[fact];
      if (to !== undefined) become(node, about, to, now);
    },
    onMessage(now, node, from, { kind }) {
      if (kind === PUSH && across(node, from) && now >= met && Number.isNaN(synced)) synced = now;
    },
  };
  const since = (time: number) => (Number.isNaN(time) ? null : millis(time - heals) / 1000);
  return {
    observer,
    story(): MemberlistReunion {
      look();
      return {
        ...parting,
        ...atHealing!,
        metS: since(met),
        syncS: Number.isNaN(synced) ? null : millis(synced - met) / 1000,
        whole: wrong === 0,
        wholeS: wrong === 0 ? since(whole) : null,
        suspicionsPerPair: suspicions / (n * (n - 1)),
      };
    },
  };
}

const BECOMES: Readonly<Record<number, number | undefined>> = {
  [SUSPECTED]: SUSPECT,
  [TRUSTED]: ALIVE,
  [JOINED]: ALIVE,
  [DIED]: DEAD,
  [FORGOTTEN]: UNKNOWN,
};
