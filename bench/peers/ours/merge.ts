/**
 * Our merge kernel, and what people write first, on the rows of bench/peers/cpp/merge.cpp. Arguments: RIVAL, ENTRIES,
 * ITERATIONS. Each iteration starts with rows as they were: that is measured apart, and taken off.
 */
import { kernels, type Load, maps, type Rival, typedArrays } from '../../merge-rivals.ts';
import { Luck } from './luck.ts';
import { report, timed } from './report.ts';

const MESSAGES = 16;
const RECEIVERS = 4;

const RIVALS: Readonly<Record<string, (load: Load) => Rival>> = {
  kernel: kernels('wasm', 1),
  arrays: typedArrays,
  map: maps,
};

/** Each message raises half of the entries above the one before. */
function loadOf(length: number): Load {
  const luck = new Luck();
  const heartbeats = new Uint8Array(length).fill(1);
  const messages = Array.from({ length: MESSAGES }, () => {
    for (let i = 0; i < length; i++) if (luck.below(2) === 0) heartbeats[i]++;
    return heartbeats.slice();
  });
  return { length, receivers: RECEIVERS, messages };
}

function mergeAll(rival: Rival): number {
  let risen = 0;
  for (let message = 0; message < MESSAGES; message++) {
    for (let receiver = 0; receiver < RECEIVERS; receiver++) {
      risen += rival.merge(receiver, message, message + 1);
    }
  }
  return risen;
}

function stateOf(rival: Rival, length: number): number {
  let sum = 0;
  for (let receiver = 0; receiver < RECEIVERS; receiver++) {
    for (let entry = 0; entry < length; entry++) {
      sum += (1 + entry) * rival.heartbeat(receiver, entry) + rival.news(receiver, entry);
    }
  }
  return sum;
}

const [name, ...sizes] = process.argv.slice(2);
const [length, iterations] = sizes.map(Number);
const rival = RIVALS[name](loadOf(length));

function resets(count: number): void {
  for (let i = 0; i < count; i++) rival.reset();
}

function merges(count: number): number {
  let risen = 0;
  for (let i = 0; i < count; i++) {
    rival.reset();
    risen = mergeAll(rival);
  }
  return risen;
}

const warm = Math.ceil(iterations / 10);
resets(warm);
merges(warm);
const { seconds: resetting } = timed(() => resets(iterations));
const { seconds, result: risen } = timed(() => merges(iterations));
const entries = iterations * MESSAGES * RECEIVERS * length;
report(Math.max(0, seconds - resetting), entries, { risen, state: stateOf(rival, length) });
