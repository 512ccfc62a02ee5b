/** Points in (0, 1) with their weights. */
type Rule = readonly { readonly point: number; readonly weight: number }[];

/**
 * The purchases up to the time `ahead`, each discounted, from those `expected` up to any time: e^(-delta t) E(t) + delta times the integral of
 * e^(-delta u) E(u), by a Gauss-Legendre rule of 12 points on panels on which `scale` + u and the discount change by no more than it
 * follows to 14 digits. All terms are positive.
 *
 * @param expected - purchases up to a time, smooth on the scale of `scale` + time
 * @param scale - above 0
 * @param ahead - finite
 * @param delta - above 0
 * @param rule - of Gauss and Legendre on [0, 1]
 */
export function discountedByTime(expected: (time: number) => number, scale: number, ahead: number, delta: number, rule: Rule): number {
  // Later than this no purchase counts.
  const end = Math.min(ahead, 42 / delta);
  let sum = Math.exp(-delta * end) * expected(end);
  for (let from = 0; from < end; ) {
    const to = Math.min(end, from + Math.min(1.7 * (scale + from), 4 / delta));
    const growth = Math.log((scale + to) / (scale + from));
    for (const { point, weight } of rule) {
      const since = (scale + from) * Math.exp(point * growth);
      const time = since - scale;
      sum += weight * growth * since * delta * Math.exp(-delta * time) * expected(time);
    }
    from = to;
  }
  return sum;
}
