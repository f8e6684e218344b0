import { describe, expect, it } from 'vitest';
import { figureSpec, type Json } from '../../src/report/figure-spec.ts';
import { bare, isFigure, pictureOf } from '../../src/report/pictures.ts';
import { type Example, pushRounds } from './examples.ts';

const spec = ({ experiment, summaries }: Example): Json =>
  figureSpec(experiment, experiment.figures[0], summaries);

describe('a figure as PDF', () => {
  const pdfOf = async (of: Json) => Buffer.from(await pictureOf(of, 'pdf')).toString('latin1');
  const titled = pdfOf(spec(pushRounds)); // drawing one takes half a second

  it('is one page as wide as a column of a paper', async () => {
    expect(await titled).toMatch(/\/MediaBox \[0 0 252 [\d.]+\]/);
    expect(await titled).toContain('/Count 1\n');
  });

  it('has its text as text, in the shipped font and no other', async () => {
    const fonts = [...(await titled).matchAll(/\/BaseFont \/(?:[A-Z]{6}\+)?([\w-]+)/g)];
    const names = fonts.map(([, name]) => name);
    expect(new Set(names)).toEqual(new Set(['DejaVuSans', 'DejaVuSans-Bold']));
    expect(await titled).toContain('/FontFile2');
    expect(await titled).toContain('/ToUnicode'); // so that it can be searched and copied
  });

  it('knows no date', async () => {
    const dates = [...(await titled).matchAll(/\(D:(\d+)Z?\)/g)].map(([, date]) => date);
    expect(dates).toEqual(['19700101000000']);
  });

  it('has no bold letters where it has no title', async () => {
    const pdf = await pdfOf(bare(spec(pushRounds)));
    expect(pdf).not.toContain('DejaVuSans-Bold');
    expect(pdf).toContain('/MediaBox [0 0 252 ');
  });
});

describe('a spec', () => {
  it('is drawn as it is stored', async () => {
    const text = String(await pictureOf(spec(pushRounds), 'vl.json'));
    const stored = JSON.parse(text);
    expect(isFigure(stored)).toBe(true);
    expect(await pictureOf(stored, 'svg')).toBe(await pictureOf(spec(pushRounds), 'svg'));
  });

  it.each([
    null,
    3,
    {},
    { data: { values: [] } },
    { data: { url: 'x' }, usermeta: { widthPx: 1 } },
  ])('of others is none of ours: %j', (other) => expect(isFigure(other)).toBe(false));
});
