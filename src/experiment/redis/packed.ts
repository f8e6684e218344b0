/** Values that survive JSON: it has no NaN, infinities or -0, which tasks may ask for and runs may measure. */

/** Field of the object that stands for such a number; nothing that is sent has a field of this name. */
const NUMBER = '$number';

type Fields = Readonly<Record<string, unknown>>;

/** The value with its special numbers as objects, for JSON. */
export function packed(value: unknown): unknown {
  if (typeof value !== 'number') return mapped(value, packed);
  if (Object.is(value, -0)) return { [NUMBER]: '-0' };
  return Number.isFinite(value) ? value : { [NUMBER]: String(value) };
}

/** What `packed` was given. */
export function unpacked(value: unknown): unknown {
  const number = (value as Fields | null)?.[NUMBER];
  return number === undefined ? mapped(value, unpacked) : Number(number);
}

/** The same list or object, of other values. */
function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, change(of)]));
}
