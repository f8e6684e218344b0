/** Verdicts on the page: a sign and a word, so that colour alone says nothing. */
import type { Verdict } from '../../experiment/model.ts';
import { grouped } from '../numbers.ts';
import { html, type Markup } from './markup.ts';
import type { Results, Row } from './results.ts';

const SIGNS: Readonly<Record<Verdict, readonly [sign: string, className: string]>> = {
  reproduced: ['✓', 'good'],
  inconclusive: ['?', 'doubt'],
  'not reproduced': ['✗', 'bad'],
};

export const classOf = (verdict: Verdict): string => SIGNS[verdict][1];

export const sign = (verdict: Verdict): Markup =>
  html`<span class="sign ${classOf(verdict)}" aria-hidden="true">${SIGNS[verdict][0]}</span>`;

export const verdictText = (verdict: Verdict): Markup =>
  html`<span class="verdict">${sign(verdict)} ${verdict}</span>`;

export const withVerdict = (rows: readonly Row[], verdict: Verdict): Row[] =>
  rows.filter((row) => row.verdict === verdict);

/** As findings decide it; undefined for what claims nothing. */
export function verdictOf({ findings }: Pick<Results, 'findings'>): Verdict | undefined {
  if (findings.length === 0) return undefined;
  const worst = (['not reproduced', 'inconclusive'] as const).find(
    (verdict) => withVerdict(findings, verdict).length > 0,
  );
  return worst ?? 'reproduced';
}

/** '13 of 18' */
export const share = (rows: readonly Row[]): string =>
  `${counted(withVerdict(rows, 'reproduced').length)} of ${counted(rows.length)}`;

export const counted = (count: number): string => grouped(String(count));
