/** Curves for the terminal. */
import { expect, it } from 'vitest';
import { type ChartOptions, chart, pointsOf } from '../../src/report/chart.ts';

const OPTIONS: ChartOptions = { width: 44, height: 5, ascii: false, most: 1, until_s: 20 };

const drawn = (of: (share: number) => number, options: ChartOptions) => {
  const points = pointsOf(options);
  const values = Array.from({ length: points }, (_, i) => of(i / (points - 1)));
  return chart(values, options);
};

it('is two dots wide and four high a letter', () => {
  expect(`\n${drawn((share) => share, OPTIONS)}\n`).toMatchInlineSnapshot(`
    "
      1 │                               ⢀⣀⡠⠤⠔⠒⠊⠉
        │                       ⢀⣀⡠⠤⠔⠒⠊⠉⠁
    0.5 │               ⢀⣀⡠⠤⠔⠒⠊⠉⠁
        │       ⢀⣀⡠⠤⠔⠒⠊⠉⠁
      0 │⣀⡠⠤⠔⠒⠊⠉⠁
        └───────────────────────────────────────
         0                  10              20 s
    "
  `);
});

it('is plain where it must be', () => {
  const text = drawn((share) => share ** 2, { ...OPTIONS, ascii: true });
  expect([...text].every((letter) => letter === '\n' || (letter >= ' ' && letter <= '~'))).toBe(
    true,
  );
  expect(`\n${text}\n`).toMatchInlineSnapshot(`
    "
      1 |                                    ***
        |                               *****
    0.5 |                        *******
        |              **********
      0 |**************
        +---------------------------------------
         0                  10              20 s
    "
  `);
});

it('keeps to its width, and draws what is level', () => {
  for (const width of [30, 60, 111]) {
    const text = drawn(() => 0, { ...OPTIONS, width });
    expect(text.split('\n').every((line) => line.length <= width)).toBe(true);
    expect(text).toContain('0 │⣀⣀⣀');
  }
});

it('paints the curve, not the axes', () => {
  const text = drawn((share) => share, { ...OPTIONS, paint: (curve) => `<${curve}>` });
  expect(text).toContain('1 │<');
  expect(text).not.toContain('<└');
});
