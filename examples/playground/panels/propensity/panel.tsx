import { useCallback, useState } from 'preact/hooks';
import { describeCells } from '../../../quickstart/cells.mjs';
import { propensityHeatmapPlot } from '../../../plots/propensityHeatmap.mjs';
import type { Dataset } from '../../data/dataset.js';
import { Amount } from '../../ui/Amount.js';
import { DataTable } from '../../ui/DataTable.js';
import { Figure } from '../../ui/Figure.js';
import { count, decimal, percent } from '../../ui/format.js';
import { Several } from '../../ui/Several.js';
import type { ControlsProps, Panel, ViewProps } from '../panel.js';
import { Baskets } from './Baskets.js';
import type { PropensityOptions, PropensityResult } from './compute.js';
import { NewCustomer } from './NewCustomer.js';

const itemsOf = ({ events }: Dataset) => (events?.roles.item === undefined ? [] : [...describeCells(events.table, events.roles.item).counts.keys()].filter((item) => item !== events.roles.leaving).slice(0, 100));

function Controls({ options, change, dataset }: ControlsProps<PropensityOptions>) {
  return (
    <>
      <Several label="What may be offered" values={itemsOf(dataset)} chosen={options.products} onChange={(products) => change({ ...options, products })} />
      <Amount label="Taken within days" value={options.days} min={14} max={180} step={1} onChange={(days) => change({ ...options, days: Math.max(1, Math.round(days)) })} />
    </>
  );
}

const PAGE = 12;

function View({ result, options }: ViewProps<PropensityOptions, PropensityResult>) {
  const { cells, certificates, rules, reasons } = result;
  const { customers, products, probability } = cells;
  const [page, turn] = useState(0);
  const from = page * PAGE;
  const rows = customers.slice(from, from + PAGE).map(String);
  const draw = useCallback(
    (width: number) => propensityHeatmapPlot({ rows, products, values: probability.subarray(from * products.length, (from + PAGE) * products.length) }, { width, height: 60 + 26 * rows.length }),
    [cells, from],
  );
  return (
    <>
      <p>The probability of newly taking each product within {options.days} days, for each of {count(customers.length)} customers; a dash where it is held already or where there is too little to say. Learnt from four earlier windows of the log.</p>
      <DataTable caption="Each product: was what it promised kept, for customers it had not seen?" head={['product', 'taken', 'promised', 'way of learning', 'standing', 'why']}
        rows={certificates.map(({ product, positives, inTheLarge, method, status, reason }) => [product, count(positives), decimal(inTheLarge.expected, 0), method, status, reason])} />
      <Baskets result={result} />
      <Figure title="Propensity matrix" summary={`Customers ${from + 1} to ${Math.min(customers.length, from + PAGE)} of ${count(customers.length)}; probabilities in %.`} picture={draw} file="propensity"
        head={['customer', ...products]} rows={customers.map((customer, i) => [String(customer), ...products.map((_, j) => percent(probability[i * products.length + j]!))])} />
      <p class="choices">
        <button type="button" disabled={page === 0} onClick={() => turn(page - 1)}>Earlier customers</button>
        <button type="button" disabled={from + PAGE >= customers.length} onClick={() => turn(page + 1)}>Later customers</button>
      </p>
      {reasons.length > 0 && <DataTable caption="The likeliest, and why" head={['customer', 'product', 'first reason', 'second reason']} rows={reasons.map(({ customer, product, texts }) => [customer, product, texts[0] ?? '', texts[1] ?? ''])} />}
      <NewCustomer result={result} />
      <DataTable caption="What is taken together, beyond chance" head={['who has', 'also has', 'customers', 'of them', 'times as often']}
        rows={rules.map((rule) => [rule.antecedent.join(' + '), rule.consequent.join(' + '), count(rule.count), percent(rule.confidence.estimate), decimal(rule.lift)])} />
    </>
  );
}

export const propensityPanel: Panel<PropensityOptions, PropensityResult> = {
  id: 'propensity',
  label: 'Propensity',
  question: 'What should I offer?',
  needs: ({ events }) => (events?.roles.item === undefined ? 'This needs a log of events with a column of products. Add one under Data, or say which column the product is.' : undefined),
  defaults: ({ events }) => ({ products: events?.roles.products ?? [], days: 90 }),
  Controls,
  View,
};
