/** Runs go on at once only as far as their memory fits, and what fits alone is never refused. */
import { expect, test } from 'vitest';
import { Dispatch } from '../../src/experiment/dispatch.ts';
import { Room, refuseIfTooLarge, workersThatFit } from '../../src/experiment/memory.ts';
import { type Plan, plan } from '../../src/experiment/plan.ts';
import { tasksOf } from '../../src/experiment/tasks.ts';
import { fixture, refusal } from './support/folders.ts';

const MAIN = 100e6;
const WORKER = 40e6;

/** As if a run of each cell took this many bytes; one replicate each, the heavy ones first. */
async function sized(bytes: readonly number[]): Promise<Plan> {
  const of = plan(await fixture('push-small'));
  const cells = of.cells
    .slice(0, bytes.length)
    .map((c, i) => ({ ...c, replicates: 1, events: 1e9 - i, bytes: bytes[i] }));
  return { ...of, cells, runs: cells.length, bytes: Math.max(...bytes) };
}

/** Runs it on so many workers that take a moment each; what was under way at each start, in bytes. */
async function underWay(of: Plan, lanes: number, available: number): Promise<number[][]> {
  const seen: number[][] = [];
  const now: number[] = [];
  const pending = of.cells.map((planned) => ({ planned, replicates: [0] }));
  const dispatch = new Dispatch(of, tasksOf(pending, lanes), {
    workers: {
      async run({ cell }) {
        const { bytes } = of.cells.find((planned) => planned.cell === cell)!;
        now.push(bytes);
        seen.push([...now]);
        await new Promise(setImmediate);
        now.splice(now.indexOf(bytes), 1);
        return { ran: [{ measures: {}, paths: [] }] };
      },
    },
    room: new Room(lanes, available),
    signal: undefined,
    onDone: () => undefined,
  });
  await Promise.all(Array.from({ length: lanes }, () => dispatch.lane()));
  return seen;
}

test('a run waits until there is room for it beside the others, and lighter ones pass it', async () => {
  const of = await sized([3e9, 2e9, 1e9]);
  const available = MAIN + 3 * WORKER + 4e9;
  expect(await underWay(of, 3, available)).toEqual([[3e9], [3e9, 1e9], [1e9, 2e9]]);
});

test('with room for all none waits', async () => {
  const of = await sized([3e9, 2e9, 1e9]);
  const starts = await underWay(of, 3, 100e9);
  expect(starts.at(-1)).toEqual([3e9, 2e9, 1e9]);
});

test('workers are as many as have room beside the largest run', async () => {
  const of = await sized([1e9]);
  expect(workersThatFit(of, 8, MAIN + 1e9 + 2.5 * WORKER)).toBe(2);
  expect(workersThatFit(of, 8, 0)).toBe(1);
  expect(workersThatFit(of, 8, 100e9)).toBe(8);
});

test('what does not fit alone is refused with what to lower', async () => {
  const of = await sized([1e9, 5]);
  refuseIfTooLarge(of, 1.2e9);
  expect(await refusal(() => refuseIfTooLarge(of, 1.04e9))).toBe(
    'push-small: its largest run alone needs about 1.1 GB of memory and 1.0 GB are free; ' +
      'lower the axes of its largest cell (n = 16, label = a, twice = false) with --set',
  );
});
