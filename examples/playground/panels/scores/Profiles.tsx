import { DataTable } from '../../ui/DataTable.js';
import { count, decimal, percent } from '../../ui/format.js';
import type { ScoresResult } from './compute.js';

/** Who says yes most, who least, and why the best have their score. */
export function Profiles({ result: { profiles, reasons } }: { result: ScoresResult }) {
  const rows = (traits: typeof profiles.most) => traits.map(({ value, shareInGroup, shareOverall, index }) => [value, percent(shareInGroup), percent(shareOverall), decimal(index / 100)]);
  const head = ['mark', 'share here', 'share of all', 'times as many'];
  return (
    <>
      <h3>Who they are</h3>
      <div class="halves">
        <div><DataTable caption="The best-scored tenth: what marks it" head={head} rows={rows(profiles.most)} /></div>
        <div><DataTable caption="The worst-scored tenth: what marks it" head={head} rows={rows(profiles.least)} /></div>
      </div>
      {reasons.length > 0 && (
        <>
          <h3>Why the first {count(reasons.length)} are first</h3>
          <DataTable caption="Reasons, the strongest first" head={['customer', 'first', 'second', 'third']} rows={reasons.map((each) => [each.customer, ...[0, 1, 2].map((i) => each.reasons[i]?.text ?? '')])} />
        </>
      )}
    </>
  );
}
