/** Why a node was held to be dead, or suspected, by a protocol that asks: back from the verdict to a ping without answer. */
import { SUSPECTED, TRUSTED } from '../../../engine/model.ts';
import { HEARD, SENT } from '../../../metrics/chronicle/index.ts';
import { type Ground, listed, seconds } from './ground.ts';
import { type Hearsay, learnt } from './learnt.ts';
import type { Span, Step } from './model.ts';
import { probeBefore } from './probe.ts';
import { refutationOf } from './refutation.ts';
import { type Speech, sayingsIn } from './speech.ts';

/** What led to a fact. */
export interface Story {
  readonly steps: readonly Step[];
  /** The earliest first, up to the fact. */
  readonly chain: readonly number[];
  /** In short, the nearest cause first. */
  readonly because: readonly string[];
  readonly spans: readonly Span[];
}

/** Hops of hearsay that are told one by one. */
const MOST_HOPS = 6;

/** @param fact that somebody suspected the node, or held it to be dead. */
export function deathStory(ground: Ground, speech: Speech, fact: number): Story {
  const { node, other, at, word } = ground.chronicle;
  const [by, subject] = [node[fact], other[fact]];
  const isVerdict = word[fact] === speech.verdict;
  const holds = isVerdict ? speech.declares(subject) : `suspects ${subject}`;
  const path = hopsTo(ground, speech, fact);
  const origin = path.length === 0 ? fact : path[0].of;
  const told = path.length > 0 && origin !== undefined ? toldSteps(ground, path, fact, holds) : [];
  if (path.length > 0) {
    if (origin === undefined) return lostTrack(ground, path, fact, holds);
    const before = deathStory(ground, speech, origin);
    const who = `${by} had it from others: ${node[origin]} had come to ${isVerdict ? 'say so' : 'suspect it'}, at ${seconds(at[origin])}`;
    return {
      steps: [...before.steps, ...told],
      chain: [...before.chain, ...path.flatMap(({ sent, heard }) => [sent, heard]), fact],
      because: [who, ...before.because],
      spans: before.spans,
    };
  }
  const suspicion = isVerdict ? suspicionBefore(ground, fact) : undefined;
  return suspicion === undefined
    ? unanswered(ground, fact, holds)
    : expired(ground, speech, suspicion, fact, holds);
}

/** From whom it came, the first to hold it first; empty: of its own accord. */
function hopsTo(ground: Ground, speech: Speech, fact: number): readonly Hearsay[] {
  const hops: Hearsay[] = [];
  let one: number | undefined = fact;
  while (one !== undefined) {
    const hop = learnt(ground, speech, one);
    if (hop === undefined) break;
    hops.unshift(hop);
    one = hop.of;
  }
  return hops;
}

function toldSteps(ground: Ground, path: readonly Hearsay[], fact: number, holds: string): Step[] {
  const { node, other, at } = ground.chronicle;
  const subject = other[fact];
  const left = Math.max(0, path.length - MOST_HOPS);
  return path.slice(left).map(({ heard, sent }, i, all) => {
    const isLast = i === all.length - 1;
    const skipped =
      i === 0 && left > 0 ? (left === 1 ? 'a hop later, ' : `${left} hops later, `) : '';
    const what = isLast ? `, and ${holds}` : '';
    const slow = at[heard] - at[sent] > 1e6 ? `, sent at ${seconds(at[sent])}` : '';
    return {
      at: at[heard],
      text: `${skipped}${node[heard]} hears of ${subject} from ${node[sent]} (${ground.kind(sent)}${slow})${what}`,
      of: [sent, heard, ...(isLast ? [fact] : [])],
    };
  });
}

/** Told by somebody of whom nothing is known, such as the node itself. */
function lostTrack(ground: Ground, path: readonly Hearsay[], fact: number, holds: string): Story {
  const { node } = ground.chronicle;
  const [{ sent, heard }] = path;
  return {
    steps: toldSteps(ground, path, fact, holds),
    chain: [sent, heard, fact],
    because: [`${node[fact]} heard so from ${node[sent]}`],
    spans: [],
  };
}

/** That the same node began to suspect, and did not stop. */
function suspicionBefore(ground: Ground, fact: number): number | undefined {
  const { node, other, at } = ground.chronicle;
  const [by, about] = [node[fact], other[fact]];
  const begun = ground.facts([SUSPECTED], about, by, 0, fact).at(-1);
  if (begun === undefined || at[begun] === at[fact]) return undefined;
  const ended = ground.facts([TRUSTED], about, by, begun, fact).length > 0;
  return ended ? undefined : begun;
}

/** A suspicion has run out. */
function expired(
  ground: Ground,
  speech: Speech,
  suspicion: number,
  fact: number,
  holds: string,
): Story {
  const { node, other, at } = ground.chronicle;
  const [by, subject] = [node[fact], other[fact]];
  const before = deathStory(ground, speech, suspicion);
  const incarnation = incarnationOf(ground, suspicion, subject);
  const refuted = refutationOf(ground, fact, incarnation);
  const lasted = seconds(at[fact] - at[suspicion]);
  const others = accusers(ground, suspicion, fact);
  const alone = others.length === 0 ? '' : `, confirmed by ${listed(others, 4)}`;
  const step: Step = {
    at: at[fact],
    text: `the suspicion of ${by} has lasted ${lasted}${alone}, and nobody has refuted it to ${by}: it ${holds}`,
    of: [fact],
  };
  return {
    steps: [...before.steps, ...refuted.steps, step],
    chain: [...before.chain, fact],
    because: [...before.because, refuted.because],
    spans: [
      ...before.spans,
      { node: by, from: at[suspicion], until: at[fact], text: `suspicion, ${lasted}` },
    ],
  };
}

/** In which the subject is suspected; that of its first life where nobody says so. */
function incarnationOf(ground: Ground, suspicion: number, subject: number): number {
  const { node, length, what } = ground.chronicle;
  for (let i = suspicion; i < length; i++) {
    const isOwn = node[i] === node[suspicion] && what[i] === SENT;
    if (!isOwn) continue;
    const own = sayingsIn(ground.said(i), subject).find(({ status }) => status === 'suspect');
    if (own !== undefined) return own.incarnation;
  }
  return 0;
}

/** Others who said the same to the node meanwhile, as memberlist counts them. */
function accusers(ground: Ground, suspicion: number, fact: number): readonly number[] {
  if (ground.protocol !== 'memberlist') return [];
  const { what, node, other } = ground.chronicle;
  const by = new Set<number>();
  const said = new RegExp(`; ${other[fact]} suspect by (\\d+) `, 'g');
  for (let i = suspicion; i < fact; i++) {
    if (what[i] !== HEARD || node[i] !== node[fact]) continue;
    for (const [, accuser] of ground.said(i).matchAll(said)) by.add(Number(accuser));
  }
  by.delete(node[fact]);
  return [...by];
}

/** It has asked itself, and had no answer. */
function unanswered(ground: Ground, fact: number, holds: string): Story {
  const { node, other, at } = ground.chronicle;
  const [by, subject] = [node[fact], other[fact]];
  const { ping, steps, reasons } = probeBefore(ground, by, subject, fact);
  if (ping === undefined) {
    return {
      steps: [{ at: at[fact], text: `${by} ${holds}`, of: [fact] }],
      chain: [fact],
      because: [`${by} came to it by itself, and had not asked ${subject}`],
      spans: [],
    };
  }
  const waited = seconds(at[fact] - at[ping]);
  const ways = [...reasons.values()].reduce((sum, count) => sum + count, 0);
  const whys = [...reasons].map(([why, count]) => why + share(count, ways));
  const why = whys.length === 0 ? 'every answer came too late to count' : whys.join(', and ');
  return {
    steps: [
      ...steps,
      { at: at[fact], text: `${by} has had no answer for ${waited}: it ${holds}`, of: [fact] },
    ],
    chain: [ping, fact],
    because: [`${by} pinged ${subject} at ${seconds(at[ping])} and had no answer: ${why}`],
    spans: [{ node: by, from: at[ping], until: at[fact], text: `no answer, ${waited}` }],
  };
}

/** Of the ways in which it asked. */
function share(count: number, ways: number): string {
  if (ways === 1) return '';
  if (count < ways) return ` (${count} of ${ways} ways)`;
  return ways === 2 ? ' (both ways)' : ` (all ${ways} ways)`;
}
