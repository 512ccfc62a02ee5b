// @ts-check
/** @import { GrowthRow } from 'clientela/potential' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { palette } from './palette.mjs';

/**
 * From what is spent here to what could be, group by group: `growthPotential(potentials, { by }).by.plan`.
 *
 * @param {readonly GrowthRow[]} groups
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function waterfallPlot(groups, options) {
  let so = groups.reduce((sum, { present }) => sum + present, 0);
  const steps = [
    { name: 'present', from: 0, to: so, kind: 'here' },
    ...groups.map(({ name, headroom }) => ({ name: String(name), from: so, to: (so += headroom.estimate), kind: 'elsewhere' })),
    { name: 'potential', from: 0, to: so, kind: 'both' },
  ];
  return Plot.plot({
    marginLeft: 70, x: { label: null, domain: steps.map(({ name }) => name) }, y: { label: '↑ amount', grid: true, tickFormat: 's' },
    color: { domain: ['here', 'elsewhere', 'both'], range: [palette[0], palette[1], palette[2]] },
    marks: [
      Plot.barY(steps, { x: 'name', y1: 'from', y2: 'to', fill: 'kind' }),
      Plot.text(steps, { x: 'name', y: 'to', text: ({ from, to }) => Plot.formatNumber('en')(Math.round(to - from)), dy: -8 }),
      Plot.ruleY([0]),
    ],
    ...options,
  });
}
