import type { ScaledFeature } from '../space/scaling.js';

/** How columns entered, in words, where that is not the plain way. */
export function scalingNotes(scaling: readonly ScaledFeature[]): string[] {
  const named = (kind: ScaledFeature['scaling']): string => scaling.filter((feature) => feature.scaling === kind).map(({ column }) => column).join(', ');
  const [logs, robust] = [named('log'), named('robust')];
  return [
    ...(logs === '' ? [] : [`by the logarithm, being skewed or as asked: ${logs}`]),
    ...(robust === '' ? [] : [`by median and quartiles, cut off at 4 deviations: ${robust}`]),
  ];
}
