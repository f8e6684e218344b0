#!/usr/bin/env node
/** Writes the table of claims of results/ into README.md. Run it after a full-size run: `npm run readme`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { readClaims } from '../dist/src/experiment/claims-table.js';
import { readmeClaims } from '../dist/src/report/claims-table.js';

const readme = readFileSync('README.md', 'utf8');
const table = readmeClaims(readClaims('results').rows);
const between = /(<!-- claims -->\n)[\s\S]*?(<!-- \/claims -->)/;
writeFileSync(
  'README.md',
  readme.replace(between, (_, before, after) => before + table + after),
);
