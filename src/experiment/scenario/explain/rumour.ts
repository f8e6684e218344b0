/** How a rumour came to a node, hop by hop, or why it did not: every attempt to tell it, and whom those told who knew it. */
import { DELIVERED, type NodeId, REMOVED } from '../../../engine/model.ts';
import { causesOf, HANDED, HEARD } from '../../../metrics/chronicle/index.ts';
import { groupAt } from '../values.ts';
import type { Story } from './death.ts';
import { type Ground, seconds } from './ground.ts';
import type { Step } from './model.ts';
import { tally } from './refutation.ts';
import { sayingsIn } from './speech.ts';

/** Messages whose answers may carry a rumour. */
const ASKS = ['REQUEST', 'COMPARE', 'CALL', 'HAVE', 'WANT', 'ACCEPT'];

export class Rumour {
  readonly #ground: Ground;
  readonly #rumour: number;
  /** That it was handed to its first node; undefined: it never was. */
  readonly handed: number | undefined;

  constructor(ground: Ground, rumour: number) {
    const { what, word, length } = ground.chronicle;
    this.#ground = ground;
    this.#rumour = rumour;
    for (let i = 0; i < length && this.handed === undefined; i++) {
      if (what[i] === HANDED && word[i] === rumour) this.handed = i;
    }
  }

  /** That the node heard it first. */
  reached(node: NodeId): number | undefined {
    return this.#ground.facts([DELIVERED], this.#rumour, node)[0];
  }

  /** Who heard it, in order. */
  get knowers(): readonly NodeId[] {
    return this.#ground.facts([DELIVERED], this.#rumour).map((i) => this.#ground.chronicle.node[i]);
  }

  // ---- how it came ----

  story(fact: number): Story {
    const { node, at, cause } = this.#ground.chronicle;
    const hops: { heard: number; fact: number }[] = [];
    let one: number | undefined = fact;
    let heard = this.#heardFor(one);
    while (one !== undefined && heard !== undefined) {
      hops.unshift({ heard, fact: one });
      const sent: number = cause[heard];
      one = this.#ground.facts([DELIVERED], this.#rumour, node[sent], 0, sent).at(-1);
      heard = one === undefined ? undefined : this.#heardFor(one);
    }
    const first = one ?? hops[0]?.fact ?? fact;
    const start: Step = { at: at[first], text: `the rumour begins at ${node[first]}`, of: [first] };
    const all = hops.map((hop) => this.#hop(hop.heard, hop.fact));
    const took = seconds(at[fact] - at[first]);
    return {
      steps: [start, ...thinned(all)],
      chain: [first, ...hops.flatMap((hop) => [cause[hop.heard], hop.heard, hop.fact])],
      spans: [],
      because: [
        `it went over ${hops.length} hop${hops.length === 1 ? '' : 's'} in ${took}: ${[node[first], ...hops.map((hop) => node[hop.fact])].join(' → ')}`,
      ],
    };
  }

  #hop(heard: number, fact: number): Step {
    const { node, at, cause } = this.#ground.chronicle;
    const sent = cause[heard];
    const knew = this.#ground.facts([DELIVERED], this.#rumour, node[sent], 0, sent).at(-1);
    const held =
      knew === undefined ? '' : `, ${seconds(at[sent] - at[knew])} after it had heard it`;
    return {
      at: at[heard],
      text: `${node[heard]} hears it from ${node[sent]} (${this.#ground.kind(sent)}, sent at ${seconds(at[sent])}${held})`,
      of: [sent, heard, fact],
    };
  }

  /** The message from which the fact came. */
  #heardFor(fact: number): number | undefined {
    const { what, node, at, cause } = this.#ground.chronicle;
    const same = causesOf(this.#ground.chronicle, fact).filter((i) => at[i] === at[fact]);
    if (what[cause[fact]] === HEARD) return cause[fact];
    if (!same.some((i) => what[i] === HEARD && node[i] === node[fact])) return undefined;
    for (let i = fact; i >= 0 && at[i] === at[fact]; i--) {
      if (what[i] !== HEARD || node[i] !== node[fact]) continue;
      const sender = node[cause[i]];
      const knew = this.#ground.facts([DELIVERED], this.#rumour, sender, 0, cause[i]).length > 0;
      if (knew && this.#carries(i) !== false) return i;
    }
    return undefined;
  }

  /** Whether a message carries it; undefined: its words do not say. */
  #carries(i: number): boolean | undefined {
    const said = this.#ground.said(i);
    if (/^RUMOUR( |$)/.test(said)) return said.split(' ')[1] === String(this.#rumour);
    if (this.#ground.protocol === 'memberlist') {
      const origin = this.#ground.chronicle.node[this.handed!];
      return sayingsIn(said, origin).some(({ status }) => status === 'alive');
    }
    return ['cassandra', 'heartbeat'].includes(this.#ground.protocol) ? undefined : false;
  }

  /** Where its words do not say, whatever a node sends that knows it. */
  #mayCarry(i: number): boolean {
    const sender = this.#ground.chronicle.node[i];
    return (
      this.#carries(i) ?? this.#ground.facts([DELIVERED], this.#rumour, sender, 0, i).length > 0
    );
  }

  // ---- why it did not come ----

  /** @param node that has not heard it. */
  missing(node: NodeId): Story {
    const { node: who, at, end } = this.#ground.chronicle;
    const tries = this.#ground.sent({ to: node }, (i) => this.#mayCarry(i));
    const steps: Step[] = [
      ...this.#origin(),
      ...this.#ground.conditions.of(node).map((spell) => ({
        at: spell.from,
        text: `${node} is ${this.#ground.spell(spell)}`,
        of: [spell.fault],
      })),
      ...tries.slice(0, 6).map((i) => ({
        at: at[i],
        text: `${who[i]} ${this.#carries(i) ? 'tells it' : 'knows it, and sends something to'} ${node} (${this.#ground.kind(i)}): it ${this.#ground.fate(i)}`,
        of: [i],
      })),
      ...this.#asked(node),
      this.#others(node),
      ...this.#stops(),
    ];
    return {
      steps: steps.sort((a, b) => a.at - b.at),
      chain: [],
      spans: [],
      because: this.#why(node, tries, end),
    };
  }

  #origin(): Step[] {
    if (this.handed === undefined) return [];
    const { node, at } = this.#ground.chronicle;
    const began = this.#ground.facts([DELIVERED], this.#rumour)[0];
    const of = began === undefined ? [this.handed] : [began];
    return [{ at: at[this.handed], text: `the rumour begins at ${node[this.handed]}`, of }];
  }

  #why(node: NodeId, tries: readonly number[], end: number): readonly string[] {
    const ground = this.#ground;
    if (tries.length > 0) {
      const plural = tries.length > 1 ? 'messages' : 'message';
      const so = tries.every((i) => this.#carries(i));
      const told = so ? 'it was told to' : 'those who knew it may have told it to';
      return [`${told} ${node} in ${tries.length} ${plural}: ${tally(ground, tries, end)}`];
    }
    const sent = ground.sent({}, (i) => this.#mayCarry(i));
    if (sent.length === 0) return ['nobody told it to anybody'];
    const n = ground.chronicle.n;
    const { what, cause } = ground.chronicle;
    const isSure = sent.every((i) => this.#carries(i));
    // Who answers has not drawn a partner.
    const isDrawn =
      isSure && !sent.some((i) => what[cause[i]] === HEARD && ASKS.includes(ground.kind(cause[i])));
    const isAny = groupAt(ground.scenario, 'overlay').word === 'complete' && isDrawn;
    const luck = (1 - 1 / (n - 1)) ** sent.length;
    const chance = `partners are drawn among ${n - 1}, so with ${sent.length} messages that happens to a given node with a probability of about ${Number(luck.toPrecision(2))}`;
    return [
      `nobody told it to ${node}: those who knew it sent ${sent.length} messages ${isSure ? 'with it' : 'that may have told it'}, all to others`,
      ...(isAny ? [chance] : []),
    ];
  }

  /** Pull: whom the node asked itself. */
  #asked(node: NodeId): Step[] {
    const ground = this.#ground;
    const { at, other, end } = ground.chronicle;
    const asks = ground.sent({ from: node }, (i) =>
      ['REQUEST', 'COMPARE', 'CALL'].includes(ground.kind(i)),
    );
    if (asks.length === 0) return [];
    const knew = asks.filter(
      (i) => ground.facts([DELIVERED], this.#rumour, other[i], 0, i).length > 0,
    );
    return [
      {
        at: at[asks[0]],
        text: `${node} itself asks others ${asks.length} times, ${knew.length} times one who knows it${knew.length > 0 ? ` (of these requests ${tally(ground, knew, end)})` : ''}`,
        of: knew.slice(0, 3),
      },
    ];
  }

  /** What those who knew it did instead. */
  #others(node: NodeId): Step {
    const ground = this.#ground;
    const { at, node: who, other, end } = ground.chronicle;
    const told = ground.sent({}, (i) => this.#mayCarry(i) && other[i] !== node);
    const facts = ground.facts([DELIVERED], this.#rumour);
    const last = facts.at(-1);
    const tellers = new Set(told.map((i) => who[i]));
    return {
      at: last === undefined ? 0 : at[last],
      text: `${facts.length} of ${ground.chronicle.n} nodes know it by now, the last one new to it ${last === undefined ? 'none' : who[last]}; ${tellers.size} of them told others, in ${told.length} messages: ${tally(ground, told, end)}`,
      of: [...this.#sample(told), ...(last === undefined ? [] : [last])],
    };
  }

  /** The messages by which others heard it first: a tree, of which the first branches are shown. */
  #sample(told: readonly number[]): readonly number[] {
    const { cause } = this.#ground.chronicle;
    const first = this.#ground.facts([DELIVERED], this.#rumour).map((fact) => cause[cause[fact]]);
    return told.filter((i) => first.includes(i)).slice(0, 14);
  }

  #stops(): Step[] {
    const { at, node } = this.#ground.chronicle;
    const removed = this.#ground.facts([REMOVED], this.#rumour);
    const last = removed.at(-1);
    if (last === undefined) return [];
    return [
      {
        at: at[last],
        text: `${node[last]} stops spreading it, the last of ${removed.length} to do so`,
        of: [last],
      },
    ];
  }
}

/** Long ways in short. */
function thinned(steps: readonly Step[]): readonly Step[] {
  const most = 14;
  if (steps.length <= most) return steps;
  const half = most / 2;
  const left = steps.slice(half, -half);
  const gap: Step = { at: left[0].at, text: `${left.length} more hops`, of: [] };
  return [...steps.slice(0, half), gap, ...steps.slice(-half)];
}
