/** Most observers watch one thing or two: only those that have a hook are asked about what happens all the time. */
import type { Observer } from './model.ts';

export type Hook<M, K extends keyof Observer<M>> = Observer<M> & Required<Pick<Observer<M>, K>>;

export const having = <M, K extends keyof Observer<M>>(
  observers: readonly Observer<M>[],
  hook: K,
): readonly Hook<M, K>[] =>
  observers.filter((observer): observer is Hook<M, K> => observer[hook] !== undefined);
