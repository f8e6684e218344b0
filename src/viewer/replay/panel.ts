/** The panel of the chosen node: its condition, its table, its view of any other, and what it said and heard last. */
import { BELIEFS, OLD_NEWS } from '../../report/replay/beliefs.ts';
import { isDown } from '../../report/replay/lives.ts';
import { count } from '../../report/replay/words.ts';
import { element, found, table } from './dom.ts';
import { type Doubt, doubtersOf, doubtsOf, knownBy, latestOf, trustedBy } from './node-facts.ts';
import { at, beliefText, conditionText, topicName } from './say.ts';
import type { State } from './state.ts';

const [MOST_ROWS, MOST_EVENTS] = [40, 12];

/** Fills #node-body; the fields above it are the page's own, so that they keep the focus. */
export function showPanel(state: State): void {
  const { node } = state;
  const body = found('node-body');
  found('other-field').hidden = node < 0 || state.scene !== 'beliefs';
  found('node-none').hidden = node >= 0;
  if (node < 0) {
    body.replaceChildren();
    return;
  }
  const parts: Node[] = [
    element('h3', {}, `Node ${node} is ${conditionText(state.condition(node))}`),
  ];
  if (state.scene === 'beliefs') parts.push(...beliefParts(state, node));
  if (state.scene === 'spread') parts.push(knownTable(state, node));
  if (state.scene === 'queues')
    parts.push(element('p', {}, `${count(state.queue(node), 'job')} here`));
  const events = latestOf(state, node, MOST_EVENTS);
  const rows = events.map((event) => [at(state, event.at), event.text]);
  if (rows.length > 0)
    parts.push(table('What it said, heard and reported last', ['time', 'what'], rows));
  body.replaceChildren(...parts);
}

function beliefParts(state: State, node: number): Node[] {
  const parts: Node[] = [];
  if (state.other >= 0 && state.other !== node) {
    parts.push(
      element('p', { class: 'view' }, `${capital(beliefText(state, node, state.other))}.`),
    );
  }
  if (!isDown(state.condition(node))) {
    const doubts = doubtsOf(state, node);
    parts.push(element('p', {}, `It trusts ${count(trustedBy(state, node), 'live node')}.`));
    if (doubts.length > 0) parts.push(doubtTable(state, 'Whom it doubts', 'node', doubts, true));
  }
  const doubters = doubtersOf(state, node);
  if (doubters.length > 0) parts.push(doubtTable(state, 'Who doubts it', 'by', doubters, false));
  return parts;
}

function doubtTable(
  state: State,
  caption: string,
  head: string,
  doubts: readonly Doubt[],
  hasTruth: boolean,
): HTMLTableElement {
  const rows = doubts.slice(0, MOST_ROWS).map(({ node, belief, since }) => {
    const said = `${BELIEFS[belief & (OLD_NEWS - 1)]}${belief >= OLD_NEWS ? ' (old news)' : ''}`;
    const truth = hasTruth ? [conditionText(state.condition(node))] : [];
    return [String(node), said, at(state, since), ...truth];
  });
  const more = doubts.length > MOST_ROWS ? `, the first ${MOST_ROWS} of ${doubts.length}` : '';
  const heads = [head, 'belief', 'since', ...(hasTruth ? ['in truth'] : [])];
  return table(`${caption}${more}`, heads, rows);
}

function knownTable(state: State, node: number): Node {
  const known = knownBy(state, node);
  const what = topicName(state);
  if (known.length === 0) return element('p', {}, `It knows no ${what} yet.`);
  const rows = known.slice(-MOST_ROWS).map((event) => [event.text, at(state, event.at)]);
  const more = known.length > MOST_ROWS ? `, the last ${MOST_ROWS} of ${known.length}` : '';
  return table(`What it knows${more}`, [what, 'since'], rows);
}

const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);
