import { retentionTarget } from 'clientela/churn';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { potentialBarsPlot } from '../../../plots/potentialBars.mjs';
import { Amount } from '../../ui/Amount.js';
import { Facts } from '../../ui/Facts.js';
import { Figure } from '../../ui/Figure.js';
import { count, decimal, percent } from '../../ui/format.js';
import type { ChurnResult } from './compute.js';

/** Whom to keep at costs one can drag, beside what simpler rules would earn. */
export function Retention({ result: { customers, probability, spend } }: { result: ChurnResult }) {
  const [contactCost, setCost] = useState(0.5);
  const [incentiveCost, setIncentive] = useState(2);
  const [acceptance, setAcceptance] = useState(30);
  const [margin, setMargin] = useState(25);
  const target = useMemo(
    () => retentionTarget(probability, { customerValue: spend.map((amount) => (amount * margin) / 100), contactCost, incentiveCost, acceptance: acceptance / 100, customers }),
    [probability, spend, margin, contactCost, incentiveCost, acceptance, customers],
  );
  const { expectedProfit: profit, rivals } = target;
  const rules = useMemo(() => [{ name: 'this target', amount: profit }, ...rivals.map(({ rule, expectedProfit }) => ({ name: rule, amount: { estimate: expectedProfit, lower: expectedProfit, upper: expectedProfit } }))], [profit, rivals]);
  const draw = useCallback((width: number) => potentialBarsPlot(rules, { width, height: 60 + 34 * rules.length, label: 'expected profit' }), [rules]);
  return (
    <section aria-label="Whom to keep">
      <div class="controls">
        <Amount label="Cost of a contact" value={contactCost} min={0} max={10} step={0.1} onChange={setCost} />
        <Amount label="Cost of the offer, when taken" value={incentiveCost} min={0} max={50} step={0.5} onChange={setIncentive} />
        <Amount label="Keeps, of those who would leave (%)" value={acceptance} min={0} max={100} step={1} onChange={(to) => setAcceptance(Math.min(100, to))} />
        <Amount label="Margin of a year’s spend (%)" value={margin} min={1} max={100} step={1} onChange={(to) => setMargin(Math.min(100, to))} />
      </div>
      <div role="status">
        <Facts facts={[['contact', `${count(target.contacts)} of ${count(customers.length)}`], ['expected profit', decimal(profit.estimate)], ['customers kept', decimal(target.expectedKept, 1)], ['cost', decimal(target.expectedCost)], ['what ends the list', target.limitedBy]]} />
      </div>
      <Figure title="Whom to keep" summary="The expected profit of this target, and of simpler choices; the table has whom to contact." picture={draw} file="retention"
        head={['customer', 'leaves', 'worth a year', 'expected gain']}
        rows={Array.from(target.selected, (row) => [customers[row] ?? '', percent(probability[row] ?? NaN), decimal(((spend[row] ?? 0) * margin) / 100), decimal(target.expectedGain[row] ?? NaN)])} />
    </section>
  );
}
