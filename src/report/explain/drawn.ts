/** What of an explanation is drawn: its messages, facts, faults and times, of so many nodes, in rows that cross little. */
import { SUSPECTED, TRUSTED } from '../../engine/model.ts';
import type { Explained, Span } from '../../experiment/scenario/explain/index.ts';
import { FACT, HEARD, MISSED, SENT, type Spell } from '../../metrics/chronicle/index.ts';
import { rowsOf } from './rows.ts';

/** More are not told apart. */
const MOST_HAPPENINGS = 40;
const MOST_NODES = 12;

/** Times in microseconds. */
export interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  /** When it arrives; undefined: never, or after the run. */
  readonly arrived: number | undefined;
  /** When it is heard, if later than that. */
  readonly heard: number | undefined;
  readonly fate: 'heard' | 'lost' | 'cut' | 'missed' | 'pending';
  readonly kind: string;
}

export interface Dot {
  readonly node: number;
  readonly at: number;
  readonly is: 'suspected' | 'verdict' | 'trusted' | 'delivered';
  readonly text: string;
}

export interface Drawn {
  /** From top to bottom. */
  readonly nodes: readonly number[];
  readonly arrows: readonly Arrow[];
  readonly dots: readonly Dot[];
  readonly spans: readonly Span[];
  /** Of these nodes, as far as they reach into the time drawn. */
  readonly spells: readonly (Spell & { readonly node: number })[];
  readonly from: number;
  readonly until: number;
  /** Messages and facts that are left out. */
  readonly left: number;
}

/** The happenings that the explanation rests on; of messages, that they were sent. What the chain needs comes first. */
export function happeningsOf({ ground, explanation }: Explained): readonly number[] {
  const { what, cause } = ground.chronicle;
  const named = [...explanation.chain, ...explanation.steps.flatMap(({ of }) => of)];
  const all = named
    .map((i) => (what[i] === HEARD || what[i] === MISSED ? cause[i] : i))
    .filter((i) => what[i] === SENT || what[i] === FACT);
  return [...new Set(all)];
}

export function drawnOf(explained: Explained): Drawn {
  const { ground, explanation } = explained;
  const { what, node, other } = ground.chronicle;
  const all = happeningsOf(explained);
  const few = all.slice(0, MOST_HAPPENINGS);
  const involved = few.flatMap((i) => (what[i] === SENT ? [node[i], other[i]] : [node[i]]));
  const shown = new Set([...new Set([...explanation.nodes, ...involved])].slice(0, MOST_NODES));
  const kept = few.filter((i) => shown.has(node[i]) && (what[i] !== SENT || shown.has(other[i])));
  const arrows = kept.filter((i) => what[i] === SENT).map((i) => arrowOf(explained, i));
  const dots = kept.filter((i) => what[i] === FACT).map((i) => dotOf(explained, i));
  const spans = explanation.spans.filter(({ node: one }) => shown.has(one));
  const times = [
    ...arrows.flatMap(({ sent, arrived, heard }) => [sent, arrived ?? sent, heard ?? sent]),
    ...dots.map(({ at }) => at),
    ...spans.flatMap(({ from, until }) => [from, until]),
    ...explanation.steps.map(({ at }) => at),
  ];
  const [from, until] = [Math.min(...times), Math.max(...times)];
  const used = [...shown].filter(
    (one) =>
      one === explanation.nodes[0] ||
      one === explanation.nodes[1] ||
      arrows.some((arrow) => arrow.from === one || arrow.to === one) ||
      dots.some((dot) => dot.node === one),
  );
  const spells = used.flatMap((one) =>
    ground.conditions.within(one, from, until).map((spell) => ({ ...spell, node: one })),
  );
  const nodes = rowsOf(used, arrows);
  return { nodes, arrows, dots, spans, spells, from, until, left: all.length - kept.length };
}

function arrowOf({ ground }: Explained, i: number): Arrow {
  const { node, other, at } = ground.chronicle;
  const base = { from: node[i], to: other[i], sent: at[i], kind: ground.kind(i) };
  const fate = ground.fates.of(i);
  if (fate.is === 'lost') {
    const is = ground.isCut(i) ? 'cut' : 'lost';
    return { ...base, arrived: undefined, heard: undefined, fate: is };
  }
  if (fate.is === 'pending') {
    const arrived = fate.arrives <= ground.chronicle.end ? fate.arrives : undefined;
    return { ...base, arrived, heard: undefined, fate: 'pending' };
  }
  const heard = fate.is === 'heard' && fate.at > fate.arrived ? fate.at : undefined;
  return { ...base, arrived: fate.arrived, heard, fate: fate.is };
}

function dotOf({ ground, speech }: Explained, i: number): Dot {
  const { node, other, at, word } = ground.chronicle;
  const base = { node: node[i], at: at[i] };
  if (speech !== undefined && word[i] === speech.verdict) {
    return { ...base, is: 'verdict', text: speech.declares(other[i]) };
  }
  if (word[i] === SUSPECTED) return { ...base, is: 'suspected', text: `suspects ${other[i]}` };
  if (word[i] === TRUSTED) return { ...base, is: 'trusted', text: `trusts ${other[i]} again` };
  return { ...base, is: 'delivered', text: ground.factText(i) };
}
