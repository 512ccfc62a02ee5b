import { idealTarget } from 'clientela/scoring';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { profitPlot } from '../../../plots/profit.mjs';
import { Amount } from '../../ui/Amount.js';
import { Facts } from '../../ui/Facts.js';
import { Figure } from '../../ui/Figure.js';
import { count, decimal, percent } from '../../ui/format.js';
import type { ScoresResult } from './compute.js';

/** The target of a campaign, at costs one can drag: chosen anew by the library at every move. */
export function Campaign({ result: { customers, probability } }: { result: ScoresResult }) {
  const [contactCost, setCost] = useState(1);
  const [benefit, setBenefit] = useState(12);
  const [budget, setBudget] = useState(10_000);
  const target = useMemo(() => idealTarget(probability, { contactCost, benefit, budget, customers }), [customers, probability, contactCost, benefit, budget]);
  const { expectedProfit: profit, selected } = target;
  const draw = useCallback((width: number) => profitPlot(target, { width, height: Math.min(width, 360) }), [target]);
  const range = `${decimal(profit.estimate)} (${decimal(profit.lower)} to ${decimal(profit.upper)})`;
  return (
    <section aria-label="The campaign">
      <div class="controls">
        <Amount label="Cost of a contact" value={contactCost} min={0.05} max={10} step={0.05} onChange={setCost} />
        <Amount label="Benefit of an answer" value={benefit} min={1} max={100} step={1} onChange={setBenefit} />
        <Amount label="Budget" value={budget} min={0} max={10_000} step={50} onChange={setBudget} />
      </div>
      <div role="status">
        <Facts
          facts={[
            ['contact', `${count(target.contacts)} of ${count(customers.length)}`], ['expected profit', range], ['expected answers', decimal(target.expectedResponses, 1)], ['spent', decimal(target.spend)],
            ['worth a contact above', target.breakEvenProbability === null ? '–' : percent(target.breakEvenProbability)], ['what ends the list', target.limitedBy],
          ]}
        />
      </div>
      <Figure
        title="Profit" summary={`The expected profit of contacting the best so many; the target is ${count(target.contacts)} customers.`} picture={draw} file="target"
        head={['customer to contact', 'probability']} rows={Array.from(selected, (row) => [customers[row] ?? '', percent(probability[row] ?? NaN)])}
      />
    </section>
  );
}
