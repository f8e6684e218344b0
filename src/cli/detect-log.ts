/** Reads the log, lets the detectors run over it, prints how they did and writes table and figure. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { detectorKinds } from '../detectors/registry.ts';
import {
  type Contender,
  contend,
  contendersFor,
  everyDetector,
  NEEDS_SEND_TIMES,
  type Result,
  warmUpOf,
} from '../experiment/contenders.ts';
import { type Files, notWritable } from '../experiment/folder.ts';
import { sha256 } from '../experiment/keys.ts';
import { type Log, logOf } from '../experiment/log.ts';
import { readRows } from '../experiment/log-rows.ts';
import { packageVersion } from '../experiment/package.ts';
import { detectCsv, detectTable } from '../report/detect-table.ts';
import { drawFigures } from '../report/figures.ts';
import { tradeOff, tradeOffSummaries } from '../report/trade-off.ts';
import type { DetectWish } from './detect-wish.ts';
import { inputFile } from './input-file.ts';
import { makeFolder } from './make-folder.ts';
import { progress, timeLeft } from './progress.ts';
import { print, say, widthOf } from './terminal.ts';
import { count, duration, grouped } from './wording.ts';

export async function detectLog(wish: DetectWish): Promise<void> {
  const { path, folder } = wish;
  const content = inputFile('detect', path);
  const log = logOf(readRows(content, path, wish.format), path, wish.periodMs);
  const all = wish.detectors.length === 0;
  const contenders = contendersFor(log, all ? everyDetector() : wish.detectors, wish.levels);
  const warmUp = warmUpOf(log, wish.warmUpMs);
  makeFolder('detect', folder);
  introduce(log, wish);
  if (all)
    say(
      `${NEEDS_SEND_TIMES} is left out, as it must know when heartbeats were sent: --detector ${NEEDS_SEND_TIMES}:originMs=T asks for it, T the time in ms at which heartbeat 0 was sent`,
    );
  const results = await resultsOf(log, contenders, warmUp);
  const record = recordOf(log, results, wish, sha256(content));
  const files: Files = {
    'detect.csv': detectCsv(results),
    ...(await drawFigures(tradeOff(basename(path), results), tradeOffSummaries(results))),
    'detect.json': `${record}\n`,
  };
  write(folder, files);
  if (wish.print === 'json') print(record);
  else if (wish.print === 'csv') print(files['detect.csv'].toString().trimEnd());
  else print(detectTable(results, widthOf(process.stdout)));
  say(`Table and figure in ${join(folder, sep)}: ${Object.keys(files).join(', ')}`);
}

/** What the log is, and what had to be put right. */
function introduce(log: Log, { path, periodMs, warmUpMs }: DetectWish): void {
  const found = log.numbered ? 'time per number' : 'the median interval';
  const period = `period ${log.periodMs} ms (${periodMs === undefined ? found : 'as given'})`;
  say(
    `${path}: ${count(log.rows, 'row')}, ${count(log.pairs, 'pair')}, ${duration(log.spanMs / 1000)}, ${period}`,
  );
  const handled = [
    [log.bad, 'bad (left out)'],
    [log.outOfOrder, 'out of order (sorted)'],
    [log.duplicates, 'duplicate (left out)'],
    [log.overtaken, 'overtaken by a later heartbeat (left out)'],
  ] as const;
  const told = handled.flatMap(([n, what]) => (n > 0 ? [`${grouped(n)} ${what}`] : []));
  if (told.length > 0) say(`rows: ${told.join(', ')}`);
  if (log.firstBad !== undefined) say(`the first bad row: ${log.firstBad}`);
  if (log.newLives > 0)
    say(`${count(log.newLives, 'restart')}: a sequence began anew, and so do the detectors`);
  if (!log.numbered) say('no sequence column: heartbeats are numbered by the gaps between them');
  if (warmUpMs > 0) say(`the first ${warmUpMs} ms are not counted`);
}

/** One detector after the other; between them the progress is shown. */
async function resultsOf(
  log: Log,
  contenders: readonly Contender[],
  warmUp: number,
): Promise<Result[]> {
  const start = Date.now();
  const total = contenders.length;
  const first = { done: 0, total };
  const shown = await progress('detect', first, new AbortController().signal, 'detector');
  const results: Result[] = [];
  try {
    for (const contender of contenders) {
      results.push({ contender, levels: contend(log, contender, warmUp) });
      const done = results.length;
      shown.update({ done, total, left_s: timeLeft(start, done / total) });
      await setImmediate(); // lets the progress be shown, and Ctrl-C be heard
    }
  } finally {
    shown.stop();
  }
  return results;
}

function write(folder: string, files: Files): void {
  try {
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content);
    }
  } catch (error) {
    throw notWritable(folder, error);
  }
}

/** Everything, as JSON: the log, what was asked of whom, and how it did. */
function recordOf(log: Log, results: readonly Result[], wish: DetectWish, hash: string): string {
  const { arrivals, ...about } = log;
  const detectors = results.map(({ contender: { label, name, options }, levels }) => {
    const { source, level } = detectorKinds[name];
    return { detector: label, name, source, level, options, levels };
  });
  return JSON.stringify(
    {
      log: { file: wish.path, sha256: hash, heartbeats: arrivals.times.length, ...about },
      warmUpMs: wish.warmUpMs,
      hearsay: packageVersion(),
      detectors,
    },
    null,
    2,
  );
}
