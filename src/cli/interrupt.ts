/** Ctrl-C: the first one asks to stop, and what is finished is kept; the second one ends at once. */
import { INTERRUPTED } from './verb.ts';

/** A signal that is aborted by Ctrl-C or by `kill`; `release` gives the keys back. */
export function interruptible(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) return process.exit(INTERRUPTED);
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, stop);
  const release = () => {
    for (const signal of signals) process.off(signal, stop);
  };
  return { signal: controller.signal, release };
}
