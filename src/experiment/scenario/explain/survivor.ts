/** Why a node was not held to be dead. */
import { type NodeId, SUSPECTED, TRUSTED } from '../../../engine/model.ts';
import { type Ground, listed, seconds } from './ground.ts';
import type { Explanation, Step } from './model.ts';
import { News } from './news.ts';
import { tally } from './refutation.ts';
import type { Speech } from './speech.ts';

/** @param by whose view; undefined: nobody's. */
export function survivorOf(
  ground: Ground,
  speech: Speech,
  subject: NodeId,
  by: NodeId | undefined,
): Explanation {
  const { end } = ground.chronicle;
  const verdicts = ground.facts([speech.verdict], subject, by);
  const down = ground.conditions
    .of(subject)
    .filter(({ is }) => is === 'down')
    .at(-1);
  const who = by === undefined ? 'nobody' : `${by} never`;
  if (verdicts.length > 0) return itWas(ground, speech, subject, verdicts);
  const shared = {
    happened: true,
    chain: [],
    spans: [],
    nodes: by === undefined ? [subject] : [by, subject],
  };
  if (down === undefined) {
    const steps = suspicions(ground, subject, by);
    const alive = `${subject} was never down, and ${who} ${speech.declares(subject)} in this run.`;
    return { ...shared, answer: [alive], steps };
  }
  const after = seconds(Math.min(end, down.until) - down.from);
  const missed = down.until > end ? `the run ended ${after} later` : `it came back ${after} later`;
  const answer = [
    `${subject} was ${ground.spell(down)}, and ${who} ${speech.declares(subject)} in this run: ${missed}.`,
    speech.by === 'probes'
      ? pinged(ground, subject, by, down.from)
      : heardLast(ground, subject, by),
  ];
  const crash: Step = { at: down.from, text: `${subject} goes down`, of: [down.fault] };
  const steps = [crash, ...suspicions(ground, subject, by)].sort((a, b) => a.at - b.at);
  return { ...shared, answer, steps };
}

function itWas(
  ground: Ground,
  speech: Speech,
  subject: NodeId,
  verdicts: readonly number[],
): Explanation {
  const { node, at } = ground.chronicle;
  const answer = [
    `It was: ${node[verdicts[0]]} ${speech.declares(subject)} at ${seconds(at[verdicts[0]])}, the first of ${new Set(verdicts.map((i) => node[i])).size} nodes. Ask 'dead ${subject}' for why.`,
  ];
  return { happened: false, answer, steps: [], chain: [], spans: [], nodes: [subject] };
}

/** Suspicions of it, and how they ended. */
function suspicions(ground: Ground, subject: NodeId, by: NodeId | undefined): Step[] {
  const { node, at, length } = ground.chronicle;
  const begun = ground.facts([SUSPECTED], subject, by);
  return begun.slice(-6).map((i) => {
    const ended = ground.facts([TRUSTED], subject, node[i], i, length)[0];
    const gone = ground.conditions
      .of(node[i])
      .find(({ is, from }) => is === 'down' && from > at[i] && from <= (at[ended] ?? Infinity));
    const then =
      gone !== undefined
        ? `until it goes down itself at ${seconds(gone.from)}`
        : ended === undefined
          ? 'and does not trust it again in this run'
          : `until ${seconds(at[ended])}`;
    return {
      at: at[i],
      text: `${node[i]} suspects ${subject}, ${then}`,
      of: ended === undefined ? [i] : [i, ended],
    };
  });
}

function pinged(ground: Ground, subject: NodeId, by: NodeId | undefined, since: number): string {
  const { at, end, node } = ground.chronicle;
  const pings = ground.sent(
    { to: subject, ...(by === undefined ? {} : { from: by }) },
    (i) => ground.kind(i) === 'PING' && at[i] >= since,
  );
  if (pings.length === 0)
    return `${by ?? 'Nobody'} did not ping ${subject} in that time.`.replace(
      'Nobody did not ping',
      'Nobody pinged',
    );
  const from = listed([...new Set(pings.map((i) => node[i]))], 4);
  return `It was pinged ${pings.length} times in that time, by ${from}: ${tally(ground, pings, end)}.`;
}

function heardLast(ground: Ground, subject: NodeId, by: NodeId | undefined): string {
  const { at, end, n, length } = ground.chronicle;
  const news = new News(ground, subject);
  const observers = by === undefined ? Array.from({ length: n }, (_, node) => node) : [by];
  const times = observers
    .filter((node) => node !== subject)
    .flatMap((node) => news.heardBy(node, length).slice(-1))
    .map((i) => at[i]);
  if (times.length === 0) return `${by ?? 'Nobody'} heard no news of it in this run.`;
  const last = Math.max(...times);
  return `News of it was last heard at ${seconds(last)}, ${seconds(end - last)} before the end of the run.`;
}
