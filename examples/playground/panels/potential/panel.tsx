import { DataTable } from '../../ui/DataTable.js';
import { Amount } from '../../ui/Amount.js';
import { Facts } from '../../ui/Facts.js';
import { count, percent } from '../../ui/format.js';
import type { ControlsProps, Panel, ViewProps } from '../panel.js';
import type { PotentialOptions, PotentialResult } from './compute.js';
import { Growth } from './Growth.js';
import { Wins } from './Wins.js';

function Controls({ options, change }: ControlsProps<PotentialOptions>) {
  return <Amount label="Spend of the last days" value={options.days} min={30} max={730} step={1} onChange={(days) => change({ days: Math.max(1, Math.round(days)) })} />;
}

function View({ result, options }: ViewProps<PotentialOptions, PotentialResult>) {
  const { report, examples, easeFrom } = result;
  const { potential, present } = report;
  return (
    <>
      <p>What each customer could spend here in {options.days} days, and presumably gives to others. {report.why}. How easily some of it is won is {easeFrom}.</p>
      <Facts facts={[['spent here', count(present)], ['could be spent', count(potential.estimate)], ['at least', count(potential.lower)], ['at most', count(potential.upper)], ['share here', percent(present / potential.estimate)]]} />
      {report.known === null && <p class="notice">Spend alone shows what the best of customers alike spend, not what goes to competitors: ask a sample of customers what they spend everywhere, and name that column under Data.</p>}
      {report.warnings.map((warning) => <p class="notice" key={warning}>{warning}</p>)}
      <Growth result={result} />
      <Wins result={result} />
      <DataTable caption="The most headroom, and what speaks for it" head={['customer', 'why', 'and', 'and', 'customers alike spend']}
        rows={examples.map(({ customer, reasons, peers }) => [customer, ...[0, 1, 2].map((i) => reasons[i]?.text ?? ''), peers])} />
    </>
  );
}

export const potentialPanel: Panel<PotentialOptions, PotentialResult> = {
  id: 'potential',
  label: 'Potential',
  question: 'Where is our growth?',
  needs: ({ customers, events }) =>
    events?.roles.amount !== undefined && customers?.roles.customer !== undefined && customers.roles.features.length > 0
      ? undefined
      : 'This needs both: a log of events with amounts, to see what is spent, and a table of customers with columns that describe them. Add what is missing under Data.',
  defaults: () => ({ days: 182 }),
  Controls,
  View,
};
