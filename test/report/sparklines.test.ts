/** The first figure in the terminal. */
import { expect, it } from 'vitest';
import { sparklines } from '../../src/report/sparklines.ts';
import { curve, examples, fanout, topology } from './examples.ts';

const shown = ({ experiment, summaries }: (typeof examples)[number], width = 100) =>
  sparklines(experiment, summaries, width);

it('is a row of bars a line, over an axis or a series', () => {
  expect(`\n${shown(fanout)}\n`).toMatchInlineSnapshot(`
    "
    coverage              fanout   over it     least to greatest
    ────────────────────  ───────  ──────────  ─────────────────
    informed share of nodes, each from its least to its greatest
      loss 0, n 100       1 to 10  ▁▇████████  0.08 to 1
      loss 0.05, n 100    1 to 10  ▁▆▇███████  0.0803 to 1
      loss 0.2, n 100     1 to 10  ▁▅▇███████  0.0805 to 1
      loss 0.5, n 100     1 to 10  ▁▁▅▆▇█████  0.0801 to 0.994
      loss 0, n 1,000     1 to 10  ▁▇████████  0.00794 to 1
      loss 0.05, n 1,000  1 to 10  ▁▆████████  0.00794 to 1
      loss 0.2, n 1,000   1 to 10  ▁▅▇███████  0.00794 to 1
      loss 0.5, n 1,000   1 to 10  ▁▁▅▇▇█████  0.00796 to 1
    and 4 more lines: see the figure
    "
  `);
  expect(`\n${shown(curve)}\n`).toMatchInlineSnapshot(`
    "
    coverage              round    over it                     least to greatest
    ────────────────────  ───────  ──────────────────────────  ─────────────────
    informed share of nodes, each from its least to its greatest
      protocol push       0 to 25  ▁▁▁▁▁▁▁▁▁▁▂▂▃▅▆▇▇█████████  0.000112 to 1
      protocol pull       0 to 25  ▁▁▁▁▁▁▁▁▁▁▂▃▄▆▇███████████  2.04e-5 to 1
      protocol push-pull  0 to 25  ▁▁▁▁▁▂▃▄▆▇████████████████  0.000453 to 1
    "
  `);
});

it('is left out over names, which are in no order', () => {
  expect(shown(topology)).toBe('');
});

it('keeps to its width', () => {
  for (const one of examples) {
    expect(
      shown(one, 80)
        .split('\n')
        .every((line) => line.length <= 80),
    ).toBe(true);
  }
});
