/** Which nodes are meant: all, a number, a range, a list of these, those of a zone, or some at random. */

import { UserError, wholeNumber } from '../../base/errors.ts';
import { Stream } from '../../base/stream.ts';
import type { NodeId, Streams } from '../../engine/model.ts';
import { inZone, nodesOf } from '../../faults/which.ts';
import { datacentreOf } from '../../network/datacentres.ts';
import { gotOf, type Read } from './read-scalar.ts';
import type { Found, Problems } from './source.ts';

/** Ranges with their ends; a zone of so many, which are runs of consecutive nodes; a number or share of all, at random. */
export type Chosen =
  | { readonly ranges: readonly (readonly [first: number, last: number])[] }
  | { readonly zone: number; readonly of: number }
  | { readonly count: number }
  | { readonly share: number }
  | 'all';

const EXPECTED =
  'nodes: all, a number, a range as in 0-9, a list of these, {zone: I, of: K}, {count: N} or {share: P}';

export function readNodes(found: Found, path: string, problems: Problems): Read {
  const value = chosenBy(found);
  if (value !== undefined) return { value, written: plain(found) };
  problems.push(`${found.at}: ${path} must be ${EXPECTED}; got ${gotOf(found)}.`);
  return { value: undefined, written: undefined };
}

function chosenBy(found: Found): Chosen | undefined {
  if (found.is === 'map') return some(found);
  if (found.is === 'scalar' && found.value === 'all') return 'all';
  const items = found.is === 'list' ? found.items : [found];
  const ranges = items.map(rangeOf).filter((range) => range !== undefined);
  return ranges.length === items.length ? { ranges } : undefined;
}

function rangeOf(found: Found): readonly [number, number] | undefined {
  if (found.is !== 'scalar') return undefined;
  const [, first, last = first] =
    /^(\d+)(?: *- *(\d+))?$/.exec(found.text.replace(/^["']|["']$/g, '')) ?? [];
  if (first === undefined || Number(first) > Number(last)) return undefined;
  return Number(last) < 2 ** 31 ? [Number(first), Number(last)] : undefined;
}

function some({ entries }: Extract<Found, { is: 'map' }>): Chosen | undefined {
  const [zone, of] = ['zone', 'of'].map((key) => wholeAt(entries.get(key)?.found));
  if (entries.size === 2 && zone !== undefined && of !== undefined) {
    return zone < of ? { zone, of } : undefined;
  }
  const [[key, entry] = []] = entries;
  if (entries.size !== 1 || entry?.found.is !== 'scalar') return undefined;
  const { value } = entry.found;
  if (typeof value !== 'number' || !(value >= 0)) return undefined;
  if (key === 'count' && Number.isInteger(value)) return { count: value };
  return key === 'share' && value <= 1 ? { share: value } : undefined;
}

const wholeAt = (found?: Found): number | undefined =>
  found?.is === 'scalar' && Number.isInteger(found.value) && Number(found.value) >= 0
    ? Number(found.value)
    : undefined;

const plain = (found: Found): unknown =>
  found.is === 'scalar'
    ? found.value
    : found.is === 'list'
      ? found.items.map(plain)
      : Object.fromEntries([...found.entries].map(([key, { found: of }]) => [key, plain(of)]));

/** The nodes, of a population; random ones draw from the streams. */
export function membersOf(where: string, chosen: Chosen, streams: Streams): readonly NodeId[] {
  if (chosen === 'all' || 'count' in chosen || 'share' in chosen) {
    return nodesOf(where, chosen, streams);
  }
  if ('zone' in chosen) {
    const datacentres = wholeNumber(where, 'of', chosen.of, 1, streams.n);
    return nodesOf(where, inZone(datacentreOf({ datacentres }), chosen.zone), streams);
  }
  const nodes = new Set<NodeId>();
  for (const [first, last] of chosen.ranges) {
    if (last >= streams.n) {
      throw new UserError(`${where}: nodes must be from 0 to ${streams.n - 1}; got ${last}`);
    }
    for (let node = first; node <= last; node++) nodes.add(node);
  }
  return [...nodes].sort((a, b) => a - b);
}

/** Streams for what is drawn before the run begins; each name has its own. */
export type Draws = (name: string) => Streams;

export const drawsFor =
  (seed: string, n: number): Draws =>
  (name) => ({
    n,
    stream: (purpose, lanes = n) => new Stream(seed, `${name} ${purpose}`, lanes),
  });
