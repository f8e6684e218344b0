/** Why a suspicion was not refuted in time: whether the suspect heard of it, and what became of its answer. */
import type { NodeId } from '../../../engine/model.ts';
import { HEARD } from '../../../metrics/chronicle/index.ts';
import { type Ground, listed, seconds } from './ground.ts';
import type { Step } from './model.ts';
import { type Saying, sayingsIn } from './speech.ts';

export interface Refuted {
  readonly steps: readonly Step[];
  /** In short. */
  readonly because: string;
}

/** @param incarnation of the subject, in which it is suspected; @param verdict the fact that ends the suspicion. */
export const refutationOf = (ground: Ground, verdict: number, incarnation: number): Refuted =>
  new Trial(ground, verdict, incarnation).told();

class Trial {
  readonly #ground: Ground;
  readonly #observer: NodeId;
  readonly #subject: NodeId;
  readonly #incarnation: number; // in which the subject is suspected
  readonly #verdict: number;

  constructor(ground: Ground, verdict: number, incarnation: number) {
    const { node, other } = ground.chronicle;
    this.#ground = ground;
    this.#observer = node[verdict];
    this.#subject = other[verdict];
    this.#incarnation = incarnation;
    this.#verdict = verdict;
  }

  told(): Refuted {
    const { at, length } = this.#ground.chronicle;
    const subject = this.#subject;
    const end = at[this.#verdict];
    const down = this.#ground.conditions.at(subject, end);
    if (down?.is === 'down')
      return { steps: [], because: `${subject} was down, so nobody refuted it` };
    const accused = this.#first(subject, (i) => this.#accuses(i), 0, length);
    if (accused === undefined || at[accused] > end) return this.#untold(accused);
    const step: Step = {
      at: at[accused],
      text: `${subject} hears of the suspicion, from ${this.#ground.chronicle.other[accused]}`,
      of: [accused],
    };
    const answers = this.#ground.sent({ from: subject }, (i) => this.#refutes(i), accused);
    if (answers.length === 0)
      return {
        steps: [step],
        because: `${subject} heard of the suspicion and told nobody that it is alive before the end of the run`,
      };
    return this.#answered(step, answers);
  }

  /** The suspect did not know in time. */
  #untold(accused: number | undefined): Refuted {
    const ground = this.#ground;
    const { at, node } = ground.chronicle;
    const [subject, end] = [this.#subject, at[this.#verdict]];
    const tries = ground.sent({ to: subject }, (i) => this.#accuses(i), 0, this.#verdict);
    const when = accused === undefined ? 'never heard' : `heard only at ${seconds(at[accused])}`;
    const because = `${subject} ${when} of the suspicion, so it could not refute it in time`;
    if (tries.length === 0) {
      return {
        steps: [{ at: end, text: `nobody has told ${subject} of the suspicion`, of: [] }],
        because,
      };
    }
    const tellers = [...new Set(tries.map((i) => node[i]))];
    const steps = [
      {
        at: at[tries[0]],
        text: `${listed(tellers, 3)} ${tellers.length > 1 ? 'tell' : 'tells'} ${subject} of the suspicion, in ${messages(tries.length)}: ${tally(ground, tries, end)}`,
        of: tries.slice(0, 3),
      },
    ];
    return { steps, because };
  }

  /** It knew, and answered. */
  #answered(step: Step, answers: readonly number[]): Refuted {
    const ground = this.#ground;
    const { at, length, other } = ground.chronicle;
    const [subject, observer, end] = [this.#subject, this.#observer, at[this.#verdict]];
    const inTime = answers.filter((i) => at[i] <= end);
    const first = answers[0];
    const to = [...new Set((inTime.length > 0 ? inTime : [first]).map((i) => other[i]))];
    const answer: Step = {
      at: at[first],
      text: `${subject} refutes it, and says so to ${listed(to, 4)}${inTime.length > 1 ? `: of ${messages(inTime.length)} by ${seconds(end)}, ${tally(ground, inTime, end)}` : `: that ${ground.fate(first)}`}`,
      of: answers.slice(0, 3),
    };
    const heard = this.#first(observer, (i) => this.#refutes(i), first, length);
    if (at[first] > end) {
      const late = seconds(at[first] - end);
      return { steps: [step, answer], because: `${subject} refuted it ${late} too late` };
    }
    if (heard === undefined) {
      return {
        steps: [step, answer, this.#spread(first)],
        because: `${subject} refuted it, but ${observer} never heard so`,
      };
    }
    const late = seconds(at[heard] - end);
    const arrival: Step = {
      at: at[heard],
      text: `${observer} hears from ${other[heard]} that ${subject} is alive: ${late} too late`,
      of: [heard],
    };
    return {
      steps: [step, answer, arrival],
      because: `${subject} refuted it at ${seconds(at[first])}, but ${observer} heard that ${late} too late`,
    };
  }

  /** How far the answer had come when it was needed. */
  #spread(first: number): Step {
    const ground = this.#ground;
    const { at, what, node, n } = ground.chronicle;
    const [observer, end] = [this.#observer, at[this.#verdict]];
    const heard = new Set<NodeId>([this.#subject]);
    for (let i = first; i < this.#verdict; i++) {
      if (what[i] === HEARD && this.#refutes(i)) heard.add(node[i]);
    }
    const tries = ground.sent({ to: observer }, (i) => this.#refutes(i), first, this.#verdict);
    const told =
      tries.length === 0
        ? `none of them has told ${observer}`
        : `told to ${observer} in ${messages(tries.length)}: ${tally(ground, tries, end)}`;
    const text = `${heard.size} of ${n} nodes know of the answer by now; ${told}`;
    return { at: end, text, of: tries.slice(0, 3) };
  }

  #first(
    by: NodeId,
    accepts: (i: number) => boolean,
    from: number,
    to: number,
  ): number | undefined {
    const { what, node } = this.#ground.chronicle;
    for (let i = from; i < to; i++) {
      if (what[i] === HEARD && node[i] === by && accepts(i)) return i;
    }
    return undefined;
  }

  /** Of a suspicion of this incarnation. */
  #accuses(i: number): boolean {
    return this.#sayings(i).some(
      ({ status, incarnation }) => status === 'suspect' && incarnation >= this.#incarnation,
    );
  }

  #refutes(i: number): boolean {
    return this.#sayings(i).some(
      ({ status, incarnation }) => status === 'alive' && incarnation > this.#incarnation,
    );
  }

  #sayings(i: number): readonly Saying[] {
    return sayingsIn(this.#ground.said(i), this.#subject);
  }
}

const messages = (count: number): string => `${count} message${count === 1 ? '' : 's'}`;

/** `2 heard, 1 lost`. */
export function tally(ground: Ground, sent: readonly number[], until: number): string {
  const counts = new Map<string, number>();
  for (const i of sent) {
    const outcome = ground.outcome(i, until);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  if (sent.length === 1) return ground.outcome(sent[0], until);
  const parts = [...counts].map(([outcome, count]) => `${count} ${outcome}`);
  return counts.size === 1 ? `all ${[...counts.keys()][0]}` : parts.join(', ');
}
