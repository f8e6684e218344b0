/** What a run says before it starts: the seed first, then how much there is to do. */
import type { Job } from './prepare.ts';
import { say } from './terminal.ts';
import { bytes, count, duration, grouped } from './wording.ts';

/** `threads`: undefined if the work is done elsewhere. */
export function announce(jobs: readonly Job[], threads: number | undefined): void {
  const [one] = jobs;
  say(
    jobs.length === 1
      ? `seed ${one.plan.seed}`
      : `seeds ${jobs.map(({ plan }) => plan.seed).join(', ')}`,
  );
  const total = sum(jobs, ({ part }) => part.runs);
  const left = sum(jobs, ({ runs }) => runs);
  const cells = sum(jobs, ({ part }) => part.cells.length);
  const least = jobs.some(({ plan }) => plan.request.precision !== undefined) ? 'at least ' : '';
  const size = `${count(jobs.length, 'experiment')}, ${count(cells, 'cell')}, ${least}${count(total, 'run')}`;
  if (left === 0) {
    say(`${size}: all finished before`);
    return;
  }
  const before = left < total ? `, ${grouped(total - left)} finished before` : '';
  if (threads === undefined) {
    say(`${size}${before}`);
    return;
  }
  // The events of a scenario are guessed too badly to tell a time from.
  const isSweep = jobs.some(({ plan }) => plan.request.sweep !== undefined);
  const time = isSweep ? '' : `about ${duration(sum(jobs, (job) => job.seconds))} `;
  const most = Math.max(...jobs.map((job) => job.bytes));
  say(`${size}${before}: ${time}on ${count(threads, 'thread')}, ${bytes(most)} of memory`);
}

/** The answer of a dry run. */
export function plannedText(jobs: readonly Job[], json: boolean): string {
  const rows = jobs.map(({ plan, part, folder, runs, seconds, bytes: memory }) => ({
    experiment: plan.experiment.name,
    size: plan.size,
    seed: plan.seed,
    axes: plan.axes,
    cells: part.cells.length,
    runs: part.runs,
    ...(plan.request.precision === undefined ? {} : { runs_at_least: true }),
    runs_left: runs,
    seconds: Number(seconds.toPrecision(2)),
    memory_bytes: Math.round(memory),
    folder,
  }));
  if (json) return JSON.stringify({ dry_run: true, experiments: rows }, null, 2);
  return rows
    .map((row) =>
      [
        `${row.experiment} (${row.size}) -> ${row.folder}`,
        ...Object.entries(row.axes).map(([axis, values]) => `  ${axis} = ${values.join(', ')}`),
        `  ${count(row.cells, 'cell')}, ${row.runs_at_least ? 'at least ' : ''}${count(row.runs, 'run')}, ${grouped(row.runs_left)} of them to do: about ${duration(row.seconds)}, ${bytes(row.memory_bytes)}`,
      ].join('\n'),
    )
    .join('\n\n');
}

const sum = (jobs: readonly Job[], of: (job: Job) => number): number =>
  jobs.reduce((total, job) => total + of(job), 0);
