/** A replicate of a scenario -> the data of its page. The same scenario and seed give the same data. */

import { LOST } from '../../engine/model.ts';
import { chronicleOf, type Group, placeOf } from '../../experiment/scenario/index.ts';
import { type Chronicle, kindIn, SENT } from '../../metrics/chronicle/index.ts';
import { protocols } from '../../protocols/registry.ts';
import { columnsOf } from './columns.ts';
import { layoutOf, packLayout } from './layout.ts';
import { marksOf } from './marks.ts';
import type { ReplayData, RunColumns } from './model.ts';
import { packColumns } from './pack-columns.ts';
import { packed, packedRising } from './packed.ts';
import { MOST_MESSAGES, type Thinned, thinned } from './thin.ts';
import { topicsOf } from './topics.ts';
import { count } from './words.ts';

export interface ReplayWish {
  readonly scenario: Group;
  readonly title: string;
  readonly seed: string;
  readonly replicate: number;
  readonly live?: boolean;
  /** Messages that the page holds at most, about; default `MOST_MESSAGES`. */
  readonly most?: number;
}

const MOST_LETTERS = 1_000_000; // of all that messages said
const SLICES = 200;

export function replayData(wish: ReplayWish): ReplayData {
  const { scenario, title, seed, replicate, live = false, most = MOST_MESSAGES } = wish;
  const { chronicle } = chronicleOf(scenario, seed, replicate);
  const place = placeOf(scenario, seed, replicate);
  const { word } = scenario.values.protocol as Group;
  const { family } = protocols[word];
  const thin = thinned(chronicle, most);
  const said = wordsOf(chronicle, columnsOf(chronicle, family, place.quickAgain, thin));
  const run = said.run;
  return {
    ...{ title, live, family, n: run.n, end: run.end },
    layout: packLayout(layoutOf(place, run.n)),
    ...packColumns(run),
    words: said.words,
    cuts: place.cuts.map(({ start, end, oneWay, side }) => ({
      ...{ start, oneWay, side: packedRising([...side].sort((a, b) => a - b)) },
      end: end === Infinity ? null : end,
    })),
    topics: family === 'broadcast' || family === 'ordering' ? topicsOf(run) : [],
    marks: marksOf(run, place.cuts),
    traffic: trafficOf(chronicle),
    leftOut: [...leftOut(thin, run), ...said.leftOut],
  };
}

/** Only what kept messages say, each once; only its kind where it would be too long together. */
function wordsOf({ words }: Chronicle, run: RunColumns) {
  const { word } = run.messages;
  const letters = [...new Set(word)].reduce((sum, i) => sum + words[i].length, 0);
  const isLong = letters > MOST_LETTERS;
  const places = new Map<string, number>();
  const place = (said: string) => {
    if (!places.has(said)) places.set(said, places.size);
    return places.get(said)!;
  };
  const short = word.map((i) => place(isLong ? kindIn(words[i]) : words[i]));
  return {
    run: { ...run, messages: { ...run.messages, word: short } },
    words: [...places.keys()],
    leftOut: isLong ? ['Of what messages say only the kind is kept here.'] : [],
  };
}

function leftOut(
  { kept, leftOut, oneOf, hasAllNews }: Thinned,
  { messages }: RunColumns,
): string[] {
  if (leftOut === 0) return [];
  const told = messages.news.reduce((sum, news) => sum + news, 0);
  const which = hasAllNews
    ? `the ${count(told, 'message')} that told news, and of the others one in ${oneOf}`
    : `one in ${oneOf}`;
  return [
    `Of ${count(kept.length + leftOut, 'message')} this page shows ${which}. Facts, faults and curves are complete.`,
  ];
}

/** Of all messages, by the time when they were sent. */
function trafficOf({ length, what, at, arrives, end }: Chronicle): ReplayData['traffic'] {
  const slice = Math.max(1, Math.ceil((end + 1) / SLICES));
  const slices = Math.floor(end / slice) + 1;
  const [sent, lost] = [new Float64Array(slices), new Float64Array(slices)];
  for (let i = 0; i < length; i++) {
    if (what[i] !== SENT) continue;
    const place = Math.floor(at[i] / slice);
    sent[place]++;
    if (arrives[i] === LOST) lost[place]++;
  }
  return { slice, sent: packed(sent), lost: packed(lost) };
}
