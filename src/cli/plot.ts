/** `hearsay plot`: figures of one's own from a CSV file, and figures of results for a paper. */
import { DONE, type Given, type Verb } from './verb.ts';

const scale = (axis: string, choices: readonly string[]) =>
  ({
    kind: 'text',
    value: 'SCALE',
    choices,
    describe: `of the ${axis} axis: ${choices.join(', ')} (default: linear)`,
  }) as const;

export const plot: Verb = {
  name: 'plot',
  summary: 'Draw columns of a CSV file, or a figure of results again, for a paper or a slide.',
  words: {
    name: 'file',
    describe: 'a CSV file, such as rows.csv of results; or figures of results (NAME.vl.json)',
  },
  options: {
    x: { kind: 'text', value: 'COLUMN', describe: 'what is on the x axis: numbers or names' },
    y: { kind: 'text', value: 'COLUMN', describe: 'what is on the y axis: numbers, or true/false' },
    color: {
      kind: 'text',
      value: 'COLUMN',
      describe: 'a line and a colour for each of its values',
    },
    facet: { kind: 'text', value: 'COLUMN', describe: 'a panel for each of its values' },
    where: {
      kind: 'list',
      value: 'COLUMN=VALUE',
      describe: 'only these rows; VALUE,VALUE for several values; repeatable',
    },
    points: { kind: 'switch', describe: 'each row as a point, instead of means' },
    'x-scale': scale('x', ['linear', 'log', 'log2']),
    'y-scale': scale('y', ['linear', 'log']),
    'x-title': { kind: 'text', value: 'TEXT', describe: 'instead of the name of the column' },
    'y-title': { kind: 'text', value: 'TEXT', describe: 'the same' },
    title: { kind: 'text', value: 'TEXT', describe: 'above the figure (default: none)' },
    caption: { kind: 'text', value: 'TEXT', describe: 'under the title (default: none)' },
    bare: { kind: 'switch', describe: 'without title and caption: a paper sets its own' },
    width: {
      kind: 'text',
      value: 'COLUMNS',
      choices: ['one', 'two'],
      describe: 'of a paper: one (3.5 in) or two (7.2 in; default for panels)',
    },
    out: {
      kind: 'list',
      value: 'FILE',
      describe:
        'FILE.svg, .png, .pdf or .vl.json (Vega-Lite, with the data); repeatable; or a folder (default: plot.svg and plot.png here)',
    },
    formats: {
      kind: 'text',
      value: 'KINDS',
      describe: 'what goes to a folder: svg, png, pdf, vl.json (default: svg,png)',
    },
  },
  examples: [
    [
      'npx hearsay plot results/rumour-mongering/rows.csv --x k --y residue_frac --color variant --y-scale log',
      'means with 95 % intervals',
    ],
    [
      'npx hearsay plot my.csv --x n --y t99_ms --where loss=0.1 --out t99.pdf --width two',
      'as PDF, two columns wide',
    ],
    [
      'npx hearsay plot results/*/figures/*.vl.json --bare --formats pdf --out paper',
      'the figures of results for a paper',
    ],
  ],
  notes:
    "Rows that share x, colour and panel become their mean with Student's 95 % interval (true/false: the\n" +
    "share with Wilson's). Of summary.csv and series.csv, --y mean is drawn with the interval beside it.\n" +
    'Text is 7 pt or more in print. PDF has its text as text, in a font of its own. Same input, same bytes.',
  run,
};

async function run(given: Given): Promise<number> {
  const { wishOf } = await import('./plot-wish.ts');
  const wish = wishOf(given);
  const { plotFiles } = await import('./plot-files.ts');
  await plotFiles(wish);
  return DONE;
}
