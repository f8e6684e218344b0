import { describe, expect, it } from 'vitest';
import { textWidth, wrapped } from '../../src/report/font.ts';

// Advance widths of DejaVu Sans 2.37 in units of 1/2048 em, as other font tools print them.
describe('textWidth', () => {
  it.each([
    [' ', 651],
    ['i', 569],
    ['m', 1995],
    ['W', 2025],
    ['0', 1303],
  ])('knows the width of %j', (letter, units) => {
    expect(textWidth(letter, 2048)).toBeCloseTo(units, 6);
  });

  it('adds up, scales with the size, and is greater in bold', () => {
    expect(textWidth('rumour', 24)).toBeCloseTo(2 * textWidth('rumour', 12), 9);
    expect(textWidth('ab', 10)).toBeCloseTo(textWidth('a', 10) + textWidth('b', 10), 9);
    expect(textWidth('rumour', 12, true)).toBeGreaterThan(textWidth('rumour', 12));
  });

  it('knows the signs that figures use', () => {
    const missing = textWidth('\u{1F600}', 10); // the glyph of what the font does not have
    for (const sign of '⁰⁻₂−·±π') expect(textWidth(sign, 10)).not.toBe(missing);
  });
});

describe('wrapped', () => {
  it('keeps a number and its % on one line', () => {
    expect(wrapped('about 95 % of', textWidth('about 95', 12) + 1, 12)).toEqual([
      'about',
      '95 % of',
    ]);
  });

  const text = 'Mean share of informed nodes; the bands are 95 % confidence intervals of the mean.';

  it('loses no word, and no line is wider than asked', () => {
    const lines = wrapped(text, 120, 12);
    expect(lines.join(' ')).toBe(text);
    for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(120);
    expect(lines.length).toBeGreaterThan(3);
  });

  it('gives a word that is too long a line of its own', () => {
    expect(wrapped('a incomprehensibilities b', 20, 12)).toEqual([
      'a',
      'incomprehensibilities',
      'b',
    ]);
  });
});
