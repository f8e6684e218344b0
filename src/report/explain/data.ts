/** An explanation as data: times in seconds, and of each step the happenings that it rests on. */

import { FACT_NAMES } from '../../engine/model.ts';
import type { Explained, Question } from '../../experiment/scenario/explain/index.ts';
import { textOf } from '../../experiment/scenario/explain/index.ts';
import {
  FACT,
  FAULT,
  FAULTS,
  HEARD,
  MISSED,
  SENT,
  WHAT_NAMES,
} from '../../metrics/chronicle/index.ts';

export function explanationData({ ground, explanation }: Explained, question: Question) {
  const { chronicle } = ground;
  const { at, what, node, other, word, words, cause, arrives } = chronicle;
  const happening = (i: number) => {
    const isMessage = what[i] === SENT || what[i] === HEARD || what[i] === MISSED;
    return {
      number: i,
      what: WHAT_NAMES[what[i]],
      at_s: at[i] / 1e6,
      node: node[i],
      ...(other[i] >= 0 ? { other: other[i] } : {}),
      ...(isMessage ? { words: words[word[i]] } : {}),
      ...(what[i] === FACT ? { fact: FACT_NAMES[word[i]] } : {}),
      ...(what[i] === FAULT ? { fault: FAULTS[word[i]] } : {}),
      ...(what[i] === SENT
        ? { arrives_s: Number.isFinite(arrives[i]) ? arrives[i] / 1e6 : null }
        : {}),
      cause: cause[i] < 0 ? null : cause[i],
    };
  };
  const { happened, answer, steps, chain, nodes } = explanation;
  return {
    question: textOf(question),
    happened,
    answer,
    steps: steps.map((step) => ({
      at_s: step.at / 1e6,
      text: step.text,
      of: step.of.map(happening),
    })),
    chain: chain.map(happening),
    nodes,
  };
}
