/** The streams of a run, by purpose. A purpose asked for again gets a number behind its name. */
import { Stream } from '../base/stream.ts';
import type { Streams } from './model.ts';

export function streamsOf(seed: string, n: number): Streams {
  const asked = new Map<string, number>();
  return {
    n,
    stream(purpose, lanes = n) {
      const times = (asked.get(purpose) ?? 0) + 1;
      asked.set(purpose, times);
      return new Stream(seed, times === 1 ? purpose : `${purpose}#${times}`, lanes);
    },
  };
}
