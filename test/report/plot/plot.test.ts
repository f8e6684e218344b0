import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { studentQuantile } from '../../../src/base/statistics.ts';
import { figureSpec } from '../../../src/report/figure-spec.ts';
import { axisTitle } from '../../../src/report/plot/axis-title.ts';
import { type PlotRequest, plotOf } from '../../../src/report/plot/plot.ts';
import { tableOf } from '../../../src/report/plot/table.ts';
import { toSvg } from '../../../src/report/render.ts';

const table = (text: string) => tableOf(Buffer.from(text), 'my.csv');

const request = (changes: Partial<PlotRequest> = {}): PlotRequest => ({
  ...{ x: 'n', y: 't99_ms', where: [], points: false, title: '', caption: '' },
  ...{ xScale: 'linear', yScale: 'linear' },
  ...changes,
});

const ROWS = `n,fanout,t99_ms,ok
100,1,50,true
100,1,70,false
100,2,30,true
1000,1,90,true
1000,1,110,true
1000,2,,true
`;

const plotted = (text: string, changes?: Partial<PlotRequest>) =>
  plotOf(table(text), request(changes));

function refusal(text: string, changes?: Partial<PlotRequest>): string {
  try {
    plotted(text, changes);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'none';
}

describe('rows that share x and colour', () => {
  it("become their mean with Student's interval", () => {
    const { summaries } = plotted(ROWS, { color: 'fanout' });
    expect(summaries.map(({ cell }) => cell)).toEqual([
      { n: 100, fanout: 1 },
      { n: 100, fanout: 2 },
      { n: 1000, fanout: 1 },
      { n: 1000, fanout: 2 },
    ]);
    const { mean, ciLow, ciHigh } = summaries[0].measures.t99_ms;
    const half = studentQuantile(0.975, 1) * 10; // sd 14.14, two rows
    expect(mean).toBe(60);
    expect([ciLow, ciHigh]).toEqual([60 - half, 60 + half]);
  });

  it('have no interval where a place has one row', () => {
    const { drawable, summaries } = plotted(ROWS, { color: 'fanout' });
    const { data } = figureSpec(drawable, drawable.figures[0], summaries) as {
      data: { values: readonly object[] };
    };
    expect(data.values).toContainEqual(
      expect.objectContaining({ x: 100, color: '2', y: 30, low: null, high: null }),
    );
  });

  it('are a share where they are true or false', () => {
    const { summaries } = plotted(ROWS, { y: 'ok' });
    expect(summaries[0].measures.ok.mean).toBeCloseTo(2 / 3, 12);
    expect(summaries[1].measures.ok.ciLow).toBeGreaterThan(0); // Wilson's, though all are true
  });

  it('are counted where they have no value', () => {
    const { notes } = plotted(ROWS, { color: 'fanout' });
    expect(notes).toEqual(['1 row of 6 without a value of t99_ms left out']);
  });

  it('keep the interval that a table of results has', () => {
    const text = 'x,mean,ci_low,ci_high\n1,5,4,7\n2,6,5,8\n';
    const { drawable, summaries } = plotted(text, { x: 'x', y: 'mean' });
    expect(summaries[0].measures.mean).toMatchObject({ mean: 5, ciLow: 4, ciHigh: 7 });
    expect(drawable.figures[0].band).toBe('ci');
  });

  it('say in the caption what bars over names are, as no line of the legend does', () => {
    const text = 'n,t99_ms\na,1\na,2\nb,3\n';
    const caption = (changes: Partial<PlotRequest>, of = text) =>
      plotted(of, changes).drawable.figures[0].caption;
    expect(caption({ caption: 'Mine.' })).toBe('Mine. Means and their 95 % intervals.');
    expect(caption({ caption: 'Mine.' }, ROWS)).toBe('Mine.');
  });

  it('have no interval where each stands alone', () => {
    expect(plotted('n,t99_ms\n1,2\n2,3\n').drawable.figures[0].band).toBe('none');
  });
});

describe('settings that a mean would hide', () => {
  const hidden = (text: string, changes?: Partial<PlotRequest>) =>
    plotted(text, changes).notes.filter((note) => note.startsWith('each mean'));

  it('are told by the cells of results', () => {
    const text = 'cell,seed,n,loss,t99_ms\n0,a,1,0,5\n0,b,1,0,6\n1,a,1,0.5,9\n1,b,1,0.5,8\n';
    expect(hidden(text)).toEqual([
      'each mean is over all values of loss; --where, --color or --facet tells them apart',
    ]);
    expect(hidden(text, { color: 'loss' })).toEqual([]);
    expect(hidden(text, { where: [{ column: 'loss', text: '0' }] })).toEqual([]);
  });

  it('are texts in other tables', () => {
    const text = 'n,protocol,t99_ms\n1,push,5\n1,pull,6\n';
    expect(hidden(text)).toHaveLength(1);
    expect(hidden(ROWS)).toEqual([]); // fanout may be a result
  });
});

describe('each row as a point', () => {
  it('is drawn, also where there are many', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `${i},${i * i},${i % 2 ? 'odd' : 'even'}`);
    const text = `n,t99_ms,kind\n${rows.join('\n')}\n`;
    const { drawable, summaries } = plotted(text, { points: true, color: 'kind' });
    const { svg } = await toSvg(figureSpec(drawable, drawable.figures[0], summaries));
    const marks = /<g class="mark-symbol role-mark.*?<\/g>/.exec(svg)![0];
    expect(marks.match(/<path /g)).toHaveLength(50);
  });

  it('needs numbers on x', () => {
    expect(refusal('a,b\nx,1\n', { x: 'a', y: 'b', points: true })).toBe(
      'plot: --points needs numbers on x; column a of my.csv has names',
    );
  });
});

describe('what is wrong is said', () => {
  it.each<[string, Partial<PlotRequest>, string]>([
    [
      ROWS,
      { color: 'fanot' },
      'plot: --color: my.csv has no column "fanot". Did you mean fanout? Its columns: n, fanout, t99_ms, ok',
    ],
    [ROWS, { y: 'n' }, 'plot: --x and --y are both n; name two columns'],
    [
      'n,t99_ms\n1,5\n2,fast\n',
      {},
      'my.csv: line 3: expected a number in column t99_ms; found "fast"',
    ],
    [
      'n,t99_ms\n1,5\n2,6\nmany,7\n',
      {},
      'my.csv: line 4: expected a number in column n; found "many"',
    ],
    [
      ROWS,
      { where: [{ column: 'fanout', text: '3' }] },
      'plot: --where fanout=3 leaves no row of my.csv; there, fanout is 1, 2',
    ],
    [
      ROWS,
      { points: true, color: 'n' },
      'plot: with --points, n is on x alone; name another --color or --facet',
    ],
    ['n,t99_ms\n,5\n', {}, 'plot: no row of my.csv has a value of n'],
    ['n,t99_ms\n1,\n', {}, 'plot: no row of my.csv has a value of t99_ms'],
  ])('%j', (text, changes, sentence) => {
    expect(refusal(text, changes)).toBe(sentence);
  });

  it('too many names on x, or colours', () => {
    const rows = Array.from({ length: 41 }, (_, i) => `name-${i},${i}`).join('\n');
    expect(refusal(`n,t99_ms\n${rows}\n`)).toBe(
      'plot: --x: n has 41 different values, too many to tell apart; --where chooses some (at most 40)',
    );
  });

  it.each([
    ['', 'my.csv: expected a header and rows below it; found none'],
    ['n,t99_ms\n', 'my.csv: expected a header and rows below it; found none'],
    ['n,t99_ms\n1,2,3\n', 'my.csv: line 2: expected 2 fields, as in the header; found 3'],
    ['n\0', 'my.csv: expected CSV text in UTF-8; found binary data or UTF-16 (a zero at byte 2)'],
  ])('in the table %j', (text, sentence) => {
    expect(() => table(text)).toThrow(sentence);
  });
});

it.each([
  ['t99_ms', 't99 (ms)'],
  ['coverage_frac', 'coverage (share)'],
  ['sent_per_node_msgs', 'sent per node (messages)'],
  ['bytes_per_node_s', 'bytes per node and second'],
  ['detect_mean_ms', 'time to detection (ms)'],
  ['fanout', 'fanout'],
  ['_s', ' s'],
])('the axis of %s is titled %s', (column, title) => {
  expect(axisTitle(column)).toBe(title);
});
