// @ts-check

/**
 * @typedef {object} LatentSegment - a kind of household; nobody sees it in the data
 * @property {string} name
 * @property {number} share - of the customers, were buying behaviour no guide
 * @property {{ rate: number, ticket: number }} tilt - how much likelier the segment is per e-fold of buying rate and of mean ticket
 * @property {{ mean: number, deviation: number }} age - years
 * @property {number} others - mean number of other people in the household
 * @property {number} elsewhere - median spending per year at other companies, in currency
 * @property {readonly number[]} departments - weights of the shop departments: food, home, garden, clothing, electronics
 * @property {{ basic: number, plus: number, gold: number }} plans - weights of the membership plans
 * @property {{ acceptance: number, elasticity: number }} price - log-odds of accepting the list price, and their fall per e-fold of price
 */

/** The latent segments. @type {readonly LatentSegment[]} */
export const segments = [
  {
    name: 'families', share: 0.27, tilt: { rate: 0.45, ticket: 0.6 }, age: { mean: 41, deviation: 6 }, others: 2.6, elsewhere: 2400,
    departments: [6, 2, 1, 3, 1], plans: { basic: 4, plus: 5, gold: 1 }, price: { acceptance: 0.1, elasticity: 5 },
  },
  {
    name: 'young digitals', share: 0.22, tilt: { rate: 0.1, ticket: -0.8 }, age: { mean: 27, deviation: 4 }, others: 0.7, elsewhere: 1300,
    departments: [2, 1, 0.2, 3, 5], plans: { basic: 7, plus: 3, gold: 0.3 }, price: { acceptance: -0.4, elasticity: 8 },
  },
  {
    name: 'steady seniors', share: 0.2, tilt: { rate: 0.3, ticket: -0.4 }, age: { mean: 70, deviation: 7 }, others: 0.6, elsewhere: 900,
    departments: [7, 2, 3, 1, 0.3], plans: { basic: 5, plus: 4, gold: 1 }, price: { acceptance: 0.6, elasticity: 2.5 },
  },
  {
    name: 'well-off', share: 0.13, tilt: { rate: 0.2, ticket: 1.6 }, age: { mean: 54, deviation: 9 }, others: 1.3, elsewhere: 5200,
    departments: [3, 4, 3, 2, 2], plans: { basic: 1, plus: 4, gold: 5 }, price: { acceptance: 0.9, elasticity: 1.5 },
  },
  {
    name: 'occasionals', share: 0.18, tilt: { rate: -0.7, ticket: 0 }, age: { mean: 46, deviation: 14 }, others: 1.2, elsewhere: 1800,
    departments: [3, 2, 1, 2, 2], plans: { basic: 9, plus: 1.5, gold: 0.2 }, price: { acceptance: -0.6, elasticity: 6 },
  },
];
