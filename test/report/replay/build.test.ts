/** What a page of a run gets: the columns and back, how wrong beliefs are as metrics measure it, and what is left out. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { micros } from '../../../src/base/time.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { scenarioOf as scenarioOfRun } from '../../../src/experiment/scenario/build.ts';
import { chronicleOf, loadScenario } from '../../../src/experiment/scenario/index.ts';
import { replicateSeed } from '../../../src/experiment/seeds.ts';
import { FACT, FAULT, SENT } from '../../../src/metrics/chronicle/index.ts';
import { views } from '../../../src/metrics/index.ts';
import { replayData } from '../../../src/report/replay/build.ts';
import type { ReplayData } from '../../../src/report/replay/model.ts';
import { unpackColumns } from '../../../src/report/replay/pack-columns.ts';
import { wrongPairs } from '../../../src/report/replay/views.ts';

const FOLDER = new URL('../../../experiments/scenarios/', import.meta.url);

const scenarioOf = (file: string, ...set: string[]) =>
  loadScenario(readFileSync(new URL(file, FOLDER), 'utf8'), file, set).scenario;

const dataOf = (file: string, set: string[] = [], most?: number): ReplayData =>
  replayData({
    ...{ scenario: scenarioOf(file, ...set), title: file, seed: 's', replicate: 0 },
    ...(most === undefined ? {} : { most }),
  });

describe('the data of a page', () => {
  it('holds every fact, fault and message of the run', () => {
    const scenario = scenarioOf('partition.yaml', 'duration=25s');
    const { chronicle, outcome } = chronicleOf(scenario, 's', 0);
    const run = unpackColumns(dataOf('partition.yaml', ['duration=25s']));
    const of = (kind: number) =>
      [...chronicle.what.keys()].filter((i) => chronicle.what[i] === kind);
    const column = (from: ArrayLike<number>, kind: number) => of(kind).map((i) => from[i]);
    expect([...run.facts.at]).toEqual(column(chronicle.at, FACT));
    expect([...run.facts.about]).toEqual(column(chronicle.other, FACT));
    expect([...run.faults.node]).toEqual(column(chronicle.node, FAULT));
    expect([...run.messages.from]).toEqual(column(chronicle.node, SENT));
    expect([...run.messages.to]).toEqual(column(chronicle.other, SENT));
    expect([...run.messages.arrives]).toEqual(column(chronicle.arrives, SENT));
    const fates = [0, 1, 2, 3].map((fate) => run.messages.fate.filter((is) => is === fate).length);
    const { delivered, lost, dead, inFlight } = outcome.traffic;
    expect(fates).toEqual([delivered, lost, dead, inFlight]);
    expect(lost).toBeGreaterThan(0);
  });

  it('is the same text for the same run', () => {
    const text = () => JSON.stringify(dataOf('swim.yaml', ['duration=5s', 'faults=[]']));
    expect(text()).toBe(text());
  });

  it('leaves out messages beyond the budget, says so, and keeps what told news', () => {
    const all = unpackColumns(dataOf('push.yaml'));
    const data = dataOf('push.yaml', [], 200);
    const few = unpackColumns(data);
    expect(few.facts).toEqual(all.facts);
    expect(few.messages.at.length).toBeLessThanOrEqual(200);
    const news = (run: typeof all) => run.messages.news.reduce((sum, is) => sum + is, 0);
    expect(news(few)).toBe(news(all));
    expect(news(few)).toBe(49);
    expect(data.traffic).toEqual(dataOf('push.yaml').traffic);
    expect(data.leftOut.join()).toMatch(
      /^Of 1,\d\d\d messages this page shows the 49 messages that told news, and of the others one in \d+\./,
    );
    expect(dataOf('push.yaml').leftOut).toEqual([]);
  });
});

describe('how wrong beliefs are, over time', () => {
  it.each(['churn.yaml', 'heartbeat.yaml', 'flapping.yaml', 'swim.yaml', 'joins.yaml'])(
    'is what metrics measure: %s',
    (file) => {
      const set = file === 'swim.yaml' ? ['nodes=8'] : ['duration=90s'];
      const run = scenarioOfRun(scenarioOf(file, ...set), replicateSeed('s', 0));
      const meter = views({ n: run.n, endMs: run.horizonMs, absent: 'unknown' });
      simulate({ ...run, observers: [meter] });
      const { at, doubtedUp, trustedDown } = wrongPairs(unpackColumns(dataOf(file, set)));
      const end = micros(run.horizonMs);
      const mean = (values: Float64Array) =>
        at.reduce((sum, time, i) => sum + values[i] * ((at[i + 1] ?? end) - time), 0) / end;
      const { doubtedUpPairs, trustedDownPairs } = meter.view();
      expect(doubtedUpPairs + trustedDownPairs).toBeGreaterThan(0);
      expect(mean(doubtedUp)).toBeCloseTo(doubtedUpPairs, 9);
      expect(mean(trustedDown)).toBeCloseTo(trustedDownPairs, 9);
    },
  );
});
