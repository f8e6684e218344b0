/**
 * Progress on stderr: a bar with the time that is left on a terminal, otherwise a plain line every few seconds (a log
 * file should not hold thousands of lines).
 */
import { say, widthOf } from './terminal.ts';
import { count, duration, grouped } from './wording.ts';

const LINE_EVERY_MS = 5_000;
const BAR_EVERY_MS = 250;
const BESIDE_BAR = 60; // characters: shares, counts and time left

/** How far something has come, such as a run of one experiment. */
export interface Step {
  readonly done: number; // runs, or whatever is done one after the other
  readonly total: number;
  /** Seconds that are left, as measured when this step was reached; not finite if nobody knows. */
  readonly left_s: number;
}

export interface Progress {
  readonly update: (step: Step) => void;
  /** A sentence that shall stay, above the bar. */
  readonly note: (sentence: string) => void;
  readonly stop: () => void;
}

/** Seconds that are left of what began at `start`, by the clock, when this share of it is done; not finite while nothing is. */
export const timeLeft = (start: number, share: number): number =>
  ((Date.now() - start) / 1000) * (1 / share - 1);

/**
 * Shows `first` and what follows until it is stopped. Time left is told once it is measured, by an update; between steps,
 * which may take long, it runs down, and where it has run out nothing is told. An aborted signal is answered here, since nobody else may write while the bar is there.
 */
export async function progress(
  name: string,
  first: Omit<Step, 'left_s'>,
  signal: AbortSignal,
  noun = 'run',
): Promise<Progress> {
  const surface = process.stderr.isTTY ? await bar(name, noun) : lines(name, noun);
  let step: Step = { ...first, left_s: Number.NaN };
  let since = Date.now();
  const show = () => {
    const left_s = step.left_s - (Date.now() - since) / 1000;
    const left = Number.isFinite(left_s) && left_s > 0 ? [`about ${duration(left_s)} left`] : [];
    surface.show(step, step.done < step.total ? left : ['writing']);
  };
  const timer = setInterval(show, surface.everyMs);
  const note = (sentence: string) => {
    surface.clear();
    say(sentence);
  };
  const answer = () => note('stopping (Ctrl-C again ends at once)');
  signal.addEventListener('abort', answer);
  return {
    update(next) {
      step = next;
      since = Date.now();
    },
    note,
    stop() {
      signal.removeEventListener('abort', answer);
      clearInterval(timer);
      surface.clear();
    },
  };
}

interface Surface {
  readonly everyMs: number;
  readonly show: (step: Step, left: readonly string[]) => void;
  readonly clear: () => void;
}

async function bar(name: string, noun: string): Promise<Surface> {
  const { Presets, SingleBar } = await import('cli-progress');
  const single = new SingleBar(
    {
      format: `${name} {bar} {percentage} % | {value} of {total} ${noun}s{left}`,
      barsize: Math.max(5, Math.min(40, widthOf(process.stderr) - name.length - BESIDE_BAR)),
      clearOnComplete: true,
      stream: process.stderr,
      linewrap: true, // the default switches wrapping off and, if killed, leaves it off
    },
    Presets.shades_classic,
  );
  let shown = false;
  return {
    everyMs: BAR_EVERY_MS,
    show({ done, total }, told) {
      const left = told.map((text) => ` | ${text}`).join('');
      if (shown) {
        single.setTotal(total); // it grows where replicates are added
        single.update(done, { left });
      } else single.start(total, done, { left });
      shown = true;
    },
    clear() {
      if (shown) single.stop();
      shown = false;
    },
  };
}

const lines = (name: string, noun: string): Surface => ({
  everyMs: LINE_EVERY_MS,
  show({ done, total }, left) {
    say([`${name}: ${grouped(done)} of ${count(total, noun)} done`, ...left].join(', '));
  },
  clear: () => undefined,
});
