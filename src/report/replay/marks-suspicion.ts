/** Moments of failure detection: suspicions, right and wrong, and when all nodes believe what is so. */
import { BELIEFS, isDoubt, OLD_NEWS } from './beliefs.ts';
import { DOWN, isDown, PAUSED } from './lives.ts';
import type { Log } from './log.ts';
import type { Mark, RunColumns } from './model.ts';
import { changeTimes, Views } from './views.ts';

export function suspicionMarks(run: RunColumns): Mark[] {
  const views = new Views(run);
  const walk = new Walk(run.n, views);
  for (const time of changeTimes(views)) {
    views.seek(time);
    walk.at(time);
  }
  return walk.marks;
}

/** The changes of a log, instant by instant. */
class Instants {
  readonly #log: Log;
  #next = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  /** What changes at `time`; asked in the order of time. */
  of(time: number, told: (cell: number, before: number, after: number) => void): void {
    const { at, cell, before, after } = this.#log;
    for (; this.#next < at.length && at[this.#next] <= time; this.#next++) {
      told(cell[this.#next], before[this.#next], after[this.#next]);
    }
  }
}

class Walk {
  readonly marks: Mark[] = [];
  readonly #n: number;
  readonly #views: Views;
  readonly #lives: Instants;
  readonly #beliefs: Instants;
  readonly #suspected = new Set<number>(); // while they were up
  readonly #crashed = new Map<number, 'unseen' | 'seen'>(); // until all have seen it
  #isFirst = true;
  #wasWrong = false;

  constructor(n: number, views: Views) {
    this.#n = n;
    this.#views = views;
    this.#lives = new Instants(views.livesLog);
    this.#beliefs = new Instants(views.beliefsLog);
  }

  at(time: number): void {
    const { doubters, upNodes } = this.#views;
    this.#lives.of(time, (node, before, after) => {
      if (!isDown(before) && (after & DOWN) !== 0) this.#crashed.set(node, 'unseen');
      if (!isDown(after)) this.#crashed.delete(node);
    });
    this.#beliefs.of(time, (pair, before, after) => {
      if (isDoubt(after) && !isDoubt(before)) this.#doubt(time, pair, after);
    });
    for (const [node, seen] of this.#crashed) {
      if (seen === 'unseen' || upNodes === 0 || doubters[node] < upNodes) continue;
      this.#crashed.delete(node);
      this.#mark(time, 'right', `all ${upNodes} others have noticed that node ${node} is down`);
    }
    const isWrong = this.#views.doubtedUp + this.#views.trustedDown > 0;
    if (this.#wasWrong && !isWrong) this.#mark(time, 'done', 'nobody is wrong about any other');
    this.#wasWrong = isWrong;
  }

  #doubt(time: number, pair: number, belief: number): void {
    const [observer, subject] = [Math.floor(pair / this.#n), pair % this.#n];
    const condition = this.#views.lives.value[subject];
    const first = this.#isFirst ? 'first suspicion: ' : '';
    const says = `node ${observer} ${BELIEFS[belief & (OLD_NEWS - 1)].replace('it', `node ${subject}`)}`;
    this.#isFirst = false;
    if (!isDown(condition)) {
      if (this.#suspected.has(subject) && first === '') return;
      this.#suspected.add(subject);
      const is = (condition & PAUSED) !== 0 ? 'pauses, but is alive' : 'is alive';
      this.#mark(time, 'wrong', `${first}${says}, which ${is}: a false positive`);
      return;
    }
    if (this.#crashed.get(subject) === 'unseen') {
      this.#crashed.set(subject, 'seen');
      this.#mark(time, 'right', `${first}${says}, which is down`);
    }
  }

  #mark(at: number, kind: Mark['kind'], text: string): void {
    this.marks.push({ at, kind, text });
  }
}
