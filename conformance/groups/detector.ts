/** bounded-stats, arrival-window, interpret. */
import { UserError } from '../../src/base/errors.ts';
import { micros, millis } from '../../src/base/time.ts';
import { Window } from '../../src/detectors/window.ts';
import { STATUS } from '../../src/protocols/cassandra/application-state.ts';
import {
  ArrivalWindows,
  meanOf,
  PHI_FACTOR,
} from '../../src/protocols/cassandra/arrival-windows.ts';
import {
  MAX_LOCAL_PAUSE_MS,
  PHI_CONVICT_THRESHOLD,
  WINDOW_SAMPLES,
} from '../../src/protocols/cassandra/constants.ts';
import { ALIVE, KNOWN, RING } from '../../src/protocols/cassandra/endpoints.ts';
import { differences } from '../compare.ts';
import { type Fields, shownJson } from '../format.ts';
import { countAt, fieldsAt, listAt, numberAt, numbersAt, textAt } from '../input.ts';
import { Stage } from '../stage.ts';
import type { Judge } from '../test.ts';

export const boundedStats: Judge = ({ fields }) => {
  const capacity = countAt(fields, 'capacity');
  const samples = new Window(1, capacity, 'times');
  for (const value of numbersAt(fields, 'add')) samples.add(0, value);
  const slots = samples.slots(0);
  const count = samples.count(0);
  return differences(fields.expect, {
    mean: meanOf(samples, 0),
    sum: samples.sum(0),
    slots,
    count,
    sortedValues: slots.slice(0, count).sort((a, b) => a - b),
  });
};

export const arrivalWindow: Judge = ({ fields }) => {
  const maxIntervalMs = fields.maxIntervalMs === null ? null : numberAt(fields, 'maxIntervalMs');
  const windows = new ArrivalWindows(1, {
    samples: countAt(fields, 'window', WINDOW_SAMPLES),
    initialIntervalMs: numberAt(fields, 'initialIntervalMs'),
    maxIntervalMs,
    values: 'times',
  });
  const arrivals = numbersAt(fields, 'arrivalsMs');
  for (const ms of arrivals) windows.report(0, micros(ms));
  const { probes = [], ...rest } = fieldsAt(fields, 'expect');
  const mean = windows.mean(0);
  const found = differences(rest, {
    meanMs: millis(mean),
    samples: windows.samples.count(0),
    convictAfterSilenceMsAtThreshold8: millis((PHI_CONVICT_THRESHOLD / PHI_FACTOR) * mean),
  });
  for (const probe of probes as Fields[]) {
    const raw = windows.rawPhi(0, micros(numberAt(probe, 'atMs')));
    const at = `at ${probe.atMs} ms: `;
    const { atMs, ...expect } = probe;
    found.push(
      ...differences(expect, { phiRaw: raw, phiScaled: PHI_FACTOR * raw }).map((text) => at + text),
    );
  }
  return found;
};

/** Operations of one node, in time; those without a time come 1 us after the one before. */
export const interpret: Judge = ({ fields, version }) => {
  const detector = {
    threshold: numberAt(fields, 'threshold', PHI_CONVICT_THRESHOLD),
    maxLocalPauseMs: numberAt(fields, 'maxLocalPauseMs', MAX_LOCAL_PAUSE_MS),
    samples: WINDOW_SAMPLES,
    values: 'times',
  } as const;
  const stage = new Stage(version, detector, 8);
  const found: string[] = [];
  listAt(fields, 'ops').forEach((op, i) => {
    for (const { words, atUs } of timesOf(op, stage.time)) {
      stage.time = atUs;
      const name = /\b([a-z]\w*) (?:to|at)\b/.exec(words)?.[1];
      const seen = perform(stage, words, typeof op.ep === 'string' ? op.ep : (name ?? ''));
      if (op.expect === undefined) continue;
      const where = `ops[${i}] (${words} at ${millis(atUs)} ms): `;
      found.push(...differences(op.expect, seen).map((text) => where + text));
    }
  });
  return found;
};

/** When an operation happens: once, or for {repeat: 'interpret a at 2000,3000,...,37000'} often. */
function timesOf(op: Fields, now: number): { words: string; atUs: number }[] {
  if (op.repeat === undefined) {
    const atUs = op.atMs === undefined ? now + 1 : micros(numberAt(op, 'atMs'));
    return [{ words: textAt(op, 'op'), atUs }];
  }
  const list = /^(.* at) (\d+),(\d+),\.\.\.,(\d+)$/.exec(textAt(op, 'repeat'));
  if (list === null) {
    throw new UserError(
      `'repeat' must be such as 'interpret a at 2000,3000,...,37000'; got ${shownJson(op.repeat)}`,
    );
  }
  const [first, second, last] = list.slice(2).map(Number);
  const step = second - first;
  if (!(step > 0)) throw new UserError(`'repeat' must go up; got ${shownJson(op.repeat)}`);
  const count = Math.floor((last - first) / step) + 1;
  return Array.from({ length: count }, (_, k) => ({
    words: list[1],
    atUs: micros(first + k * step),
  }));
}

function perform(stage: Stage, words: string, endpoint: string): Record<string, unknown> {
  const { detector, endpoints, liveness } = stage;
  const subject = stage.id(endpoint);
  const pair = stage.pair(endpoint);
  if (words.startsWith('report')) {
    if (!endpoints.has(pair, KNOWN))
      stage.put(endpoint, { gen: 1, hb: 1, alive: true, states: { STATUS: [1, 'NORMAL'] } });
    endpoints.setRing(pair, true);
    detector.windows.report(pair, stage.time);
    return {};
  }
  if (words.startsWith('status change')) {
    const status = /\bto (\w+)\b/.exec(words)?.[1] ?? '';
    stage.storage.onChange(stage.self, subject, STATUS, status);
    return { ringMember: endpoints.has(pair, RING), fdWindowKept: detector.windows.has(pair) };
  }
  if (words.startsWith('interpret')) {
    const phi = detector.interpret(stage.self, subject, stage.time);
    const convicted = detector.convicts(phi);
    if (convicted) liveness.convict(stage.self, subject);
    return {
      evaluated: !Number.isNaN(phi),
      convicted,
      phiScaled: phi,
      isAlive: endpoints.has(pair, ALIVE),
    };
  }
  throw new UserError(`'op' must be report, interpret or status change; got ${shownJson(words)}`);
}
