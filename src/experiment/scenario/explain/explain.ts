/** A question about a replicate of a scenario -> why it came to that. */
import { UserError } from '../../../base/errors.ts';
import { type Micros, micros } from '../../../base/time.ts';
import { DELIVERED, type NodeId, SUSPECTED, TRUSTED } from '../../../engine/model.ts';
import { HANDED } from '../../../metrics/chronicle/index.ts';
import type { Group } from '../read.ts';
import { numberAt } from '../values.ts';
import { deathStory, type Story } from './death.ts';
import { Ground, listed, seconds } from './ground.ts';
import type { Explanation, Question } from './model.ts';
import { Rumour } from './rumour.ts';
import { silenceStory } from './silence.ts';
import { type Speech, speechFor, speechOf } from './speech.ts';
import { survivorOf } from './survivor.ts';

/** With the run that it is about. */
export interface Explained {
  readonly ground: Ground;
  readonly explanation: Explanation;
  /** Of the protocol; undefined: it holds nobody to be dead. */
  readonly speech: Speech | undefined;
}

export function explain(
  scenario: Group,
  seed: string,
  replicate: number,
  question: Question,
): Explained {
  const ground = new Ground(scenario, seed, replicate, question.asked.subject);
  return {
    ground,
    explanation: explanationOf(ground, question),
    speech: speechOf(ground.protocol),
  };
}

function explanationOf(ground: Ground, question: Question): Explanation {
  const { asked, by } = question;
  if (asked.is === 'reached' || asked.is === 'unreached') {
    return rumourExplained(ground, asked.is === 'reached', asked.subject, asked.rumour);
  }
  const instead = "ask 'reached NODE of RUMOUR' or 'unreached NODE of RUMOUR'";
  const speech = speechFor('explain', ground.protocol, instead);
  if (asked.is === 'not-dead') return survivorOf(ground, speech, asked.subject, by);
  return fallExplained(ground, speech, asked.is === 'dead', question);
}

// ---- dead, suspected ----

function fallExplained(
  ground: Ground,
  speech: Speech,
  isDead: boolean,
  question: Question,
): Explanation {
  const {
    asked: { subject },
    by,
    when,
  } = question;
  const { at } = ground.chronicle;
  const all = ground.facts([isDead ? speech.verdict : SUSPECTED], subject, by);
  const fact =
    typeof when === 'number' ? all.find((i) => at[i] >= when) : all.at(when === 'first' ? 0 : -1);
  if (fact === undefined) return didNotFall(ground, speech, isDead, question);
  const story =
    speech.by === 'probes' ? deathStory(ground, speech, fact) : silenceStory(ground, speech, fact);
  const answer = [verdictOn(ground, speech, fact), sentence(story.because)];
  const others = alsoBy(ground, all, fact);
  if (others !== '') answer.push(others);
  return explanation(ground, story, answer, fact);
}

/** Whether it was a mistake is said first. */
function verdictOn(ground: Ground, speech: Speech, fact: number): string {
  const { node, other, at, word } = ground.chronicle;
  const [by, subject, time] = [node[fact], other[fact], at[fact]];
  const holds = word[fact] === speech.verdict ? speech.declares(subject) : `suspects ${subject}`;
  const what = `at ${seconds(time)} ${by} ${holds}`;
  const spell = ground.conditions.at(subject, time);
  if (spell?.is === 'down') {
    const absent = ground.isAbsent(spell.fault)
      ? 'had not joined yet'
      : `had been down since ${seconds(spell.from)}, for ${seconds(time - spell.from)}`;
    return `Right: ${what}; ${subject} ${absent}.`;
  }
  const condition = spell === undefined ? 'was up' : `was alive, and ${ground.spell(spell)}`;
  return `A mistake: ${what}, but ${subject} ${condition}.`;
}

/** Others at about the same time, and how often it happened in all. */
function alsoBy(ground: Ground, all: readonly number[], fact: number): string {
  const { node, at } = ground.chronicle;
  const episode = episodeOf(ground, all, fact);
  const by = [...new Set(episode.map((i) => node[i]))].filter((one) => one !== node[fact]);
  const [first, last] = [at[episode[0]], at[episode[episode.length - 1]]];
  const parts: string[] = [];
  if (by.length > 0) {
    const time =
      first === last ? `at ${seconds(first)}` : `between ${seconds(first)} and ${seconds(last)}`;
    parts.push(`So did ${listed(by, 5)}, ${time} (--by NODE explains it of another).`);
  }
  const more = all.length - episode.length;
  if (more > 0) parts.push(`At other times it happened ${more} times (--when).`);
  return parts.join(' ');
}

/** Facts that follow each other with no more than this between them belong together. */
const APART: Micros = 10e6;

function episodeOf({ chronicle: { at } }: Ground, all: readonly number[], fact: number) {
  let from = all.indexOf(fact);
  let to = from;
  while (from > 0 && at[all[from]] - at[all[from - 1]] <= APART) from--;
  while (to + 1 < all.length && at[all[to + 1]] - at[all[to]] <= APART) to++;
  return all.slice(from, to + 1);
}

/** What happened instead. */
function didNotFall(
  ground: Ground,
  speech: Speech,
  isDead: boolean,
  question: Question,
): Explanation {
  const { node, other, at, length } = ground.chronicle;
  const {
    asked: { subject },
    by,
    when,
  } = question;
  const holds = isDead ? speech.declares(subject) : `suspects ${subject}`;
  const from = typeof when === 'number' ? ` from ${seconds(when)} on` : '';
  const answer = [`${by === undefined ? 'Nobody' : `${by} never`} ${holds}${from} in this run.`];
  const others = ground.facts([speech.verdict, SUSPECTED], subject);
  const ended = (i: number) => ground.facts([TRUSTED], subject, node[i], i, length).length > 0;
  if (others.length > 0) {
    const times = [...new Set(others.map((i) => `${node[i]} (at ${seconds(at[i])})`))];
    const then = others.every(ended) ? '; all of them trusted it again' : '';
    const ask = isDead ? `: ask 'suspected ${subject}'` : '';
    answer.push(`It was suspected by ${listed(times, 4)}${then}${ask}.`);
  } else {
    const fallen = [...new Set(ground.facts([speech.verdict, SUSPECTED]).map((i) => other[i]))];
    answer.push(
      fallen.length === 0
        ? 'Nobody was suspected at all: --search 100 looks through more runs.'
        : `Suspected ${fallen.length > 1 ? 'were' : 'was'} ${listed(fallen, 8)}; --search 100 looks through more runs.`,
    );
  }
  return { happened: false, answer, steps: [], chain: [], spans: [], nodes: [subject] };
}

// ---- rumours ----

function rumourExplained(
  ground: Ground,
  isReached: boolean,
  subject: NodeId,
  asked: number | undefined,
): Explanation {
  const rumour = rumourOf(ground, asked);
  const told = new Rumour(ground, rumour);
  const { at, n } = ground.chronicle;
  const fact = told.reached(subject);
  const knowers = told.knowers;
  const missing = Array.from({ length: n }, (_, node) => node).filter(
    (node) => !knowers.includes(node),
  );
  if (fact !== undefined) {
    const heard = `${subject} heard rumour ${rumour} at ${seconds(at[fact])}, as number ${knowers.indexOf(subject) + 1} of ${n}`;
    if (!isReached) {
      const who =
        missing.length === 0 ? 'It reached all.' : `It did not reach ${listed(missing, 8)}.`;
      return {
        happened: false,
        answer: [`${heard}.`, who],
        steps: [],
        chain: [],
        spans: [],
        nodes: [subject],
      };
    }
    const story = told.story(fact);
    return explanation(ground, story, [`${heard}.`, sentence(story.because)], fact);
  }
  const never = `${subject} did not hear rumour ${rumour} by the end of the run, ${endOf(ground)}: ${knowers.length} of ${n} nodes did.`;
  if (isReached)
    return {
      happened: false,
      answer: [never, `Ask 'unreached ${subject} of ${rumour}' for why.`],
      steps: [],
      chain: [],
      spans: [],
      nodes: [subject],
    };
  const story = told.missing(subject);
  const made = explanation(ground, story, [never, sentence(story.because)], undefined);
  return { ...made, nodes: [...new Set([subject, ...made.nodes])] };
}

/** 'at 18.997 s'; where nothing more was to come, that it was not the duration that ended it. */
function endOf({ chronicle, endedBy, scenario }: Ground): string {
  const at = `at ${seconds(chronicle.end)}`;
  if (endedBy !== 'quiet') return at;
  return `${at} of ${seconds(micros(numberAt(scenario, 'duration')))}, when nothing was left to happen`;
}

function rumourOf(ground: Ground, asked: number | undefined): number {
  const { what, word, length } = ground.chronicle;
  const handed = new Set<number>();
  for (let i = 0; i < length; i++) if (what[i] === HANDED) handed.add(word[i]);
  const facts = ground.facts([DELIVERED]);
  const known = [...handed].filter((one) => facts.some((i) => ground.chronicle.other[i] === one));
  if (known.length === 0) {
    throw new UserError(
      `explain: there is no rumour in this run; ask 'dead NODE', 'suspected NODE' or 'not-dead NODE', or give the scenario a workload`,
    );
  }
  if (asked === undefined && known.length === 1) return known[0];
  if (asked !== undefined && known.includes(asked)) return asked;
  throw new UserError(
    `explain: --what must name a rumour of this run, ${listed(known, 12)}, as in 'unreached 12 of ${known[0]}'; got ${asked ?? 'none'}`,
  );
}

// ---- both ----

function explanation(
  ground: Ground,
  story: Story,
  answer: readonly string[],
  fact: number | undefined,
): Explanation {
  const { node, other } = ground.chronicle;
  const own = fact === undefined ? [] : [node[fact]];
  const about = fact === undefined || story.chain.length === 0 ? [] : [other[fact]];
  const named = story.steps.flatMap(({ of }) => of.map((i) => node[i]));
  const isDeath = fact !== undefined && ground.chronicle.word[fact] !== DELIVERED;
  const nodes = [...new Set([...own, ...(isDeath ? about : []), ...named])];
  const steps = [...story.steps].sort((a, b) => a.at - b.at);
  return { happened: true, answer, steps, chain: story.chain, spans: story.spans, nodes };
}

const sentence = (parts: readonly string[]): string => {
  const text = parts.join('; ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
};
