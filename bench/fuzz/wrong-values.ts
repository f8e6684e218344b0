/** Values that are wrong at a place: of another type, out of range, or in no unit. */
import type { Kind, NumberKind } from '../../src/base/kinds.ts';
import type { Place } from './places.ts';

const NO_NUMBERS = ['banana', true, {}, { a: 1 }, null, '1e', '--3', '0x1g', '12 parsecs', '.'];
const NO_NODES = [
  '5-2',
  -1,
  1.5,
  'some',
  { count: -1 },
  { share: 2 },
  { count: 1, share: 0.5 },
  null,
  {},
  true,
];

export function wrongAt({ kind, inList }: Place): readonly unknown[] {
  const wrong = ofKind(kind);
  return inList || kind.is === 'list' ? wrong : [...wrong, [[1], [2]]];
}

function ofKind(kind: Kind): readonly unknown[] {
  switch (kind.is) {
    case 'number':
      return [...NO_NUMBERS, Number.NaN, Infinity, ...outOfRange(kind)];
    case 'word':
      return ['no-such-word', 17, {}, null, false];
    case 'flag':
      return ['maybe', 1, 'yes', null, {}];
    case 'text':
      return [{}, { a: 1 }, null];
    case 'nodes':
      return NO_NODES;
    case 'list':
      return [null, [null], [{ 'no such key': 1 }]];
    case 'record':
      return [null, { 'no such key': 1 }, ...(kind.short === undefined ? ['banana', 3] : [])];
    case 'tagged':
      return [null, {}, { [kind.tag]: 'no-such-word' }, { [kind.tag]: null }, 'no-such-word', true];
  }
}

/** Numbers beyond the ends, and between whole ones. */
function outOfRange({ unit, least, most, above, whole, bare }: NumberKind): unknown[] {
  const written = (value: number) =>
    unit === 'none' || bare
      ? value
      : `${value}${unit === 'ms' ? 'ms' : unit === 'bytes' ? 'B' : 'B/s'}`;
  const wrong: unknown[] = [];
  if (least > -Infinity) wrong.push(written(least - 1), written(-1e300));
  if (above && least > -Infinity) wrong.push(written(least));
  if (most < Infinity) wrong.push(written(most + 1), written(1e300));
  if (whole) wrong.push(written(Math.max(least, 1) + 0.5));
  if (unit !== 'none' && !bare) wrong.push(17);
  return wrong;
}
