/** The state in words: for the line under the picture, for the panel of a node, and for who cannot see the picture. */
import { FACT_NAMES } from '../../engine/model.ts';
import { BELIEFS, isDoubt, OLD_NEWS } from '../../report/replay/beliefs.ts';
import { ABSENT, DOWN, isDown, PAUSED, SLOW } from '../../report/replay/lives.ts';
import { count, digitsFor, timeText } from '../../report/replay/words.ts';
import type { State } from './state.ts';

export const at = (state: State, time: number): string =>
  timeText(time, digitsFor(state.replay.end));

export function conditionText(condition: number): string {
  if ((condition & ABSENT) !== 0) return 'not there yet';
  if ((condition & DOWN) !== 0) return 'down';
  const extra = [
    (condition & PAUSED) !== 0 ? 'paused' : '',
    (condition & SLOW) !== 0 ? 'slow' : '',
  ];
  return ['up', ...extra.filter(Boolean)].join(', ');
}

/** What the observer believes of the subject, and whether that is so. */
export function beliefText(state: State, observer: number, subject: number): string {
  if (isDown(state.condition(observer))) return `node ${observer} is down and believes nothing`;
  const belief = state.belief(observer, subject);
  const said = BELIEFS[belief & (OLD_NEWS - 1)].replace('it', `node ${subject}`);
  const down = isDown(state.condition(subject));
  const truth = `which is ${conditionText(state.condition(subject))}`;
  const verdict = isDoubt(belief)
    ? down
      ? 'that is right'
      : belief >= OLD_NEWS
        ? 'that is old news: it has been started again'
        : 'that is a false positive'
    : down && (state.condition(subject) & ABSENT) === 0
      ? 'that is not noticed yet'
      : '';
  return `node ${observer} ${said}, ${truth}${verdict === '' ? '' : `: ${verdict}`}`;
}

export const topicName = (state: State): string =>
  state.replay.family === 'ordering' ? 'write' : 'rumour';

/** One sentence for all. */
export function summary(state: State): string {
  const { replay, time } = state;
  const parts: string[] = [];
  if (state.scene === 'spread') {
    const knows = state.spread.hasApplied ? 'have applied' : 'know';
    parts.push(
      `${state.knowing.toLocaleString('en')} of ${count(replay.n, 'node')} ${knows} ${topicName(state)} ${state.topic}`,
    );
  }
  if (state.views !== undefined) {
    const { doubtedUp, trustedDown } = state.views;
    parts.push(`in ${count(doubtedUp, 'pair')} a live node is doubted`);
    if (state.downNodes > 0) parts.push(`in ${trustedDown} a dead one is trusted`);
  }
  if (state.downNodes > 0) parts.push(`${count(state.downNodes, 'node')} down`);
  const cut = replay.cuts.filter(({ start, end }) => start <= time && time < end).length;
  if (cut > 0) parts.push(`${count(cut, 'partition')} in force`);
  parts.push(`${count(state.index.underWay(time), 'message')} under way`);
  return `${at(state, time)}: ${parts.join(', ')}.`;
}

const ABOUT_NODES = ['SUSPECTED', 'TRUSTED', 'JOINED', 'FORGOTTEN', 'DIED'];

/** A fact as a line of a list. */
export function factText(kind: number, about: number): string {
  const name = FACT_NAMES[kind];
  if (about < 0) return name;
  return ABOUT_NODES.includes(name) ? `${name} node ${about}` : `${name} ${about}`;
}
