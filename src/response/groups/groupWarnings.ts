import type { ResponseGroup, ResponseGroupsReport } from './responseGroupsState.js';

const shown = (value: number | null): string => String(Number((value ?? 0).toPrecision(3)));

/** What to know before using the groups. */
export function warningsOf(report: Omit<ResponseGroupsReport, 'warnings'>, groups: readonly ResponseGroup[]): string[] {
  const { honest, grownGroups, evidence, confirmed, method, tested, trend, confidence } = report;
  const level = 1 - confidence;
  const warnings: string[] = [];
  if (!honest) warnings.push('The rates come from the rows the groups were grown on, which flatters them: give the second share some rows');
  if (evidence !== null && !confirmed) {
    const what = method === 'crossed attributes' ? 'The groups show no difference beyond chance' : `The ${grownGroups} groups grown were not confirmed by the estimating part and given up`;
    warnings.push(`${what} (p ${shown(evidence.p)})`);
  }
  const merged = groups.filter(({ mergedFrom }) => mergedFrom.length > 0);
  if (confirmed && merged.length > 0) warnings.push(`${merged.length} of the ${groups.length} groups were merged from ${merged.reduce((sum, { mergedFrom }) => sum + mergedFrom.length, 0)}, as the order of their rates flipped in the estimating part`);
  if (trend !== null && !(trend.p <= level)) warnings.push(`The tested part does not show the trend of the estimated rates (p ${shown(trend.p)}): do not rely on the groups`);
  const changed = groups.filter(({ change }) => change !== null && change.p <= level / groups.length);
  if (changed.length > 0) warnings.push(`The tested part contradicts the rate of ${changed.length} of ${groups.length} groups (${changed.map(({ group, rate, tested: { rate: now } }) => `group ${group}: ${shown(rate.estimate)} estimated, ${shown(now)} tested`).join('; ')})`);
  if (tested.rows === 0) warnings.push('Nothing was held out to test the groups');
  return warnings;
}
