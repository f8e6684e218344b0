/** Runs to trace, and traces of them. */
import { chronicleOf, loadScenario } from '../../../src/experiment/scenario/index.ts';
import type { Chronicle } from '../../../src/metrics/chronicle/index.ts';
import { type FormatName, pieces, type TraceOptions } from '../../../src/report/trace/index.ts';

export function chronicleFrom(text: string, seed = 'e', set: readonly string[] = []) {
  return chronicleOf(loadScenario(text, 'run.yaml', set).scenario, seed, 0).chronicle;
}

/** A rumour among four, of whom one pauses and one crashes and comes back; a fifth of all messages is lost. */
export const SMALL = `
nodes: 4
duration: 4s
protocol: push
loss: 0.2
faults:
  - { fault: pause, nodes: 1, at: 1s, lasts: 1500ms }
  - { fault: crash, nodes: 2, at: 1200ms, lasts: 1s }
`;

/** Suspicions, right and wrong ones. */
export const SWIM = `
nodes: 6
duration: 40s
protocol: swim
loss: 0.2
faults:
  - { fault: crash, nodes: 2, at: 10s }
`;

export async function bytesOf(
  chronicle: Chronicle,
  format: FormatName,
  options: TraceOptions = {},
): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces(chronicle, format, options)) all.push(Buffer.from(piece));
  return Buffer.concat(all);
}

export const textOf = async (...of: Parameters<typeof bytesOf>): Promise<string> =>
  (await bytesOf(...of)).toString();
