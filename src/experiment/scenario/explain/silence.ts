/**
 * Why a node was held to be down by a protocol that waits for news of it: when news last came and how often it used to,
 * what the node did since, and what became of the messages that carried newer news.
 */
import type { Micros } from '../../../base/time.ts';
import { type NodeId, TRUSTED } from '../../../engine/model.ts';
import type { Group } from '../read.ts';
import { groupAt, maybeGroup, maybeNumber } from '../values.ts';
import type { Story } from './death.ts';
import { type Ground, listed, seconds } from './ground.ts';
import type { Span, Step } from './model.ts';
import { News } from './news.ts';
import { tally } from './refutation.ts';
import type { Speech } from './speech.ts';

export const silenceStory = (ground: Ground, speech: Speech, fact: number): Story =>
  new Silence(ground, speech, fact).told();

class Silence {
  readonly #ground: Ground;
  readonly #speech: Speech;
  readonly #fact: number;
  readonly #by: NodeId;
  readonly #subject: NodeId;
  readonly #news: News;
  readonly #last: number | undefined; // that the observer heard
  readonly #version: number; // of it
  readonly #since: Micros;

  constructor(ground: Ground, speech: Speech, fact: number) {
    const { node, other, at } = ground.chronicle;
    this.#ground = ground;
    this.#speech = speech;
    this.#fact = fact;
    this.#by = node[fact];
    this.#subject = other[fact];
    this.#news = new News(ground, this.#subject);
    this.#last = this.#news.heardBy(this.#by, fact).at(-1);
    this.#version = this.#last === undefined ? -1 : this.#news.version(this.#last)!;
    this.#since = this.#last === undefined ? 0 : at[this.#last];
  }

  told(): Story {
    const { at, cause } = this.#ground.chronicle;
    const path = this.#last === undefined ? [] : this.#news.pathTo(this.#last);
    const steps = [
      this.#lastNews(path),
      ...this.#spells(this.#subject),
      ...this.#spells(this.#by),
      ...this.#ownSends(),
      ...this.#carriers(),
      this.#verdict(),
      ...this.#afterwards(),
    ].sort((a, b) => a.at - b.at);
    return {
      steps,
      chain: [...path.flatMap((heard) => [cause[heard], heard]), this.#fact],
      because: [this.#because(at[this.#fact])],
      spans: [this.#span()],
    };
  }

  #span(): Span {
    const until = this.#ground.chronicle.at[this.#fact];
    const text = `no news, ${seconds(until - this.#since)}`;
    return { node: this.#by, from: this.#since, until, text };
  }

  #lastNews(path: readonly number[]): Step {
    const { other, at, cause } = this.#ground.chronicle;
    const [by, subject] = [this.#by, this.#subject];
    if (this.#last === undefined) {
      return { at: 0, text: `${by} has never heard of ${subject} in this run`, of: [] };
    }
    const from = other[this.#last];
    const way = path.slice(1).map((heard) => other[heard]);
    const born = this.#news.born(this.#version);
    const via =
      from === subject
        ? `${subject} itself`
        : `${from}${way.length > 1 ? ` (by way of ${way.slice(0, -1).join(', ')})` : ''}`;
    const age =
      born === undefined || from === subject ? '' : `; ${subject} sent it out at ${seconds(born)}`;
    return {
      at: at[this.#last],
      text: `${by} hears of ${subject} for the last time, from ${via}${age}. ${this.#usual()}`,
      of: path.flatMap((heard) => [cause[heard], heard]),
    };
  }

  /** How often news came before. */
  #usual(): string {
    const { at } = this.#ground.chronicle;
    const times = this.#news.heardBy(this.#by, this.#fact).map((i) => at[i]);
    const gaps = times.slice(1).map((time, i) => time - times[i]);
    if (gaps.length < 2) return 'It had hardly heard of it before';
    const mean = gaps.reduce((sum, gap) => sum + gap) / gaps.length;
    return `Until then news came every ${seconds(Math.round(mean))} on average, ${seconds(Math.max(...gaps))} at the longest`;
  }

  #spells(node: NodeId): Step[] {
    const { at } = this.#ground.chronicle;
    return this.#ground.conditions.within(node, this.#since, at[this.#fact]).map((spell) => ({
      at: spell.from,
      text: `${node} is ${this.#ground.spell(spell)}${node === this.#subject ? ', and sends nothing' : ', and hears nothing'}`,
      of: [spell.fault],
    }));
  }

  /** What the node itself has sent since. */
  #ownSends(): Step[] {
    const { at, other } = this.#ground.chronicle;
    const end = at[this.#fact];
    const direct = this.#ground.protocol === 'direct-heartbeats';
    const sends = this.#ground.sent(
      direct ? { from: this.#subject, to: this.#by } : { from: this.#subject },
      (i) => at[i] > this.#since && (this.#news.version(i) ?? -1) > this.#version,
      0,
      this.#fact,
    );
    const subject = this.#subject;
    if (sends.length === 0) {
      if (this.#ground.conditions.within(subject, this.#since, end).length > 0) return [];
      const to = direct ? ` to ${this.#by}` : '';
      return [{ at: end, text: `${subject} has sent no later news of itself${to} by now`, of: [] }];
    }
    const to = [...new Set(sends.map((i) => other[i]))];
    const shown = sends.slice(0, 4);
    return [
      {
        at: at[sends[0]],
        text: `${subject} sends later news of itself from then on, to ${listed(to, 4)}: of ${sends.length} messages by ${seconds(end)}, ${tally(this.#ground, sends, end)}`,
        of: shown,
      },
    ];
  }

  /** Messages with newer news to the observer. */
  #carriers(): Step[] {
    const ground = this.#ground;
    const { at, node } = ground.chronicle;
    const end = at[this.#fact];
    if (ground.protocol === 'direct-heartbeats') return this.#each(this.#toObserver().slice(-4));
    const carriers = this.#toObserver();
    if (carriers.length > 0) return this.#each(carriers.slice(-4));
    const knowing = new Set(this.#news.carriers(this.#version, this.#fact).map((i) => node[i]));
    knowing.delete(this.#subject);
    const all = ground.sent({ to: this.#by }, (i) => at[i] > this.#since, 0, this.#fact);
    const heard =
      all.length === 0
        ? ''
        : `; of the ${all.length} messages to ${this.#by} since, ${tally(ground, all, end)}`;
    const known =
      knowing.size === 0
        ? 'nobody else has later news'
        : `${listed([...knowing], 4)} ${knowing.size > 1 ? 'tell' : 'tells'} later news, but not to ${this.#by}`;
    return [
      {
        at: end,
        text: `${known}${heard}`,
        of: all.filter((i) => ground.fates.of(i).is === 'lost').slice(-3),
      },
    ];
  }

  #toObserver(): readonly number[] {
    return this.#news.carriers(this.#version, this.#fact, this.#by);
  }

  #each(carriers: readonly number[]): Step[] {
    const { at, node } = this.#ground.chronicle;
    return carriers.map((i) => ({
      at: at[i],
      text: `${node[i]} sends ${this.#by} later news of ${this.#subject} (${this.#ground.kind(i)}): it ${this.#ground.fate(i)}`,
      of: [i],
    }));
  }

  #verdict(): Step {
    const { at } = this.#ground.chronicle;
    const silence = at[this.#fact] - this.#since;
    const limit = limitOf(this.#ground.scenario, silence);
    if (this.#awaitsEcho(at[this.#fact])) {
      const text = `${this.#by} holds ${this.#subject} to be DOWN until it answers an echo: the news is of a new life`;
      return { at: at[this.#fact], text, of: [this.#fact] };
    }
    return {
      at: at[this.#fact],
      text: `after ${seconds(silence)} without news ${this.#by} ${this.#speech.declares(this.#subject)}${limit}`,
      of: [this.#fact],
    };
  }

  #afterwards(): Step[] {
    const { at, length } = this.#ground.chronicle;
    const [again] = this.#ground.facts([TRUSTED], this.#subject, this.#by, this.#fact, length);
    if (again === undefined) return [];
    const late = seconds(at[again] - at[this.#fact]);
    return [
      {
        at: at[again],
        text: `${this.#by} trusts ${this.#subject} again, ${late} later`,
        of: [again],
      },
    ];
  }

  /** Cassandra holds who has started again to be down, at the very news of it, until it has answered. */
  #awaitsEcho(end: Micros): boolean {
    return this.#ground.protocol === 'cassandra' && this.#last !== undefined && end === this.#since;
  }

  #because(end: Micros): string {
    const ground = this.#ground;
    const [by, subject] = [this.#by, this.#subject];
    if (this.#awaitsEcho(end)) {
      return `${subject} had started again: whoever hears of it holds it to be DOWN until it answers an echo`;
    }
    const silence = seconds(end - this.#since);
    // One that was back for most of the silence may have told, and heard, again.
    const spells = (node: NodeId) =>
      ground.conditions
        .within(node, this.#since, end)
        .filter(({ until }) => 2 * (end - until) < end - this.#since);
    const down = spells(subject).find(({ is }) => is === 'down');
    if (down !== undefined)
      return `${subject} was ${ground.spell(down)}, so its news stopped: ${by} heard none for ${silence}`;
    const carriers = this.#toObserver();
    const [own] = spells(by);
    const waiting = carriers.filter((i) => ground.outcome(i, end).startsWith('waiting'));
    if (own !== undefined && waiting.length > 0)
      return `${by} itself was ${ground.spell(own)}: later news of ${subject} had come, and waited to be read`;
    const [paused] = spells(subject);
    if (paused !== undefined)
      return `${subject} was ${ground.spell(paused)} and told nobody that it lives: ${by} heard no news for ${silence}`;
    if (own !== undefined)
      return `${by} itself was ${ground.spell(own)}, and heard no news for ${silence}`;
    if (carriers.length > 0)
      return `later news of ${subject} was on its way to ${by}, in ${carriers.length} message${carriers.length > 1 ? 's' : ''}: ${tally(ground, carriers, end)}; ${by} heard none for ${silence}`;
    if (ground.isCutOff(subject, by, end)) {
      return `the partition cuts ${by} off from ${subject}: no news of it came across for ${silence}`;
    }
    return `nobody with later news of ${subject} happened to tell ${by} for ${silence}`;
  }
}

/** What the protocol goes by. */
function limitOf(scenario: Group, silence: Micros): string {
  const protocol = groupAt(scenario, 'protocol');
  const detector = maybeGroup(scenario, 'detector');
  if (protocol.word === 'cassandra') {
    const threshold = maybeNumber(protocol, 'threshold') ?? 8;
    const means = threshold * Math.LN10;
    return `: phi is above ${threshold} once the silence is ${means.toFixed(1)} times the mean interval of its window, which is so below ${seconds(Math.floor(silence / means))}`;
  }
  if (detector !== undefined) return `: so says its detector, ${detector.word}`;
  const fail = maybeNumber(protocol, 'failMs');
  return fail === undefined ? '' : `: T_fail is ${seconds(fail * 1000)}`;
}
