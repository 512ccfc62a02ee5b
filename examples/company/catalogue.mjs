// @ts-check

/**
 * @typedef {object} Product
 * @property {string} product
 * @property {string} name
 * @property {'department' | 'contract' | 'offer'} kind - what tickets are bought in, what is signed, what the campaign sells
 * @property {number} price - a mean ticket, a monthly fee, the price of the box
 * @property {number} margin - earned per ticket, per year of contract, per box, in currency
 */

/** Everything on sale. @type {readonly Product[]} */
export const catalogue = [
  { product: 'food', name: 'Food hall', kind: 'department', price: 40, margin: 8 },
  { product: 'home', name: 'House and kitchen', kind: 'department', price: 40, margin: 12 },
  { product: 'garden', name: 'Garden', kind: 'department', price: 40, margin: 11 },
  { product: 'clothing', name: 'Clothing', kind: 'department', price: 40, margin: 16 },
  { product: 'electronics', name: 'Electronics', kind: 'department', price: 40, margin: 6 },
  { product: 'card', name: 'Member card with payment', kind: 'contract', price: 2, margin: 14 },
  { product: 'mobile', name: 'Mobile line', kind: 'contract', price: 12, margin: 38 },
  { product: 'energy', name: 'Green electricity', kind: 'contract', price: 55, margin: 60 },
  { product: 'savings', name: 'Savings account', kind: 'contract', price: 1, margin: 25 },
  { product: 'fibre', name: 'Fibre at home', kind: 'contract', price: 29, margin: 75 },
  { product: 'insurance', name: 'Home insurance', kind: 'contract', price: 18, margin: 90 },
  { product: 'credit', name: 'Purchase credit', kind: 'contract', price: 6, margin: 55 },
  { product: 'travel', name: 'Travel club', kind: 'contract', price: 4, margin: 20 },
  { product: 'box', name: 'Season box (campaign offer)', kind: 'offer', price: 48, margin: 30 },
];

/**
 * @typedef {object} ContractRule - how a contract comes to be signed
 * @property {string} product
 * @property {number} perYear - signings per year of a customer who may sign, with every effect at 0
 * @property {readonly string[]} requires - contracts that must be held first
 * @property {number} waitDays - no signing before so many days after the last of them (or after joining)
 * @property {Readonly<Record<string, number>>} after - factor on the rate once another contract is held
 * @property {Readonly<Record<string, number>>} effects - log-rate effect of each attribute of `contractAttributes`
 */

/** The order of products: what must come first, what opens the door to what, and how fast. @type {readonly ContractRule[]} */
export const contractRules = [
  { product: 'card', perYear: 0.45, requires: [], waitDays: 0, after: {}, effects: { gold: 0.5, ageDecades: 0.05 } },
  { product: 'mobile', perYear: 0.22, requires: [], waitDays: 0, after: { card: 1.3 }, effects: { ageDecades: -0.25, web: 0.3 } },
  { product: 'energy', perYear: 0.12, requires: [], waitDays: 0, after: { card: 1.5 }, effects: { others: 0.15 } },
  { product: 'savings', perYear: 0.3, requires: ['card'], waitDays: 30, after: {}, effects: { ageDecades: 0.2, gold: 0.4 } },
  { product: 'fibre', perYear: 0.5, requires: ['mobile'], waitDays: 14, after: {}, effects: { ageDecades: -0.1, others: 0.2 } },
  { product: 'insurance', perYear: 0.06, requires: [], waitDays: 0, after: { energy: 4, savings: 2 }, effects: { others: 0.2 } },
  { product: 'credit', perYear: 0.15, requires: ['card'], waitDays: 60, after: { savings: 0.5 }, effects: { ageDecades: -0.2 } },
  { product: 'travel', perYear: 0.05, requires: [], waitDays: 0, after: { card: 3 }, effects: { gold: 0.8, ageDecades: 0.15 } },
];

/** The departments a ticket can be bought in. */
export const departments = catalogue.filter((product) => product.kind === 'department').map((product) => product.product);
