#!/usr/bin/env node
/**
 * Writes what became of the claims, and the table of protocols, into README.md, docs/ and results/README.md: `npm run readme`,
 * after a full-size run or a change of a protocol. `--check` changes nothing and fails if anything would change.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readClaims } from '../dist/src/experiment/claims-table.js';
import { findingsClaims, readmeClaims, resultsClaims } from '../dist/src/report/claims-table.js';
import { allProtocols, protocolRows, readmeProtocols } from './protocol-table.mjs';

const { rows } = readClaims('results');
const protocols = protocolRows();
const stale = [];
for (const [file, mark, table] of [
  ['README.md', 'claims', readmeClaims(rows)],
  ['README.md', 'protocols', readmeProtocols(protocols)],
  ['docs/findings.md', 'claims', findingsClaims(rows)],
  ['docs/protocols.md', 'protocols', allProtocols(protocols)],
  ['results/README.md', 'claims', resultsClaims(rows)],
]) {
  const text = readFileSync(file, 'utf8');
  const [before, open, close] = [text, `<!-- ${mark} -->\n`, `<!-- /${mark} -->`];
  const [from, to] = [before.indexOf(open), before.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${open.trim()} ... ${close}`);
  const after = before.slice(0, from + open.length) + table + before.slice(to);
  if (after === before) continue;
  stale.push(`${file} (${mark})`);
  if (!process.argv.includes('--check')) writeFileSync(file, after);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`not as it would be written: ${stale.join(', ')}; run: npm run readme`);
  process.exit(1);
}
