import { idealBasket } from 'clientela/propensity';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { potentialBarsPlot } from '../../../plots/potentialBars.mjs';
import { Amount } from '../../ui/Amount.js';
import { Choice } from '../../ui/Choice.js';
import { Facts } from '../../ui/Facts.js';
import { Figure } from '../../ui/Figure.js';
import { count, decimal } from '../../ui/format.js';
import type { PropensityResult } from './compute.js';

/** The ideal basket of each customer at terms one can drag, and what the whole portfolio would still take. */
export function Baskets({ result: { cells, potential } }: { result: PropensityResult }) {
  const [margin, setMargin] = useState(60);
  const [contactCost, setCost] = useState(1.5);
  const [calls, setCalls] = useState(600);
  const [most, setMost] = useState(2);
  const [by, setBy] = useState('product');
  const plan = useMemo(() => idealBasket(cells, { margin, contactCost, maxPerCustomer: most, ...(contactCost > 0 ? { budget: calls * contactCost } : {}) }), [cells, margin, contactCost, calls, most]);
  const rows = potential[by]!;
  const draw = useCallback((width: number) => potentialBarsPlot(rows.map(({ name, units }) => ({ name: name ?? 'all', amount: units })), { width, height: 60 + 32 * rows.length, label: 'sales to expect' }), [rows]);
  const drawPlan = useCallback((width: number) => potentialBarsPlot(plan.perProduct.map(({ product, offers }) => ({ name: product, amount: { estimate: offers, lower: offers, upper: offers } })), { width, height: 60 + 32 * plan.perProduct.length, label: 'offers' }), [plan]);
  const offered = useMemo(() => plan.customers.map((customer) => ({ customer, basket: plan.basket(customer) })).filter(({ basket }) => basket.length > 0), [plan]);
  return (
    <section aria-label="Baskets and potential">
      <div class="controls">
        <Amount label="Margin of a sale" value={margin} min={1} max={500} step={1} onChange={setMargin} />
        <Amount label="Cost of an offer" value={contactCost} min={0} max={20} step={0.1} onChange={setCost} />
        <Amount label="Offers that can be made" value={calls} min={0} max={5000} step={10} onChange={(to) => setCalls(Math.round(to))} />
        <Amount label="At most, a customer" value={most} min={1} max={5} step={1} onChange={(to) => setMost(Math.max(1, Math.round(to)))} />
      </div>
      <div role="status">
        <Facts facts={[['offers', count(plan.offers)], ['sales to expect', decimal(plan.perProduct.reduce((sum, { sales }) => sum + sales, 0), 1)], ['profit to expect', decimal(plan.value)], ['spent', decimal(plan.spend)], ['proven within', decimal(plan.gap, 4)]]} />
      </div>
      <Figure title="Ideal baskets" summary="How many offers of each product the best plan makes; the table has each customer’s basket." picture={drawPlan} file="baskets"
        head={['customer', 'offers', 'worth']} rows={offered.map(({ customer, basket }) => [String(customer), basket.map(({ product }) => product).join(', '), decimal(basket.reduce((sum, { value }) => sum + value, 0))])} />
      <div class="controls"><Choice label="Potential by" value={by} values={Object.keys(potential)} onChange={(name) => setBy(name!)} /></div>
      <Figure title="Potential of the portfolio" summary={`Sales that the customers would make by themselves in that time, by ${by}, with the interval of the sum.`} picture={draw} file="portfolio"
        head={[by, 'customers', 'sales', 'at least', 'at most', 'margin']}
        rows={rows.map(({ name, customers, units }) => [name ?? 'all', count(customers), decimal(units.estimate, 1), decimal(units.lower, 0), decimal(units.upper, 0), decimal(margin * units.estimate, 0)])} />
    </section>
  );
}
