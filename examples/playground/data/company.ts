import { simulateCompany } from '../../company/index.mjs';
import type { Dataset, Table } from './dataset.js';

/** The simulated company as the two files its data warehouse would give. */
export function companyDataset(customers: number): Dataset {
  const company = simulateCompany({ customers });
  const answered = new Map(company.campaign.rows.filter((row) => row.contacted).map((row) => [row.customerId, row.responded ? 'yes' : 'no']));
  const declared = new Map(company.survey.rows.map((row) => [row.customerId, String(row.declared)]));
  const people = company.customers.map((customer) => ({ ...customer, answered: answered.get(customer.customerId) ?? '', declared: declared.get(customer.customerId) ?? '' }));
  return {
    name: `the simulated company (${customers} customers)`,
    customers: {
      table: tableOf('customers.csv', people),
      roles: {
        customer: 'customerId', target: 'answered', positive: 'yes', wallet: 'declared',
        features: ['age', 'householdSize', 'province', 'plan', 'incomeBand', 'acquisition', 'preferredChannel', 'newsletter'],
      },
    },
    events: {
      table: tableOf('events.csv', company.events),
      roles: { customer: 'customerId', time: 'at', item: 'item', amount: 'amount', channel: 'channel', leaving: 'membership', products: company.products.filter(({ kind }) => kind === 'contract').map(({ product }) => product) },
    },
  };
}

function tableOf(source: string, rows: readonly object[]): Table {
  const names = Object.keys(rows[0] ?? {});
  const columns = Object.fromEntries(names.map((name) => [name, rows.map((row) => String((row as Record<string, unknown>)[name] ?? ''))]));
  return { source, delimiter: ',', rowCount: rows.length, names, columns, notes: [] };
}
