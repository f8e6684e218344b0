/** Most observers watch one thing or two: of what happens all the time, only those that have a hook for it are told. */
import type { Observer } from './model.ts';

type Hook<M, K extends keyof Observer<M>> = Observer<M> & Required<Pick<Observer<M>, K>>;

/** [hook] the observers that have it. Go through them by index: an iterator over none takes as long as a call. */
export interface Often<M> {
  readonly onMessage: readonly Hook<M, 'onMessage'>[];
  readonly onRound: readonly Hook<M, 'onRound'>[];
  readonly onTimer: readonly Hook<M, 'onTimer'>[];
  readonly onSend: readonly Hook<M, 'onSend'>[];
}

export const oftenOf = <M>(observers: readonly Observer<M>[]): Often<M> => ({
  onMessage: having(observers, 'onMessage'),
  onRound: having(observers, 'onRound'),
  onTimer: having(observers, 'onTimer'),
  onSend: having(observers, 'onSend'),
});

export const having = <M, K extends keyof Observer<M>>(
  observers: readonly Observer<M>[],
  hook: K,
) => observers.filter((observer): observer is Hook<M, K> => observer[hook] !== undefined);
