import { concentration } from 'clientela/segmentation';
import { LifetimeValue, lifetimeValueBy } from 'clientela/lifetime';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { lorenzPlot } from '../../../plots/lorenz.mjs';
import { potentialBarsPlot } from '../../../plots/potentialBars.mjs';
import { Amount } from '../../ui/Amount.js';
import { Choice } from '../../ui/Choice.js';
import { Facts } from '../../ui/Facts.js';
import { Figure } from '../../ui/Figure.js';
import { count, decimal, percent } from '../../ui/format.js';
import type { LifetimeResult } from './compute.js';

/** What each customer is worth at terms one can drag; the law stays, its answers follow. */
export function Values({ result: { model: json, summary, groups, measure } }: { result: LifetimeResult }) {
  const [days, setDays] = useState(365);
  const [discount, setDiscount] = useState(10);
  const [margin, setMargin] = useState(25);
  const [by, setBy] = useState(Object.keys(groups)[0]);
  const model = useMemo(() => LifetimeValue.fromJSON(json), [json]);
  const terms = useMemo(() => ({ horizon: { days }, annualDiscountRate: discount / 100, ...(measure === 'amounts' ? { margin: margin / 100 } : {}) }), [days, discount, margin, measure]);
  const values = useMemo(() => model.predict(summary, terms), [model, summary, terms]);
  const sums = useMemo(() => lifetimeValueBy(model, summary, { ...terms, ...(by === undefined ? {} : { by: { [by]: groups[by]! } }) }), [model, summary, terms, by, groups]);
  const best = useMemo(() => Array.from(values.value.keys()).sort((a, b) => values.value[b]! - values.value[a]!), [values]);
  const shares = useMemo(() => concentration(values.value), [values]);
  const rows = by === undefined ? [sums.total] : sums.by[by]!;
  const drawSums = useCallback((width: number) => potentialBarsPlot(rows.map(({ name, value }) => ({ name: name ?? 'all', amount: value })), { width, height: 60 + 34 * rows.length, label: 'value' }), [rows]);
  const drawShares = useCallback((width: number) => lorenzPlot(shares, { width, height: Math.min(width, 340) }), [shares]);
  const { value } = sums.total;
  return (
    <section aria-label="Values">
      <div class="controls">
        <Amount label="Days ahead" value={days} min={30} max={1095} step={5} onChange={(to) => setDays(Math.round(to))} />
        <Amount label="A year takes off (%)" value={discount} min={0} max={50} step={1} onChange={setDiscount} />
        {measure === 'amounts' && <Amount label="Margin of a sale (%)" value={margin} min={1} max={100} step={1} onChange={(to) => setMargin(Math.min(100, to))} />}
        {by !== undefined && <Choice label="Add up by" value={by} values={Object.keys(groups)} onChange={setBy} />}
      </div>
      <div role="status">
        <Facts facts={[['value of all', count(value.estimate)], ['at least', count(value.lower)], ['at most', count(value.upper)], ['still buying', `${count(sums.total.alive)} of ${count(sums.total.customers)}`], ['purchases to come', count(sums.total.expectedPurchases)]]} />
      </div>
      <Figure title="Value by group" summary={`What ${by === undefined ? 'all customers' : `the customers of each ${by}`} are worth, with the interval of the sum.`} picture={drawSums} file="value-by-group"
        head={['group', 'customers', 'still buying', 'value', 'at least', 'at most']}
        rows={rows.map((row) => [row.name ?? 'all', count(row.customers), count(row.alive), count(row.value.estimate), count(row.value.lower), count(row.value.upper)])} />
      <Figure title="Concentration of the value" summary={`How much of the value is in the hands of how few; the table has the customers, the most valuable first (${measure === 'purchases' ? 'in purchases, as there are no amounts' : 'in the currency of the file'}).`} picture={drawShares} file="values"
        head={['customer', 'still a customer', 'purchases to come', 'a purchase', 'value', 'at least', 'at most']}
        rows={best.map((row) => [String(summary.customers[row]), percent(values.aliveProbability[row]!), decimal(values.expectedPurchases[row]!, 1), decimal(values.expectedSpend[row]!), decimal(values.value[row]!), decimal(values.lower?.[row] ?? NaN), decimal(values.upper?.[row] ?? NaN)])} />
    </section>
  );
}
