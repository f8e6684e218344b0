/** wire-size: bytes of parts of messages. A case is known by its id and its `what`. */
import { UserError } from '../../src/base/errors.ts';
import {
  digestBytes,
  HEARTBEAT_BYTES,
  stateBytes,
  tokensBytes,
} from '../../src/protocols/cassandra/sizes.ts';
import { differences } from '../compare.ts';
import { shownJson } from '../format.ts';
import { intAt } from '../input.ts';
import type { Judge } from '../test.ts';

export const wireSize: Judge = (test) => differences(test.fields.expect, { bytes: bytesOf(test) });

function bytesOf({ item, fields, version }: Parameters<Judge>[0]): unknown {
  const { id } = item;
  if (id.startsWith('digest')) return digestBytes(version, id.includes('ipv6') ? 6 : 4);
  if (id.startsWith('heartbeat')) return HEARTBEAT_BYTES;
  if (id.startsWith('tokens')) {
    if (fields.vnodes !== undefined) return tokensBytes(intAt(fields, 'vnodes'));
    return (wanted: unknown) => asLaw(wanted, tokensBytes);
  }
  if (id.startsWith('state-entry')) {
    if (typeof fields.value === 'string') return stateBytes(fields.value);
    return (wanted: unknown) => asLaw(wanted, (n) => stateBytes('x'.repeat(n)));
  }
  throw new UserError(
    `'id' must begin with digest, heartbeat, state-entry or tokens; got ${shownJson(id)}`,
  );
}

/** The law as it was written ('4 + (2+n) + 4'), if ours gives the same for some n; else what ours gives. */
function asLaw(wanted: unknown, bytes: (n: number) => number): unknown {
  if (typeof wanted !== 'string') return bytes(0);
  const terms = wanted.replaceAll(/[()\s]/g, '').split('+');
  const factor = (text: string, n: number) => (/^[a-z]+$/.test(text) ? n : Number(text));
  const written = (n: number) =>
    terms.reduce(
      (sum, term) => sum + term.split(/[*×]/).reduce((p, text) => p * factor(text, n), 1),
      0,
    );
  return [0, 1, 100].every((n) => written(n) === bytes(n)) ? wanted : `${bytes(0)} + ...`;
}
