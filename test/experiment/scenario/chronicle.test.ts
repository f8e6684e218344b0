/** Every example, written down: the run is the same, and what it came of holds together. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { micros } from '../../../src/base/time.ts';
import { LOST } from '../../../src/engine/model.ts';
import { chronicleOf, loadScenario, runReplicate } from '../../../src/experiment/scenario/index.ts';
import * as history from '../../../src/metrics/chronicle/index.ts';

const { FACT, FAULT, HANDED, HEARD, MISSED, NO_CAUSE, ROUND, SENT, STARTED, TIMED } = history;
const FOLDER = new URL('../../../experiments/scenarios/', import.meta.url);
const files = readdirSync(FOLDER).filter((file) => file !== 'scenario.schema.json');
/** Large ones are not needed to see it. */
const SMALL: Readonly<Record<string, readonly string[]>> = {
  'scuttlebutt.yaml': ['nodes=20'],
};

describe.each(files)('%s', (file) => {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  const { scenario } = loadScenario(text, file, SMALL[file] ?? []);
  const { outcome, chronicle, measured } = chronicleOf(scenario, 'written', 0);
  const { length, at, what, node, other, word, cause, arrives, words } = chronicle;
  const all = (kind: number) => Array.from({ length }, (_, i) => i).filter((i) => what[i] === kind);

  it('is the run that is not written down', () => {
    const { hash, events, measured: alone } = runReplicate(scenario, 'written', 0);
    expect([outcome.hash, outcome.events]).toEqual([hash, events]);
    expect(measured).toEqual(alone);
  });

  it('has every message, fact and time once', () => {
    const { sent, lost, delivered, dead } = outcome.traffic;
    expect(all(SENT).length).toBe(sent);
    expect(all(SENT).filter((i) => arrives[i] === LOST).length).toBe(lost);
    expect(all(HEARD).length).toBe(delivered);
    expect(all(MISSED).length).toBe(dead);
    expect(all(FACT).length).toBe(outcome.facts.reduce((sum, count) => sum + count));
    expect(at.every((time, i) => i === 0 || time >= at[i - 1])).toBe(true);
  });

  it('says what each came of', () => {
    const came = new Set<number>();
    /** What is wrong with it, as a sentence. */
    const wrongWith = (i: number): string | undefined => {
      const from = cause[i];
      if (from >= i) return 'it came of something later';
      const of = from === NO_CAUSE ? NO_CAUSE : what[from];
      if (what[i] === HEARD || what[i] === MISSED) {
        const isIt = of === SENT && node[from] === other[i] && other[from] === node[i];
        if (!isIt || word[from] !== word[i]) return 'it was not sent';
        if (at[i] < arrives[from]) return 'it came too early';
        if (came.has(from)) return 'it came twice';
        came.add(from);
        return undefined;
      }
      if (what[i] === SENT || what[i] === FACT || what[i] === TIMED) {
        if (![STARTED, HANDED, ROUND, TIMED, HEARD].includes(of)) return 'nobody was at work';
        if (what[i] === TIMED) return undefined;
        // A job is at its server at once, and what is said there came of who sent it.
        const isHere = node[from] === node[i] || file === 'load-balancing.yaml';
        return isHere && at[from] === at[i] ? undefined : 'another was at work';
      }
      if (from === NO_CAUSE) return undefined;
      const isRestart = what[i] === STARTED && of === FAULT && node[from] === node[i];
      return isRestart && at[from] === at[i] ? undefined : 'it came of nothing';
    };
    const wrong = Array.from({ length }, (_, i) => wrongWith(i)).filter(Boolean);
    expect(wrong).toEqual([]);
    expect(words.filter((said) => !/^[A-Z0-9_-]+($|[ ;])/.test(said))).toEqual([]);
    expect(chronicle.end).toBeLessThanOrEqual(micros(Number(scenario.values.duration)));
  });
});
