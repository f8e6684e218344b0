/** `hearsay plot` from the outside: a table becomes pictures, pictures become PDF. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { emptyFolder, hearsay } from './hearsay.ts';

const ROWS = ['n,fanout,t99_ms', '100,1,50', '100,1,70', '100,2,30', '1000,1,90', '1000,2,'];

function table(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'rows.csv'), `${ROWS.join('\n')}\n`);
  return cwd;
}

const PLOT = ['plot', 'rows.csv', '--x', 'n', '--y', 't99_ms', '--color', 'fanout'];

test.concurrent('a table is drawn as plot.svg and plot.png', async ({ expect }) => {
  const cwd = table();
  const { code, stdout, stderr } = await hearsay([...PLOT, '--x-scale', 'log'], { cwd });
  expect([code, stdout]).toEqual([0, 'plot.svg\nplot.png\n']);
  expect(stderr).toBe('plot: 1 row of 5 without a value of t99_ms left out\n');
  await expect(readFileSync(join(cwd, 'plot.svg'), 'utf8')).toMatchFileSnapshot(
    '../golden/cli/plot.svg',
  );
  expect(readFileSync(join(cwd, 'plot.png')).subarray(1, 4).toString()).toBe('PNG');
});

test.concurrent('a figure is drawn again as PDF, the same as from the table', async ({
  expect,
}) => {
  const cwd = table();
  const title = ['--title', 'Time', '--caption', 'All of it.', '--where', 'fanout=1'];
  await hearsay([...PLOT, ...title, '--out', 't.vl.json', '--out', 'table.pdf'], { cwd });
  await hearsay(['plot', 't.vl.json', '--out', 'figure.pdf'], { cwd });
  const { code, stdout, stderr } = await hearsay(
    ['plot', 't.vl.json', '--bare', '--formats', 'svg', '--out', 'paper'],
    { cwd },
  );
  expect([code, stdout]).toEqual([0, 'paper/t.svg\n']);
  expect(stderr).toBe('plot: the caption of t.vl.json: All of it.\n');
  const bytes = (file: string) => readFileSync(join(cwd, file));
  expect(bytes('figure.pdf').equals(bytes('table.pdf'))).toBe(true);
  expect(bytes('paper/t.svg').includes('All of it.')).toBe(false);
});

test.concurrent('nothing is written where a figure is none', async ({ expect }) => {
  const cwd = table();
  await hearsay([...PLOT, '--out', 'good.vl.json'], { cwd });
  writeFileSync(join(cwd, 'bad.vl.json'), '{}');
  const words = ['plot', 'good.vl.json', 'bad.vl.json', '--out', 'paper'];
  const { code, stderr } = await hearsay(words, { cwd });
  expect(code).toBe(2);
  expect(stderr).toBe(
    'plot: bad.vl.json is not a figure that this version of hearsay has drawn: it does not say how wide it is in print\n',
  );
  expect(readdirSync(cwd).sort()).toEqual(['bad.vl.json', 'good.vl.json', 'rows.csv']);
});
