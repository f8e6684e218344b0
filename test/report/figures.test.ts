import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { figureSpec } from '../../src/report/figure-spec.ts';
import { drawFigures } from '../../src/report/figures.ts';
import { toSvg } from '../../src/report/render.ts';
import { examples, fanout, pushRounds, rumours, topology } from './examples.ts';
import { cutTexts } from './svg-texts.ts';

const golden = (name: string) => `../golden/figures/${name}`;
const sha = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

const figures = examples.flatMap(({ experiment, summaries }) =>
  experiment.figures.map((figure) => ({
    name: `${experiment.name}/${figure.name}`,
    spec: () => figureSpec(experiment, figure, summaries),
  })),
);

// The goldens were written by another process, so they also show that a fresh one draws the same bytes.
describe('drawFigures', () => {
  it('gives a spec, an SVG and a PNG for each figure', async () => {
    const files = await drawFigures(fanout.experiment, fanout.summaries);
    const endings = ['vl.json', 'svg', 'png'];
    const names = ['coverage', 'residue'].flatMap((name) => endings.map((end) => `${name}.${end}`));
    expect(Object.keys(files)).toEqual(names.map((name) => `figures/${name}`));
  });

  it('leaves out a figure that shows none of the cells', async () => {
    const [coverage, residue] = fanout.experiment.figures;
    const figures = [{ ...coverage, where: () => false }, residue];
    const files = await drawFigures({ ...fanout.experiment, figures }, fanout.summaries);
    expect(Object.keys(files).every((name) => name.startsWith('figures/residue.'))).toBe(true);
    expect(Object.keys(files)).toHaveLength(3);
  });

  it('draws lines, bands, theory and published points as before', async () => {
    const files = await drawFigures(pushRounds.experiment, pushRounds.summaries);
    const { 'figures/rounds.svg': svg, 'figures/rounds.vl.json': spec } = files;
    await expect(svg).toMatchFileSnapshot(golden('push-rounds.svg'));
    await expect(spec).toMatchFileSnapshot(golden('push-rounds.vl.json'));
  });

  it('draws a log axis, colours and gaps as before', async () => {
    const files = await drawFigures(fanout.experiment, fanout.summaries);
    await expect(files['figures/residue.svg']).toMatchFileSnapshot(golden('residue.svg'));
  });

  it('draws a measure against a measure, and names on x, as before', async () => {
    const traffic = await drawFigures(rumours.experiment, rumours.summaries);
    const overlays = await drawFigures(topology.experiment, topology.summaries);
    await expect(traffic['figures/residue-traffic.svg']).toMatchFileSnapshot(golden('traffic.svg'));
    await expect(overlays['figures/overlays.svg']).toMatchFileSnapshot(golden('overlays.svg'));
  });

  it('gives the same bytes again, also from modules that were just loaded', async () => {
    const { experiment, summaries } = rumours;
    const hashes = async (draw: typeof drawFigures) =>
      Object.entries(await draw(experiment, summaries)).map(([name, file]) => [name, sha(file)]);
    const first = await hashes(drawFigures);
    expect(await hashes(drawFigures)).toEqual(first);
    vi.resetModules();
    const fresh = await import('../../src/report/figures.ts');
    expect(await hashes(fresh.drawFigures)).toEqual(first);
  });

  it('puts the spec on disk as it was drawn', async () => {
    const files = await drawFigures(pushRounds.experiment, pushRounds.summaries);
    const { svg } = await toSvg(JSON.parse(String(files['figures/rounds.vl.json'])));
    expect(`${svg}\n`).toBe(files['figures/rounds.svg']);
  });
});

describe.each(figures)('figure $name', ({ spec }) => {
  it('is a spec that Vega-Lite takes without a warning', async () => {
    const { warnings } = await toSvg(spec());
    expect(warnings).toEqual([]);
  });

  it('is as wide as one or two columns of a paper', async () => {
    const { usermeta, facet } = spec() as { usermeta: { printedWidthPt: number }; facet?: unknown };
    const { svg } = await toSvg(spec());
    const width = facet ? 888 : 432;
    expect(svg.slice(0, svg.indexOf('><'))).toContain(` width="${width}" `);
    expect(svg.slice(0, svg.indexOf('><'))).toContain(` viewBox="0 0 ${width} `);
    expect(usermeta.printedWidthPt).toBeCloseTo(facet ? 518 : 3.5 * 72, 6);
  });

  it('keeps every text inside the picture', async () => {
    const { svg } = await toSvg(spec());
    const texts = cutTexts(svg);
    expect(texts.all).toBeGreaterThan(10);
    expect(texts.outside).toEqual([]);
    expect(svg).not.toContain('…');
  });
});

it('a figure whose spec is wrong fails instead of drawing nothing', async () => {
  const { experiment, summaries } = pushRounds;
  const spec = figureSpec(experiment, experiment.figures[0], summaries);
  await expect(toSvg({ ...spec, layer: [{ mark: 'unheard-of' }] })).rejects.toThrow();
});
