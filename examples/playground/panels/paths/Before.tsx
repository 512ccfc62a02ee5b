import { DataTable } from '../../ui/DataTable.js';
import { Facts } from '../../ui/Facts.js';
import { count, decimal, percent } from '../../ui/format.js';
import type { PathsResult } from './compute.js';

/** What precedes an outcome, beside customers like those who did not have it, and how soon it follows. */
export function Before({ result: { before, after }, outcome, days }: { result: PathsResult; outcome: string; days: number }) {
  const [state] = after?.times.states ?? [];
  const share = (within: { share: { estimate: number } | null } | undefined) => (within?.share == null ? '–' : percent(within.share.estimate));
  return (
    <section aria-label="Before the outcome">
      <h3>What leads to {outcome}</h3>
      {before.why !== undefined ? <p class="notice">{before.why}</p> : <p>The {days} days before, of {count(before.cases)} customers who had it, beside {count(before.controls)} moments of customers who were there as long and did not.</p>}
      {after !== null && state !== undefined && (
        <Facts facts={[[`${outcome} within ${days} days of ${after.path}`, share(state.within[0])], ['of everybody', share(after.times.all.within[0])], ['times the hazard', state.hazardRatio === null ? '–' : decimal(state.hazardRatio.estimate, 1)]]} />
      )}
      <DataTable caption={`Paths before ${outcome}, the most telling first`} head={['path', 'of those who had it', 'of the others', 'odds ratio', 'from', 'to', 'days before (median)', 'beyond chance']}
        rows={before.paths.map(({ steps, caseShare, controlShare, adjustedOddsRatio: odds, leadDays, q }) => [
          steps.map((step) => step.join(' + ')).join(' → '), percent(caseShare), percent(controlShare), decimal(odds.estimate), decimal(odds.lower), decimal(odds.upper), decimal(leadDays?.median ?? NaN, 0), q < 0.05 ? 'yes' : 'no',
        ])} />
    </section>
  );
}
