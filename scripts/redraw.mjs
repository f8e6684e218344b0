#!/usr/bin/env node
/**
 * Draws the figures of results anew from their tables, without running anything: `npm run redraw` for all of results/,
 * or `npm run redraw -- results/fanout results/bench`. For after a change of how figures look, since `hearsay reproduce`
 * compares them. `--check` writes nothing and lists what would change (exit code 1).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../dist/src/experiment/keys.js';
import { recordedPlan } from '../dist/src/experiment/reproduce.js';
import { storedSummaries } from '../dist/src/experiment/stored-summaries.js';
import { drawFigures } from '../dist/src/report/figures.js';
import { benchFigures } from './redraw-bench.mjs';

const words = process.argv.slice(2);
const check = words.includes('--check');
const named = words.filter((word) => word !== '--check');

const all = readdirSync('results')
  .map((name) => join('results', name))
  .filter((folder) => existsSync(join(folder, 'figures')));

let changed = 0;
for (const folder of named.length > 0 ? named : all) {
  const path = join(folder, 'run.json');
  const record = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  const files = record ? await experimentFigures(folder) : await benchFigures(folder);
  for (const [file, content] of Object.entries(files)) {
    const hash = sha256(content);
    if (hashOf(join(folder, file)) === hash && (!record || record.files[file] === hash)) continue;
    changed++;
    console.log(join(folder, file));
    if (record) record.files[file] = hash;
    if (!check) writeFileSync(join(folder, file), content);
  }
  if (record && !check) writeFileSync(path, `${JSON.stringify(record, null, 2)}\n`);
}
console.log(`${changed} files ${check ? 'would change' : 'changed'}`);
process.exitCode = check && changed > 0 ? 1 : 0;

function hashOf(path) {
  return existsSync(path) ? sha256(readFileSync(path)) : undefined;
}

async function experimentFigures(folder) {
  const plan = await recordedPlan(folder);
  const missing = missingShares(folder, plan.experiment);
  return drawFigures(plan.experiment, storedSummaries(folder, plan, missing));
}

/** Of series, the greatest share of runs without a value: series.csv does not hold it, the figure's caption does. */
function missingShares(folder, { series = {}, figures }) {
  const shares = {};
  for (const { name, y } of figures) {
    const path = join(folder, 'figures', `${name}.vl.json`);
    if (!series[y.field] || !existsSync(path)) continue;
    const caption = JSON.parse(readFileSync(path, 'utf8')).title.subtitle.join(' ');
    const percent = /\(at most (\d+) % of a point's runs\)/.exec(caption.replaceAll('\u00a0', ' '));
    if (percent) shares[y.field] = Number(percent[1]) / 100;
  }
  return shares;
}
