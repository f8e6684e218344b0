/** The state of the run at a time that may be moved: what is true, and what is known or believed. Nothing of it is drawn here. */
import { PLACED, SERVED } from '../../engine/model.ts';
import { isDown, livesLog } from '../../report/replay/lives.ts';
import { Cells, type Log, LogWriter } from '../../report/replay/log.ts';
import { countUntil, type Spread, spreadOf } from '../../report/replay/topics.ts';
import { Views } from '../../report/replay/views.ts';
import { MessageIndex } from './messages.ts';
import type { Replay } from './run.ts';

/** Families of protocols, by what is drawn of them. */
export type Scene = 'spread' | 'beliefs' | 'queues' | 'plain';

export function sceneOf({ family, topics }: Replay): Scene {
  if (family === 'detection') return 'beliefs';
  if (family === 'load') return 'queues';
  return topics.length > 0 ? 'spread' : 'plain';
}

export class State {
  readonly replay: Replay;
  readonly scene: Scene;
  readonly index: MessageIndex;
  time = 0;
  /** The chosen node: of beliefs, the observer; -1: none. */
  node = -1;
  /** Another one, of which the chosen node's view is asked; -1: none. */
  other = -1;
  topic = -1;
  readonly views: Views | undefined;
  readonly #lives: Cells;
  readonly #queues: Cells;
  #spread: Spread | undefined;

  constructor(replay: Replay) {
    this.replay = replay;
    this.scene = sceneOf(replay);
    this.index = new MessageIndex(replay.messages);
    this.views = this.scene === 'beliefs' ? new Views(replay) : undefined;
    this.#lives = this.views?.lives ?? new Cells(livesLog(replay));
    this.#queues = new Cells(queuesLog(replay));
    if (this.scene === 'spread') this.chooseTopic(replay.topics[0].id);
    this.seek(0);
  }

  seek(time: number): void {
    this.time = Math.max(0, Math.min(this.replay.end, time));
    if (this.views === undefined) this.#lives.seek(this.time);
    else this.views.seek(this.time);
    this.#queues.seek(this.time);
  }

  chooseTopic(id: number): void {
    this.topic = id;
    this.#spread = spreadOf(this.replay, id);
  }

  /** [node] bits of its condition. */
  condition(node: number): number {
    return this.#lives.value[node];
  }

  get downNodes(): number {
    let count = 0;
    for (let node = 0; node < this.replay.n; node++) if (isDown(this.condition(node))) count++;
    return count;
  }

  /** Jobs in the system of the node. */
  queue(node: number): number {
    return this.#queues.value[node];
  }

  get spread(): Spread {
    if (this.#spread === undefined) throw new Error('BUG: nothing spreads in this run');
    return this.#spread;
  }

  /** How many know the topic now. */
  get knowing(): number {
    return countUntil(this.spread.times, this.time);
  }

  belief(observer: number, subject: number): number {
    return this.views === undefined
      ? 0
      : this.views.beliefs.value[observer * this.replay.n + subject];
  }
}

/** [node] jobs that were placed there and are not served. */
function queuesLog({ n, family, facts }: Replay): Log {
  const writer = new LogWriter(() => new Int32Array(n));
  if (family !== 'load') return writer.close();
  for (let i = 0; i < facts.at.length; i++) {
    const [at, node] = [facts.at[i], facts.node[i]];
    if (facts.kind[i] === PLACED) writer.set(at, node, writer.value[node] + 1);
    else if (facts.kind[i] === SERVED) writer.set(at, node, facts.about[i]);
  }
  return writer.close();
}
