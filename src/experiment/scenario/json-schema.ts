/** Kinds -> JSON Schema 2020-12, for the completion of editors. */
import type { Key, Keys, Kind, NumberKind } from '../../base/kinds.ts';
import { scenarioKind } from './schema.ts';
import { expected } from './units.ts';

type Schema = Readonly<Record<string, unknown>>;

export const jsonSchema = (): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A scenario of hearsay',
  ...schemaOf(scenarioKind({ periodMs: 1000, family: '' })),
});

function schemaOf(kind: Kind): Schema {
  if (kind.is === 'number') return ofNumber(kind);
  if (kind.is === 'word') return { enum: kind.words };
  if (kind.is === 'flag') return { type: 'boolean' };
  if (kind.is === 'text') return { type: ['string', 'number'] };
  if (kind.is === 'nodes') return { type: ['string', 'integer', 'array', 'object'] };
  if (kind.is === 'list') {
    const of = schemaOf(kind.of);
    const items = { type: 'array', items: of };
    return kind.one ? { anyOf: [items, of] } : items;
  }
  if (kind.is === 'record') {
    const record = ofKeys(kind.keys);
    return kind.short === undefined
      ? record
      : { anyOf: [record, schemaOf(kind.keys[kind.short].kind)] };
  }
  const { tag, of, short } = kind;
  const variants = Object.entries(of).map(([word, { about, keys }]) =>
    ofKeys(keys, { tag, word, about }),
  );
  const plain = short === undefined ? [] : [schemaOf(of[short.word].keys[short.key].kind)];
  return { anyOf: [{ enum: Object.keys(of) }, ...plain, ...variants] };
}

function ofNumber(kind: NumberKind): Schema {
  const { unit, least, most, above, whole, bare, words = {} } = kind;
  const number = {
    type: whole ? 'integer' : 'number',
    ...(least === -Infinity ? {} : { [above ? 'exclusiveMinimum' : 'minimum']: least }),
    ...(most === Infinity ? {} : { maximum: most }),
  };
  const written = { type: 'string', description: expected(kind) };
  const forms: Schema[] =
    unit === 'none' ? [number] : bare ? [number, written] : [written, { const: 0 }];
  if (Object.keys(words).length > 0) forms.push({ enum: Object.keys(words) });
  return forms.length === 1 ? forms[0] : { anyOf: forms };
}

function ofKeys(keys: Keys, tagged?: { tag: string; word: string; about: string }): Schema {
  const required = Object.entries(keys).flatMap(([name, { required }]) => (required ? [name] : []));
  const properties = Object.fromEntries(
    Object.entries(keys).map(([name, key]) => [name, ofKey(key)]),
  );
  return {
    type: 'object',
    ...(tagged === undefined ? {} : { description: tagged.about }),
    properties:
      tagged === undefined ? properties : { [tagged.tag]: { const: tagged.word }, ...properties },
    required: tagged === undefined ? required : [tagged.tag, ...required],
    additionalProperties: false,
  };
}

const ofKey = ({ kind, about, default: value, otherwise }: Key): Schema => ({
  description: otherwise === undefined ? about : `${about}; default: ${otherwise}`,
  ...(value === undefined ? {} : { default: value }),
  ...schemaOf(kind),
});
