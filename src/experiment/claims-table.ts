/** The verdicts of all experiments below a results root, and claims.csv: one line per experiment and quantity. */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { UserError } from '../base/errors.ts';
import { overall } from './claims.ts';
import { csv } from './csv.ts';
import { readRunJson } from './folder.ts';
import type { Finding, Verdict } from './model.ts';
import type { Request } from './plan.ts';

/** The verdicts on one quantity: reproduced if all of its findings are. */
export interface QuantityRow {
  readonly quantity: string;
  readonly basis: Finding['basis'];
  readonly source: string;
  readonly verdict: Verdict;
  readonly findings: number;
  readonly reproduced: number;
  readonly notReproduced: number;
  readonly inconclusive: number;
}

export interface ClaimRow {
  readonly experiment: string;
  readonly question: string;
  readonly claim: string;
  readonly source: string;
  readonly seed: string;
  readonly verdict: Verdict;
  readonly quantities: readonly QuantityRow[];
}

export interface Claims {
  readonly rows: readonly ClaimRow[]; // by name
  /** Folders that are left out, a sentence each. */
  readonly damaged: readonly string[];
}

/** Writes claims.csv into the root. */
export function writeClaims(root: string): Claims {
  const claims = readClaims(root);
  const content = csv(
    [
      ['experiment', 'quantity', 'basis', 'source', 'verdict', 'findings'],
      ['reproduced', 'not_reproduced', 'inconclusive', 'seed'],
    ].flat(),
    claims.rows.flatMap(({ experiment, seed, quantities }) =>
      quantities.map((row) => [experiment, ...Object.values(row), seed]),
    ),
  );
  const path = join(root, 'claims.csv');
  try {
    writeFileSync(`${path}.${process.pid}.new`, content);
    renameSync(`${path}.${process.pid}.new`, path);
  } catch (error) {
    throw new UserError(
      `${path} cannot be written: ${error instanceof Error ? error.message : error}`,
    );
  }
  return claims;
}

export function readClaims(root: string): Claims {
  const rows: ClaimRow[] = [];
  const damaged: string[] = [];
  const folders = existsSync(root) ? readdirSync(root).sort() : [];
  for (const folder of folders.map((name) => join(root, name))) {
    if (!existsSync(join(folder, 'run.json'))) continue;
    try {
      if (claims(folder)) rows.push(claimOf(folder));
    } catch (error) {
      damaged.push(error instanceof UserError ? error.message : `${folder} is damaged: ${error}`);
    }
  }
  return { rows, damaged };
}

/** A sweep claims nothing. */
const claims = (folder: string): boolean => {
  const { request } = readRunJson(folder);
  return (request as Request | undefined)?.sweep === undefined;
};

function claimOf(folder: string): ClaimRow {
  const { experiment, question, claim, source, seed } = readRunJson(folder);
  const text = readFileSync(join(folder, 'findings.csv'), 'utf8');
  const findings = parse(text, { columns: true }) as Read[];
  const names = [...new Set(findings.map(({ quantity }) => quantity))];
  return {
    experiment: String(experiment),
    question: String(question),
    claim: String(claim),
    source: String(source),
    seed: String(seed),
    verdict: overall(findings),
    quantities: names.map((name) => quantityOf(findings.filter((of) => of.quantity === name))),
  };
}

/** As read back from findings.csv. */
type Read = Pick<Finding, 'quantity' | 'basis' | 'source' | 'verdict'>;

function quantityOf(findings: readonly Read[]): QuantityRow {
  const count = (verdict: Verdict) => findings.filter((of) => of.verdict === verdict).length;
  const [{ quantity, basis }] = findings;
  return {
    quantity,
    basis,
    source: [...new Set(findings.map(({ source }) => source))].join('; '),
    verdict: overall(findings),
    findings: findings.length,
    reproduced: count('reproduced'),
    notReproduced: count('not reproduced'),
    inconclusive: count('inconclusive'),
  };
}
