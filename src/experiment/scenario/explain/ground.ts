/** What explanations look into: a run, written down, and what is known of its nodes and messages, in words. */
import type { Micros } from '../../../base/time.ts';
import { type NodeId, type Outcome, REMOVED } from '../../../engine/model.ts';
import { streamsOf } from '../../../engine/streams.ts';
import {
  type Chronicle,
  Conditions,
  Effects,
  FACT,
  Fates,
  kindIn,
  SENT,
  type Spell,
} from '../../../metrics/chronicle/index.ts';
import { type Crossing, type Cut, crossing } from '../../../network/partition.ts';
import { replicateSeed } from '../../seeds.ts';
import { cutsIn } from '../build-cuts.ts';
import { chronicleOf } from '../chronicle.ts';
import type { Group } from '../read.ts';
import { groupAt, groupsAt, maybeGroup, maybeNumber, numberAt } from '../values.ts';

/** `34.21 s`: to a millisecond. */
export const seconds = (time: Micros): string => `${Number((time / 1e6).toFixed(3))} s`;

export const listed = (nodes: readonly (NodeId | string)[], most = 5): string => {
  if (nodes.length > most)
    return `${nodes.slice(0, most).join(', ')} and ${nodes.length - most} others`;
  if (nodes.length < 2) return nodes.join('');
  return `${nodes.slice(0, -1).join(', ')} and ${nodes[nodes.length - 1]}`;
};

export class Ground {
  readonly scenario: Group;
  readonly protocol: string;
  readonly chronicle: Chronicle;
  readonly endedBy: Outcome['endedBy'];
  readonly conditions: Conditions;
  readonly fates: Fates;
  readonly effects: Effects;
  readonly #cuts: readonly Cut[];
  readonly #crossing: Crossing;

  /** Runs the replicate. @param about the node that is asked about. */
  constructor(scenario: Group, seed: string, replicate: number, about: NodeId) {
    const n = numberAt(scenario, 'nodes');
    this.scenario = scenario;
    this.protocol = groupAt(scenario, 'protocol').word;
    const { chronicle, outcome } = chronicleOf(scenario, seed, replicate, about);
    this.chronicle = chronicle;
    this.endedBy = outcome.endedBy;
    this.conditions = new Conditions(this.chronicle);
    this.fates = new Fates(this.chronicle);
    this.effects = new Effects(this.chronicle);
    this.#cuts = cutsIn(
      groupsAt(scenario, 'partitions'),
      streamsOf(replicateSeed(seed, replicate), n),
    );
    this.#crossing = crossing(this.#cuts, n);
  }

  /** Facts of these kinds, in order; undefined: about any node, by any. */
  facts(
    kinds: readonly number[],
    about?: NodeId,
    by?: NodeId,
    from = 0,
    to = this.chronicle.length,
  ): readonly number[] {
    const { what, word, node, other } = this.chronicle;
    const found: number[] = [];
    for (let i = from; i < to; i++) {
      if (what[i] !== FACT || !kinds.includes(word[i])) continue;
      if (about !== undefined && other[i] !== about) continue;
      if (by === undefined || node[i] === by) found.push(i);
    }
    return found;
  }

  /** Messages that were sent, from one and to another if these are named, in order. */
  sent(
    { from, to }: { readonly from?: NodeId; readonly to?: NodeId },
    accepts: (i: number) => boolean = () => true,
    first = 0,
    last = this.chronicle.length,
  ): readonly number[] {
    const { what, node, other } = this.chronicle;
    const found: number[] = [];
    for (let i = first; i < last; i++) {
      if (what[i] !== SENT) continue;
      if (from !== undefined && node[i] !== from) continue;
      if (to !== undefined && other[i] !== to) continue;
      if (accepts(i)) found.push(i);
    }
    return found;
  }

  /** The words of a message. */
  said(i: number): string {
    return this.chronicle.words[this.chronicle.word[i]];
  }

  kind(i: number): string {
    return kindIn(this.said(i));
  }

  /** `paused from 30 s to 35 s`. */
  spell({ is, from, until, fault }: Spell): string {
    const { end } = this.chronicle;
    if (is === 'down' && from === 0 && this.isAbsent(fault))
      return `absent until ${until > end ? 'the end' : seconds(until)}`;
    if (until >= end) return `${is === 'down' ? 'down' : 'paused'} from ${seconds(from)} on`;
    return `${is} from ${seconds(from)} to ${seconds(until)}`;
  }

  /** Of a rumour: `knows it`, or that the node stops spreading it. */
  factText(i: number): string {
    return this.chronicle.word[i] === REMOVED ? 'stops spreading it' : 'knows it';
  }

  isAbsent(fault: number): boolean {
    return this.chronicle.word[fault] === 0;
  }

  /** A message crosses a partition. */
  isCut(i: number): boolean {
    return this.#crossed(i) >= 0;
  }

  /** Whatever one sends to the other then. */
  isCutOff(from: NodeId, to: NodeId, time: Micros): boolean {
    return this.#crossing(from, to, time) >= 0;
  }

  #crossed(i: number): number {
    const { node, other, at } = this.chronicle;
    return this.#crossing(node[i], other[i], at[i]);
  }

  /** What became of a message, as the end of a sentence about it. */
  fate(i: number): string {
    const { other, end } = this.chronicle;
    const fate = this.fates.of(i);
    const to = other[i];
    if (fate.is === 'lost') return `is lost${this.#why(i)}`;
    if (fate.is === 'pending') {
      if (fate.arrives > end) return 'is still under way when the run ends';
      return `reaches ${to} at ${seconds(fate.arrives)} and waits there to the end${this.#waits(to, fate.arrives)}`;
    }
    const arrives = `arrives at ${seconds(fate.arrived)}`;
    if (fate.is === 'missed') {
      const down = this.conditions.at(to, fate.at);
      const since = down === undefined ? '' : ` since ${seconds(down.from)}`;
      return down === undefined || fate.arrived < down.from
        ? `${arrives}, but ${to} goes down before it hears it`
        : `reaches ${to} at ${seconds(fate.arrived)}, which is down${since}`;
    }
    if (fate.at === fate.arrived) return arrives;
    return `${arrives}, and is heard only at ${seconds(fate.at)}${this.#waits(to, fate.arrived)}`;
  }

  /** What became of it in a word or two, for counts. */
  outcome(i: number, until: Micros): string {
    const fate = this.fates.of(i);
    if (fate.is === 'lost') return this.isCut(i) ? 'cut off by the partition' : 'lost';
    if (fate.is === 'missed' && fate.at <= until)
      return `came while ${this.chronicle.other[i]} was down`;
    if (fate.is === 'heard' && fate.at <= until) return 'heard';
    const arrived = fate.is === 'pending' ? fate.arrives : fate.arrived;
    return arrived <= until ? `waiting at ${this.chronicle.other[i]}` : 'still under way';
  }

  #waits(node: NodeId, time: Micros): string {
    const spell = this.conditions.at(node, time);
    if (spell?.is === 'paused') return `: ${node} is ${this.spell(spell)}`;
    return `: ${node} is slow, and it waits its turn`;
  }

  #why(i: number): string {
    const crossed = this.#crossed(i);
    if (crossed >= 0) {
      const { startMs, endMs = Infinity } = this.#cuts[crossed];
      const until = endMs === Infinity ? 'on' : `to ${seconds(endMs * 1000)}`;
      return ` at the partition (from ${seconds(startMs * 1000)} ${until})`;
    }
    const loss = groupAt(this.scenario, 'loss');
    const p = loss.word === 'independent' ? numberAt(loss, 'p') : undefined;
    const bandwidth = maybeGroup(this.scenario, 'bandwidth');
    if (bandwidth !== undefined && maybeNumber(bandwidth, 'queue') !== undefined) {
      const isUdp = groupAt(this.scenario, 'transport').word === 'udp';
      const queue = `at the full queue of ${this.chronicle.node[i]}`;
      return p === 0 && isUdp ? ` ${queue}` : ` by chance or ${queue}`;
    }
    if (p === undefined) return ' by chance';
    return p > 0 ? ` by chance (${Number((100 * p).toPrecision(3))} % are)` : ' on the way';
  }
}
