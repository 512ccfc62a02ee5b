import { potentialQuadrants, quickWins } from 'clientela/potential';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { quadrantsPlot } from '../../../plots/quadrants.mjs';
import { Amount } from '../../ui/Amount.js';
import { DataTable } from '../../ui/DataTable.js';
import { Facts } from '../../ui/Facts.js';
import { Figure } from '../../ui/Figure.js';
import { count, decimal, percent } from '../../ui/format.js';
import type { PotentialResult } from './compute.js';

const meaning = { quickWin: 'much headroom, easy', nurture: 'much headroom, hard', topUp: 'little headroom, easy', maintain: 'little headroom, hard' };

/** Whom to call at costs one can drag, and the four kinds of customers. */
export function Wins({ result: { potentials, ease } }: { result: PotentialResult }) {
  const [contactCost, setCost] = useState(4);
  const [margin, setMargin] = useState(25);
  const [step, setStep] = useState(10);
  const wins = useMemo(() => quickWins(potentials, { ease, step: step / 100, margin: margin / 100, contactCost }), [potentials, ease, step, margin, contactCost]);
  const found = useMemo(() => potentialQuadrants(potentials, { ease }), [potentials, ease]);
  const draw = useCallback((width: number) => quadrantsPlot(potentials, ease, { width, height: Math.min(width, 360), cuts: found.cuts }), [potentials, ease, found]);
  return (
    <section aria-label="Whom to call">
      <div class="controls">
        <Amount label="Cost of a call" value={contactCost} min={0} max={50} step={0.5} onChange={setCost} />
        <Amount label="Margin of a sale (%)" value={margin} min={1} max={100} step={1} onChange={(to) => setMargin(Math.min(100, to))} />
        <Amount label="Part of the headroom that is won (%)" value={step} min={1} max={50} step={1} onChange={(to) => setStep(Math.min(100, Math.max(1, to)))} />
      </div>
      <div role="status"><Facts facts={[['customers to call', count(wins.wins.length)], ['expected profit', decimal(wins.profit)], ['sales to expect', decimal(wins.capture, 0)]]} /></div>
      <Figure title="Headroom and ease" summary="Each customer by how much could be won, and how easily; the lines part the four kinds." picture={draw} file="quick-wins"
        head={['customer to call', 'headroom', 'ease', 'expected profit']} rows={wins.wins.map((win) => [String(win.customer ?? win.row), count(win.headroom), percent(win.ease), decimal(win.profit)])} />
      <DataTable caption="The four kinds of customers" head={['kind', 'customers', 'spend here', 'headroom', 'of all headroom', 'mean ease']}
        rows={found.quadrants.map((row) => [meaning[row.name], count(row.customers), count(row.present), count(row.headroom), percent(row.headroomShare), row.meanEase === null ? '–' : percent(row.meanEase)])} />
    </section>
  );
}
