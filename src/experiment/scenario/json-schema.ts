/** Kinds -> JSON Schema 2020-12, for the completion of editors. */
import type { Key, Keys, Kind, NumberKind, TaggedKind } from '../../base/kinds.ts';
import { scenarioKind } from './schema.ts';
import { expected } from './units.ts';

type Schema = Readonly<Record<string, unknown>>;

export function jsonSchema(): Schema {
  const definitions = new Definitions();
  const scenario = definitions.schemaOf(scenarioKind({ periodMs: 1000, family: '' }), 'scenario');
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A scenario of hearsay',
    ...scenario,
    $defs: definitions.all,
  };
}

/** A kind that stands in several places, such as a law, is written once, by the name of the key where it is first met. */
class Definitions {
  readonly all: Record<string, Schema> = {};
  readonly #names = new Map<Kind, string>();

  schemaOf(kind: Kind, name: string): Schema {
    if (kind.is === 'number') return ofNumber(kind);
    if (kind.is === 'word') return { enum: kind.words.flatMap(asWritten) };
    if (kind.is === 'flag') return { type: 'boolean' };
    if (kind.is === 'text') return { type: ['string', 'number'] };
    if (kind.is === 'nodes') return NODES;
    if (kind.is === 'list') {
      const of = this.schemaOf(kind.of, name);
      const items = { type: 'array', items: of };
      return kind.one ? { anyOf: [items, of] } : items;
    }
    if (kind.is === 'tagged') return { $ref: `#/$defs/${this.#define(kind, name)}` };
    const record = this.#ofKeys(kind.keys);
    return kind.short === undefined
      ? record
      : { anyOf: [record, this.schemaOf(kind.keys[kind.short].kind, kind.short)] };
  }

  #define(kind: TaggedKind, wanted: string): string {
    const known = this.#names.get(kind);
    if (known !== undefined) return known;
    let name = wanted;
    for (let i = 2; name in this.all; i++) name = `${wanted}${i}`;
    this.#names.set(kind, name);
    this.all[name] = {}; // its place, before those that it needs
    this.all[name] = this.#ofTagged(kind);
    return name;
  }

  #ofTagged({ tag, of, short }: TaggedKind): Schema {
    const variants = Object.entries(of).map(([word, { about, keys }]) =>
      this.#ofKeys(keys, { tag, word, about }),
    );
    const plain =
      short === undefined ? [] : [this.schemaOf(of[short.word].keys[short.key].kind, short.key)];
    return { anyOf: [{ enum: Object.keys(of) }, ...plain, ...variants] };
  }

  #ofKeys(keys: Keys, tagged?: { tag: string; word: string; about: string }): Schema {
    const required = Object.entries(keys).flatMap(([name, key]) => (key.required ? [name] : []));
    const properties = Object.fromEntries(
      Object.entries(keys).map(([name, key]) => [name, this.#ofKey(key, name)]),
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

  #ofKey({ kind, about, default: value, otherwise }: Key, name: string): Schema {
    return {
      description: otherwise === undefined ? about : `${about}; default: ${otherwise}`,
      ...(value === undefined ? {} : { default: value }),
      ...this.schemaOf(kind, name),
    };
  }
}

/** YAML takes 4.1 and true for no texts. */
function asWritten(word: string): readonly unknown[] {
  if (word === 'true') return [word, true];
  return Number.isNaN(Number(word)) ? [word] : [word, Number(word)];
}

const whole = { type: 'integer', minimum: 0 };
const someNodes = (keys: Schema): Schema => ({
  type: 'object',
  properties: keys,
  required: Object.keys(keys),
  additionalProperties: false,
});
const RANGE = { type: 'string', pattern: '^\\d+( *- *\\d+)?$', description: 'as in 0-9' };
const NODES: Schema = {
  anyOf: [
    { const: 'all' },
    whole,
    RANGE,
    { type: 'array', items: { anyOf: [whole, RANGE] } },
    someNodes({ zone: whole, of: { type: 'integer', minimum: 1 } }),
    someNodes({ count: whole }),
    someNodes({ share: { type: 'number', minimum: 0, maximum: 1 } }),
  ],
};

function ofNumber(kind: NumberKind): Schema {
  const { unit, least, most, above, whole, bare, words = {} } = kind;
  const number = {
    type: whole ? 'integer' : 'number',
    ...(least === -Infinity ? {} : { [above ? 'exclusiveMinimum' : 'minimum']: least }),
    ...(most === Infinity ? {} : { maximum: most }),
  };
  const written = { type: 'string', description: expected(kind) };
  const percent = { type: 'string', pattern: '%$', description: 'as in 5%' };
  const bareForms = whole ? [number] : [number, percent];
  const forms: Schema[] =
    unit === 'none' ? bareForms : bare ? [number, written] : [written, { const: 0 }];
  if (Object.keys(words).length > 0) forms.push({ enum: Object.keys(words) });
  return forms.length === 1 ? forms[0] : { anyOf: forms };
}
