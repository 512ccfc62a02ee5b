import { Holdings } from 'clientela/data';
import { associationRules, fitPropensityMatrix, portfolioPotential, type AssociationRule, type PotentialRow, type ProductCertificate, type PropensityCells } from 'clientela/propensity';
import { groupsOf } from '../../data/groups.js';
import type { Loaded } from '../../data/loaded.js';
import { membersOf } from '../../data/members.js';
import type { Computation } from '../panel.js';

export interface PropensityOptions {
  /** Items that are products one may offer. */
  products: readonly string[];
  /** How far ahead, in days. */
  days: number;
}

export interface PropensityResult {
  /** The model as JSON: the page asks it about new customers. */
  matrix: object;
  certificates: readonly ProductCertificate[];
  /** Today's customers × products; NaN for what is held. */
  cells: PropensityCells;
  /** Sales to expect, by product and by each column one may add up by. */
  potential: Record<string, readonly PotentialRow[]>;
  rules: readonly AssociationRule[];
  /** Why the best cells are what they are. */
  reasons: { customer: string; product: string; texts: string[] }[];
}

export const propensityComputation: Computation<PropensityOptions, PropensityResult> = {
  id: 'propensity',
  compute(loaded, { products, days }, report) {
    report(0, 4, 'Reading who holds what');
    const { log } = loaded;
    const all = Holdings.fromEventLog(log, { items: products, purchases: false });
    const roles = loaded.dataset.customers?.roles;
    const profile = roles?.customer === undefined ? {} : { customers: loaded.customers.select([roles.customer, ...roles.features]), customer: roles.customer };
    report(1, 4, 'Fitting a probability for each product');
    const matrix = fitPropensityMatrix({
      holdings: all, horizon: { days }, windows: 4, observedUntil: log.observedUntil, ...profile,
      onProgress: ({ done, total }) => void report(1 + done / Math.max(1, total), 4, 'Fitting a probability for each product'),
    });
    report(2, 4, 'Applying it to today’s customers');
    const members = membersOf(loaded).log.customers;
    const cells = matrix.predict(audienceOf(loaded, members, all));
    const { products: byProduct, by } = portfolioPotential(cells, { by: groupsOf(loaded.dataset, cells.customers) }).unconstrained;
    report(3, 4, 'Looking for what is taken together');
    const { rules } = associationRules(all, { minCount: Math.max(5, Math.round(all.customers.length / 200)), maxRules: 50 });
    return { matrix: matrix.toJSON(), certificates: matrix.report.certificates, cells: plain(cells), potential: { product: byProduct, ...by }, rules, reasons: reasonsOf(matrix, loaded, cells, all) };
  },
};

/** Without what the sums over customers alone need, which does not cross to the page. */
function plain({ customers, products, probability }: PropensityCells): PropensityCells {
  return { customers, products, probability };
}

/** Today's customers with their profile, where a table has one, and what they hold. */
function audienceOf(loaded: Loaded, members: readonly (string | number)[], holdings: Holdings) {
  const roles = loaded.dataset.customers?.roles;
  if (roles?.customer === undefined) return { holdings: holdings.forCustomers(members) };
  const current = new Set(members.map(String));
  const rows = loaded.customers.values(roles.customer).flatMap((id, row) => (current.has(String(id)) ? [row] : []));
  return { customers: loaded.customers.select([roles.customer, ...roles.features]).take(rows), holdings };
}

/** The twenty likeliest cells, and what makes them so. */
function reasonsOf(matrix: ReturnType<typeof fitPropensityMatrix>, loaded: Loaded, { customers, products, probability }: PropensityCells, holdings: Holdings): PropensityResult['reasons'] {
  const best = Array.from(probability.keys()).filter((cell) => probability[cell]! > 0).sort((a, b) => probability[b]! - probability[a]!).slice(0, 20);
  const id = loaded.dataset.customers?.roles.customer;
  const rowOf = new Map(id === undefined ? [] : loaded.customers.values(id).map((customer, row) => [String(customer), row]));
  return best.map((cell) => {
    const [customer, product] = [customers[Math.floor(cell / products.length)]!, products[cell % products.length]!];
    const row = rowOf.get(String(customer));
    const held = holdings.indexOf(customer) < 0 ? [] : holdings.productsOf(customer);
    const found = matrix.explain({ ...(row === undefined ? {} : { profile: loaded.customers.row(row) }), held }, product);
    return { customer: String(customer), product, texts: found.slice(0, 2).map(({ reason, factor }) => `${reason} (× ${factor.toFixed(2)})`) };
  });
}
