/** `--shard k/n`: how the verbs that run many cells let several machines share them. */
import { shown, UserError } from '../base/errors.ts';
import type { Shard } from '../experiment/share.ts';
import type { Given, Option } from './verb.ts';

export const MOST_SHARDS = 100_000;

export const SHARD: Option = {
  kind: 'text',
  value: 'K/N',
  describe:
    'run only share K of N, for hearsay collect to gather; shards may run at once, in one folder or in several',
};

export const shardText = ({ index, count }: Shard): string => `${index}/${count}`;

/** What `--shard` says; undefined where it is not given. */
export function shardOption(verb: string, { texts }: Given): Shard | undefined {
  const text = texts.get('shard');
  if (text === undefined) return undefined;
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  const right = index >= 1 && index <= count && count <= MOST_SHARDS;
  if (right) return { index, count };
  throw new UserError(
    `${verb}: --shard must be K/N with K in 1..N, as in 2/8, and N at most ${MOST_SHARDS}; got ${shown(text)}`,
  );
}
