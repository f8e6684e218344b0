/** A worker of the fuzzer: takes a range of numbers at a time, so that one that hangs is known. */
import { parentPort } from 'node:worker_threads';
import { fuzzFile } from './files.ts';
import { fuzzScenario } from './scenarios.ts';

export interface Task {
  readonly of: 'scenarios' | 'files';
  readonly seed: string;
  readonly from: number;
  readonly to: number;
}

export interface Done {
  readonly complaints: readonly { readonly index: number; readonly text: string }[];
  readonly words: readonly string[];
  readonly events: number;
}

export async function perform({ of, seed, from, to }: Task): Promise<Done> {
  const complaints: { index: number; text: string }[] = [];
  const words = new Set<string>();
  let events = 0;
  for (let index = from; index < to; index++) {
    if (of === 'files') {
      const wrong = fuzzFile(seed, index);
      const file = wrong && (typeof wrong.bytes === 'string' ? wrong.bytes : `${wrong.bytes}`);
      if (wrong) complaints.push({ index, text: `${wrong.what}: ${wrong.wrong}\n${file}` });
      continue;
    }
    const { finding, words: drawn, events: many } = await fuzzScenario(seed, index);
    for (const word of drawn) words.add(word);
    events += many;
    if (finding !== undefined)
      complaints.push({
        index,
        text: `${finding.invariant}: ${finding.sentence}\n${finding.text}`,
      });
  }
  return { complaints, words: [...words], events };
}

parentPort?.on('message', async (task: Task) => parentPort?.postMessage(await perform(task)));
