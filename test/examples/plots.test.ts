import { existsSync, readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { calibrationPlot } from '../../examples/plots/calibration.mjs';
import { dependencyGraphPlot } from '../../examples/plots/dependencyGraph.mjs';
import { gainsPlot } from '../../examples/plots/gains.mjs';
import { gallery } from '../../examples/plots/gallery.mjs';
import { galleryData } from '../../examples/plots/galleryData.mjs';
import { labelMargin } from '../../examples/plots/labelMargin.mjs';
import { migrationPlot } from '../../examples/plots/migration.mjs';
import { potentialBarsPlot } from '../../examples/plots/potentialBars.mjs';
import { propensityHeatmapPlot } from '../../examples/plots/propensityHeatmap.mjs';
import { quadrantsPlot } from '../../examples/plots/quadrants.mjs';
import { rfmGridPlot } from '../../examples/plots/rfmGrid.mjs';
import { sankeyPlot } from '../../examples/plots/sankey.mjs';
import { segmentProfilePlot } from '../../examples/plots/segmentProfile.mjs';
import { survivalPlot } from '../../examples/plots/survival.mjs';
import { waterfallPlot } from '../../examples/plots/waterfall.mjs';
import { picturesPage } from '../../scripts/pictures.mjs';
import { kaplanMeierBy } from '../../src/churn/index.js';
import { gainsTable } from '../../src/evaluation/index.js';

const page = () => ({ document: parseHTML('<!doctype html><html></html>').document as unknown as Document, width: 500 });
const texts = (picture: Element): string[] => [...picture.querySelectorAll('text')].map((text) => text.textContent ?? '');
const marks = (picture: Element): number => picture.querySelectorAll('path, rect, circle, line').length;

describe('the gallery', () => {
  let data: ReturnType<typeof galleryData>;
  beforeAll(() => {
    data = galleryData();
  });

  // The five pictures of one score are drawn from one fit each in the page; one of them is enough here.
  it.each(gallery.filter(({ name }) => !['lift', 'roc', 'calibration', 'profit'].includes(name)))('draws $name from a result of the library', ({ draw }) => {
    const picture = draw(data, page());
    expect(marks(picture as unknown as Element)).toBeGreaterThan(3);
    expect((picture as unknown as Element).outerHTML).not.toMatch(/NaN|undefined/);
  });

  it('is the page of pictures, as `npm run pictures` writes it', () => {
    expect(readFileSync('docs/pictures.md', 'utf8')).toBe(picturesPage());
    for (const { name } of gallery) expect(existsSync(`docs/pictures/${name}.svg`)).toBe(true);
  });
});

/** The least contrast of a text with the cell below it (WCAG); cells and texts are drawn in the same order. */
function leastContrast(picture: Element): number {
  const luminance = (color: string): number => {
    const parts = color.startsWith('#') ? [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) : color.match(/\d+/g)!.map(Number);
    const [red, green, blue] = parts.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const inks = [...picture.querySelectorAll('g[aria-label=text]')].flatMap((group) => [...group.querySelectorAll('text')].map((text) => text.getAttribute('fill') ?? group.getAttribute('fill')!));
  const fills = [...picture.querySelectorAll('g[aria-label=cell] rect')].map((cell) => cell.getAttribute('fill')!);
  expect(inks).toHaveLength(fills.length);
  return Math.min(...fills.map((fill, i) => {
    const [dark, light] = [luminance(fill), luminance(inks[i]!)].sort((a, b) => a - b);
    return (light! + 0.05) / (dark! + 0.05);
  }));
}

describe('a picture', () => {
  it('of shades can be read on each of them', () => {
    const steps = Array.from({ length: 21 }, (_, i) => i / 20);
    const names = steps.map((step) => `s${step}`);
    const grid = (least: number) => Array.from({ length: 25 }, (_, i) => ({ recencyScore: 1 + Math.floor(i / 5), frequencyScore: 1 + (i % 5), customers: least + i }));
    const pictures = [
      rfmGridPlot(grid(1) as never, page()), rfmGridPlot(grid(80) as never, page()),
      segmentProfilePlot({ segments: ['a'], features: names, z: [steps.map((step) => 4 * step - 2)] } as never, page()),
      migrationPlot({ segments: names, counts: names.map(() => steps.map(() => 1)), shares: names.map(() => steps) } as never, page()),
      propensityHeatmapPlot({ rows: ['r'], products: names, values: steps }, page()),
    ];
    for (const picture of pictures) expect(leastContrast(picture as unknown as Element)).toBeGreaterThanOrEqual(4.5);
  });

  it('of gains passes where the table says', () => {
    const gains = gainsTable([true, true, false, false], [0.9, 0.8, 0.2, 0.1], { bins: 2 });
    const { d } = Object.fromEntries([...(gainsPlot(gains, { ...page(), height: 400 }) as unknown as Element).querySelectorAll('path[marker-start], g[aria-label=line] path')].map((path) => ['d', path.getAttribute('d')!]));
    // Half of the customers hold all answers: the line is at the top from the middle on.
    const [, middle, end] = d!.slice(1).split('L').map((point) => point.split(',').map(Number));
    expect(middle![1]).toBeCloseTo(end![1]!, 6);
    expect(middle![0]).toBeLessThan(end![0]!);
  });

  it('of survival has a curve and a name for every group', () => {
    const curves = kaplanMeierBy({ days: [1, 2, 3, 4], left: [true, false, true, true], plan: ['a', 'a', 'b', 'b'] }, { duration: 'days', event: 'left', by: 'plan' });
    expect(texts(survivalPlot(curves, page()) as unknown as Element)).toEqual(expect.arrayContaining(['a', 'b']));
  });

  it('of a waterfall starts at what is there and ends at what could be', () => {
    const figure = (estimate: number) => ({ estimate, lower: estimate, upper: estimate });
    const rows = [{ name: 'x', present: 10, headroom: figure(30) }, { name: 'y', present: 5, headroom: figure(55) }] as never;
    expect(texts(waterfallPlot(rows, page()) as unknown as Element)).toEqual(expect.arrayContaining(['15', '30', '55', '100']));
  });

  it('of a matrix writes a dash where there is no probability', () => {
    const picture = propensityHeatmapPlot({ rows: ['r'], products: ['p', 'q'], values: [0.25, NaN] }, page());
    expect(texts(picture as unknown as Element)).toEqual(expect.arrayContaining(['25', '–']));
  });

  it('of sums has a bar each', () => {
    const sums = ['a', 'b'].map((name, i) => ({ name, amount: { estimate: i + 1, lower: i, upper: i + 2 } }));
    expect((potentialBarsPlot(sums, page()) as unknown as Element).querySelectorAll('rect')).toHaveLength(2);
  });

  it('of nothing is empty, not an error', () => {
    expect(marks(sankeyPlot({ nodes: [], links: [] }, page()) as unknown as Element)).toBe(0);
    expect(() => dependencyGraphPlot({ nodes: [], edges: [] }, page())).not.toThrow();
    expect(() => gainsPlot([], page())).not.toThrow();
    expect(() => calibrationPlot([], page())).not.toThrow();
    expect(() => survivalPlot([], page())).not.toThrow();
    expect(() => quadrantsPlot({ headroom: new Float64Array(0) } as never, [], page())).not.toThrow();
    expect([labelMargin([]), labelMargin(['x'.repeat(500)])]).toEqual([20 + 7 * 4, 240]);
  });
});
