/** The columns of a run as text, and back. */
import {
  type FactColumns,
  type FaultColumns,
  LOST,
  type MessageColumns,
  type ReplayData,
  type RunColumns,
  UNDER_WAY,
} from './model.ts';
import { packed, packedRising, unpacked, unpackedRising } from './packed.ts';

type Packed = Pick<ReplayData, 'facts' | 'faults' | 'messages'>;

export function packColumns({ n, facts, faults, messages }: RunColumns): Packed {
  const { at, arrives, done, from, to, fate, news, word } = messages;
  const known = (late: number, early: number) => (late === Infinity ? 0 : late - early);
  return {
    facts: {
      at: packedRising(facts.at),
      kind: packed(facts.kind),
      node: packed(facts.node),
      about: packed(Float64Array.from(facts.about, (about) => about + 1)),
    },
    faults: {
      at: packedRising(faults.at),
      kind: packed(faults.kind),
      node: packed(faults.node),
    },
    messages: {
      at: packedRising(at),
      flight: packed(at.map((time, i) => known(arrives[i], time))),
      wait: packed(at.map((_, i) => known(done[i], arrives[i]))),
      // Both ends, the fate and whether it told news are one number.
      ends: packed(at.map((_, i) => ((from[i] * n + to[i]) * 4 + fate[i]) * 2 + news[i])),
      word: packed(word),
    },
  };
}

export function unpackColumns(data: ReplayData): RunColumns {
  const { n, end, family } = data;
  return { n, end, family, facts: facts(data), faults: faults(data), messages: messages(data) };
}

const facts = ({ facts: { at, kind, node, about } }: ReplayData): FactColumns => ({
  at: unpackedRising(at),
  kind: Uint8Array.from(unpacked(kind)),
  node: Int32Array.from(unpacked(node)),
  about: Int32Array.from(unpacked(about), (number) => number - 1),
});

const faults = ({ faults: { at, kind, node } }: ReplayData): FaultColumns => ({
  at: unpackedRising(at),
  kind: Uint8Array.from(unpacked(kind)),
  node: Int32Array.from(unpacked(node)),
});

function messages({ n, messages: text }: ReplayData): MessageColumns {
  const at = unpackedRising(text.at);
  const [flight, wait, ends] = [unpacked(text.flight), unpacked(text.wait), unpacked(text.ends)];
  const fate = Uint8Array.from(ends, (number) => Math.floor(number / 2) % 4);
  const pair = ends.map((number) => Math.floor(number / 8));
  const arrives = at.map((time, i) => (fate[i] === LOST ? Infinity : time + flight[i]));
  return {
    ...{ at, arrives, fate },
    done: arrives.map((time, i) =>
      fate[i] === LOST || fate[i] === UNDER_WAY ? Infinity : time + wait[i],
    ),
    from: Int32Array.from(pair, (number) => Math.floor(number / n)),
    to: Int32Array.from(pair, (number) => number % n),
    word: Int32Array.from(unpacked(text.word)),
    news: Uint8Array.from(ends, (number) => number % 2),
  };
}
