#!/usr/bin/env node
/** Writes what became of the claims into README.md, docs/findings.md and results/README.md. Run it after a full-size run: `npm run readme`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { readClaims } from '../dist/src/experiment/claims-table.js';
import { findingsClaims, readmeClaims, resultsClaims } from '../dist/src/report/claims-table.js';

const { rows } = readClaims('results');
const between = /(<!-- claims -->\n)[\s\S]*?(<!-- \/claims -->)/;
for (const [file, table] of [
  ['README.md', readmeClaims(rows)],
  ['docs/findings.md', findingsClaims(rows)],
  ['results/README.md', resultsClaims(rows)],
]) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(between, (_, before, after) => before + table + after),
  );
}
