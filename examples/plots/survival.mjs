// @ts-check
/** @import { GroupCurve } from 'clientela/churn' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { palette } from './palette.mjs';

/**
 * The share still there after so long, by group, with intervals: `kaplanMeierBy(data, { duration, event, by })`.
 *
 * @param {readonly GroupCurve[]} groups
 * @param {PictureOptions & { unit?: string }} [options] - the unit of time, for the label
 * @returns {Picture}
 */
export function survivalPlot(groups, { unit = 'days', ...options } = {}) {
  const steps = groups.flatMap(({ group, curve: { times, survival, lower, upper } }) => {
    // Two hundred steps look the same as thousands; the last one stays.
    const every = Math.max(1, Math.ceil(times.length / 200));
    const after = Array.from(times, (time, i) => ({ group: String(group), time, survival: survival[i], lower: lower[i], upper: upper[i] })).filter((_, i) => i % every === 0 || i === times.length - 1);
    return [{ group: String(group), time: 0, survival: 1, lower: 1, upper: 1 }, ...after];
  });
  const ends = groups.flatMap(({ group }) => steps.filter((step) => step.group === String(group)).slice(-1));
  return Plot.plot({
    marginRight: 70, x: { label: `${unit} →` }, y: { label: '↑ still there (%)', percent: true, domain: [0, 100], grid: true }, color: { range: palette, domain: groups.map(({ group }) => String(group)) },
    marks: [
      Plot.areaY(steps, { x: 'time', y1: 'lower', y2: 'upper', fill: 'group', fillOpacity: 0.15, curve: 'step-after' }),
      Plot.lineY(steps, { x: 'time', y: 'survival', stroke: 'group', strokeWidth: 2, curve: 'step-after' }),
      Plot.text(ends, { x: 'time', y: 'survival', text: 'group', fill: 'group', dx: 6, textAnchor: 'start' }),
    ],
    ...options,
  });
}
