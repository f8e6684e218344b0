/**
 * What becomes of the merges of a run: put off, or done at once, and why (kernel/deferred.ts). Each is noted when it is
 * first taken, for run.json.
 */
import { type HeartbeatTable, takePath } from '../../kernel/index.ts';

/** Why a merge is done at once; undefined: it is put off. */
export type Why = keyof typeof REASONS | undefined;

const REASONS = {
  few: 'fewer than 200 nodes',
  watched: 'each fact is watched, or may end the run',
  table: 'somebody looks into the table',
  detector: 'a detector is told of all news',
  parts: 'parts of lists are sent',
  members: 'members were suspected, forgotten or started again',
} as const;

export class Merges {
  readonly #kernel: string;
  readonly #noted = new Set<Why>();

  constructor({ kernel }: HeartbeatTable) {
    this.#kernel = kernel;
  }

  note(why: Why): void {
    if (this.#noted.has(why)) return;
    this.#noted.add(why);
    const way = why === undefined ? 'put off' : `at once: ${REASONS[why]}`;
    takePath(`heartbeat table (${this.#kernel}), merges ${way}`);
  }
}
