/**
 * `npm run fuzz`: random scenarios under all invariants, and files that are wrong and must be refused. From the seed that
 * it prints it finds the same again; one number alone is had by --one.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { crew } from './crew.ts';
import { mutantOf } from './files.ts';
import { type Done, perform, type Task } from './worker.ts';

const HELP = `npm run fuzz -- [--scenarios N] [--files N] [--seed S] [--minutes M] [--workers N]
npm run fuzz -- --one scenarios:17 | files:17 [--seed S]     that one alone; a wrong file is written to the temporary folder
`;

const { values } = parseArgs({
  options: {
    scenarios: { type: 'string', default: '1000' },
    files: { type: 'string', default: '1000' },
    seed: { type: 'string', default: 'fuzz' },
    minutes: { type: 'string', default: 'Infinity' },
    workers: { type: 'string', default: String(availableParallelism()) },
    one: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function one(which: string): Promise<void> {
  const [of, number] = which.split(':');
  const from = Number(number);
  const task: Task = { of: of as Task['of'], seed: values.seed, from, to: from + 1 };
  if (of === 'files') {
    const { what, bytes } = mutantOf(values.seed, from);
    const file = join(tmpdir(), 'wrong.yaml');
    writeFileSync(file, bytes);
    console.log(`${what}: ${file}`);
  }
  const { complaints } = await perform(task);
  console.log(complaints.map(({ text }) => text).join('\n') || 'nothing is wrong');
  process.exitCode = complaints.length > 0 ? 1 : 0;
}

async function all(): Promise<void> {
  const { seed } = values;
  const workers = Number(values.workers);
  const until = performance.now() + Number(values.minutes) * 60_000;
  for (const of of ['scenarios', 'files'] as const) {
    const words = new Set<string>();
    let [events, wrong] = [0, 0];
    const count = Number(values[of]);
    const heard = (done: Done) => {
      for (const word of done.words) words.add(word);
      events += done.events;
      for (const { index, text } of done.complaints) {
        wrong++;
        console.log(
          `--- ${of} ${index}: again by npm run fuzz -- --seed ${seed} --one ${of}:${index}\n${text}`,
        );
      }
    };
    const done = await crew({ of, seed, count, workers, until, heard });
    console.log(
      `seed ${seed}: ${done} ${of}, ${wrong} wrong${events > 0 ? `, ${events} events` : ''}`,
    );
    if (words.size > 0) console.log(`covered: ${[...words].sort().join(', ')}`);
    if (wrong > 0) process.exitCode = 1;
  }
}

if (values.help) console.log(HELP);
else if (values.one !== undefined) await one(values.one);
else await all();
