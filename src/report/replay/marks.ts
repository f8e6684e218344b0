/** The moments of a run to jump to: what befalls it, how a rumour gets on, who is suspected and whether that is right. */
import type { CutOff } from '../../experiment/scenario/index.ts';
import { ABSENT, faultName, livesLog } from './lives.ts';
import { Cells } from './log.ts';
import { suspicionMarks } from './marks-suspicion.ts';
import type { FaultName, Mark, RunColumns } from './model.ts';
import { spreadOf, topicsOf } from './topics.ts';
import { count, nodesText } from './words.ts';

/** Of one kind; what is more is counted. */
export const MOST_MARKS = 60;
const MOST_TOPICS = 5;

export function marksOf(run: RunColumns, cuts: readonly CutOff[]): readonly Mark[] {
  const spreads = run.family === 'broadcast' || run.family === 'ordering';
  const lists = [
    faultMarks(run),
    cutMarks(cuts, run.end),
    spreads ? spreadMarks(run) : [],
    run.family === 'detection' ? suspicionMarks(run) : [],
  ];
  return lists.flatMap(fewest).sort((a, b) => a.at - b.at);
}

/** The first ones, and a sentence at the next that says how many there are more. */
function fewest(marks: readonly Mark[]): readonly Mark[] {
  if (marks.length <= MOST_MARKS) return marks;
  const next = marks[MOST_MARKS];
  const more = count(marks.length - MOST_MARKS - 1, 'moment');
  const text = `${next.text} (and ${more} of this kind later, not listed)`;
  return [...marks.slice(0, MOST_MARKS), { ...next, text }];
}

/** In words for one node and for many, and as which kind of moment. */
type Said = readonly [one: string, many: string, kind: Mark['kind']];

const SAID: Readonly<Record<FaultName, Said>> = {
  absent: ['is not there yet', 'are not there yet', 'fault'],
  crash: ['crashes', 'crash', 'fault'],
  restart: ['is started again', 'are started again', 'life'],
  pause: ['pauses', 'pause', 'pause'],
  resume: ['goes on', 'go on', 'pause'],
  slow: ['becomes slow', 'become slow', 'pause'],
  quick: ['is quick again', 'are quick again', 'pause'],
  clock: ['has its clock changed', 'have their clocks changed', 'pause'],
};
const JOINS: Said = ['joins', 'join', 'life'];

/** Those of one kind and instant together. */
function faultMarks(run: RunColumns): Mark[] {
  const { faults } = run;
  const lives = new Cells(livesLog(run));
  const groups = new Map<string, { at: number; said: Said; nodes: number[] }>();
  for (let i = 0; i < faults.at.length; i++) {
    const [at, node, name] = [faults.at[i], faults.node[i], faultName(run, i)];
    lives.seek(at - 1);
    const joins = name === 'restart' && (lives.value[node] & ABSENT) !== 0;
    const said = joins ? JOINS : SAID[name];
    const key = `${at} ${said[0]}`;
    const group = groups.get(key) ?? { at, said, nodes: [] };
    groups.set(key, group);
    group.nodes.push(node);
  }
  return [...groups.values()].map(({ at, said, nodes }) => ({
    at,
    kind: said[2],
    text: `${nodesText(nodes)} ${said[nodes.length === 1 ? 0 : 1]}`,
  }));
}

function cutMarks(cuts: readonly CutOff[], end: number): Mark[] {
  const marks = cuts.flatMap(({ start, end: healed, oneWay, side }): Mark[] => {
    const is = side.length === 1 ? 'is' : 'are';
    const how = oneWay ? `can send nothing to the others` : `${is} cut off from the others`;
    return [
      { at: start, kind: 'cut', text: `${nodesText(side)} ${how}` },
      { at: healed, kind: 'cut', text: `${nodesText(side)} ${is} connected again` },
    ];
  });
  return marks.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
}

/** Of the first few rumours. */
function spreadMarks(run: RunColumns): Mark[] {
  const what = run.family === 'ordering' ? 'write' : 'rumour';
  return topicsOf(run)
    .slice(0, MOST_TOPICS)
    .flatMap(({ id, at, node }) => {
      const { times, hasApplied } = spreadOf(run, id);
      const reach = (share: number, said: string): Mark[] => {
        const needed = Math.max(1, Math.ceil(share * run.n - 1e-9));
        if (times.length < needed) return [];
        const text = `${what} ${id} ${hasApplied ? 'is applied at' : 'has reached'} ${said}`;
        return [{ at: times[needed - 1], kind: share === 1 ? 'done' : 'input', text }];
      };
      const nearly = run.n >= 100 ? reach(0.99, '99 % of the nodes') : [];
      const start: Mark = { at, kind: 'input', text: `${what} ${id} begins at node ${node}` };
      return [start, ...reach(0.5, 'half of the nodes'), ...nearly, ...reach(1, 'all nodes')];
    });
}
