/** What an explanation is: an answer, the steps that led there, and the happenings that they rest on. */
import type { Micros } from '../../../base/time.ts';
import type { NodeId } from '../../../engine/model.ts';

/** What a question asks for. */
export type Asked =
  /** Why a node was held to be dead, or suspected. */
  | {
      readonly is: 'dead' | 'suspected';
      readonly subject: NodeId;
    }
  /** Why it was not. */
  | { readonly is: 'not-dead'; readonly subject: NodeId }
  /** How a rumour came to a node, or why it did not; `rumour` absent: the only one. */
  | {
      readonly is: 'reached' | 'unreached';
      readonly subject: NodeId;
      readonly rumour: number | undefined;
    };

export interface Question {
  readonly asked: Asked;
  /** Whose view; undefined: of whoever it happened to first, or last. */
  readonly by: NodeId | undefined;
  /** Which of several times; microseconds: the first from then on. */
  readonly when: 'first' | 'last' | Micros;
}

/** A sentence of the explanation, and what it rests on. */
export interface Step {
  readonly at: Micros;
  readonly text: string;
  /** Happenings: what the diagram shows of it. */
  readonly of: readonly number[];
}

/** A time that counted at a node: a timeout, a suspicion under way, a silence. */
export interface Span {
  readonly node: NodeId;
  readonly from: Micros;
  readonly until: Micros;
  readonly text: string;
}

export interface Explanation {
  /** What was asked has happened. */
  readonly happened: boolean;
  /** The answer in short, the most important first. */
  readonly answer: readonly string[];
  /** How it came to that, in the order of time. */
  readonly steps: readonly Step[];
  /** Happenings of which each was a cause of the next (`precedes`), up to what was asked for. */
  readonly chain: readonly number[];
  readonly spans: readonly Span[];
  /** Nodes that the explanation is about, in the order of their importance. */
  readonly nodes: readonly NodeId[];
}
