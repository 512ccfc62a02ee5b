import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { createRandom } from '../../../src/numeric/random.js';
import { idealBasket } from '../../../src/propensity/basket/idealBasket.js';
import { eligibility } from '../../../src/propensity/cells/eligibilityRules.js';
import type { ParameterUncertainty, PropensityCells } from '../../../src/propensity/cells/propensityCells.js';
import { poissonBinomial } from '../../../src/propensity/potential/poissonBinomial.js';
import { portfolioPotential } from '../../../src/propensity/potential/portfolioPotential.js';
import { simulatePortfolio } from '../simulatedPortfolio.js';

const NAMES = ['card', 'fund', 'loan'];

/** Every error of one product is the same error of the log-odds: all customers move together. */
function sharedError(probability: Float64Array, width: number, deviation: number): ParameterUncertainty {
  return {
    sumCovariance(product, groups, groupCount, weights) {
      const slopes = new Float64Array(groupCount);
      groups.forEach((group, row) => {
        const p = probability[row * width + product]!;
        if (group >= 0 && weights[row] !== 0) slopes[group]! += weights[row]! * p * (1 - p);
      });
      return Float64Array.from({ length: groupCount ** 2 }, (_, at) => deviation ** 2 * slopes[Math.floor(at / groupCount)]! * slopes[at % groupCount]!);
    },
    logOddsError: () => deviation,
  };
}

function drawCells(count: number, seed = 1, deviation?: number): PropensityCells {
  const random = createRandom(seed);
  const probability = Float64Array.from({ length: count * 3 }, () => (random.uniform() < 0.2 ? NaN : 0.4 * random.uniform() ** 2));
  const cells = { customers: Array.from({ length: count }, (_, i) => i), products: NAMES, probability };
  return deviation === undefined ? cells : { ...cells, uncertainty: sharedError(probability, 3, deviation) };
}

const known = { customers: ['ann', 'bob', 'cleo'], products: ['card', 'loan'], probability: Float64Array.of(0.5, 0.1, NaN, 0.2, 0.5, NaN) };

describe('portfolioPotential', () => {
  it('gives what one can add up by hand', () => {
    const { unconstrained, eligible, constrained, includesParameters, confidence } = portfolioPotential(known, {
      margin: { card: 30, loan: 400 }, price: 1000, contactCost: { card: 1 }, by: { region: ['north', 'south', null] },
    });
    const { total, products, by } = unconstrained;
    expect([total.name, total.customers, total.cells]).toEqual(['total', 3, 4]);
    expect(total.units).toMatchObject({ estimate: 1.3, lower: 0, upper: 3, expectation: null, parameterError: null });
    expect(total.units.chanceError).toBeCloseTo(Math.sqrt(0.25 + 0.09 + 0.16 + 0.25), 14);
    expect(total.revenue!.estimate).toBeCloseTo(1300, 10);
    expect(total.margin!.estimate).toBeCloseTo(30 + 120 - 2, 10);
    expect(total.margin!.chanceError).toBeCloseTo(Math.sqrt(900 * 0.5 + 160_000 * 0.25), 10);
    expect(products.map(({ name, cells, units, margin }) => [name, cells, units.estimate, margin!.estimate])).toEqual([['card', 2, 1, 28], ['loan', 2, expect.closeTo(0.3, 14), expect.closeTo(120, 10)]]);
    expect(by['region']!.map(({ name, customers, units }) => [name, customers, units.estimate])).toEqual([['north', 1, 0.6], ['south', 1, 0.2], [null, 1, 0.5]]);
    expect(by['region']![0]!.products).toEqual([]);
    expect([eligible === unconstrained, constrained, includesParameters, confidence]).toEqual([true, null, false, 0.95]);
  });

  it('has units between the quantiles of the Poisson-binomial distribution, at most one off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0.001, max: 1, noNaN: true }), fc.integer(), (count, size, seed) => {
        const random = createRandom(seed);
        const probability = Float64Array.from({ length: count }, () => size * random.uniform());
        const { units } = portfolioPotential({ customers: Array.from(probability, (_, i) => i), products: ['card'], probability }).unconstrained.total;
        const { quantile, mean } = poissonBinomial(probability);
        expect(Math.abs(units.lower - Math.min(Math.floor(mean), quantile(0.025)))).toBeLessThanOrEqual(1);
        expect(Math.abs(units.upper - Math.max(Math.ceil(mean), quantile(0.975)))).toBeLessThanOrEqual(1);
        expect([Number.isInteger(units.lower), Number.isInteger(units.upper)]).toEqual([true, true]);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('adds up over products, over groups and over both, along every dimension', () => {
    const cells = drawCells(500, 2, 0.2);
    const random = createRandom(3);
    const by = { segment: cells.customers.map(() => Math.floor(4 * random.uniform())), region: cells.customers.map(() => 'abc'[Math.floor(4 * random.uniform())] ?? null) };
    const cellMargins = cells.probability.map((p) => (Number.isNaN(p) ? NaN : 200 * random.normal()));
    const { total, products, by: views } = portfolioPotential(cells, { price: { card: 3, fund: 500, loan: 41 }, margin: cellMargins, contactCost: (customer) => 0.01 * Number(customer), by, crossed: true }).unconstrained;
    const sum = (rows: readonly { units: { estimate: number }; revenue: { estimate: number } | null; margin: { estimate: number } | null; cells: number }[]): number[] =>
      rows.reduce((sums, row) => sums.map((value, k) => value + [row.units.estimate, row.revenue!.estimate, row.margin!.estimate, row.cells][k]!), [0, 0, 0, 0]);
    const whole = sum([total]);
    for (const parts of [products, views['segment']!, views['region']!, views['segment']!.flatMap((group) => group.products), views['region']!.flatMap((group) => group.products)]) {
      sum(parts).forEach((value, k) => expect(Math.abs(value - whole[k]!)).toBeLessThan(1e-9 * Math.max(1, Math.abs(whole[k]!))));
    }
    expect(views['segment']!.map(({ name }) => name)).toEqual(['0', '1', '2', '3']);
    expect(views['region']!.map(({ name }) => name)).toEqual(['a', 'b', 'c', null]);
    expect(views['region']![1]!.products.map(({ name }) => name)).toEqual(NAMES);
    expect(whole[2]).toBeCloseTo(cells.probability.reduce((value, p, cell) => value + (Number.isNaN(p) ? 0 : p * cellMargins[cell]! - 0.01 * Math.floor(cell / 3)), 0), 8);
  });

  it('takes the error of a total from the covariance of all cells, not from groups taken as independent', () => {
    const cells = drawCells(600, 5, 0.3);
    const { total, products, by } = portfolioPotential(cells, { margin: { card: 2, fund: 10, loan: -5 }, by: { half: cells.customers.map((i) => Number(i) % 2) }, crossed: true }).unconstrained;
    const slopes = NAMES.map((_, j) => cells.probability.reduce((sum, p, cell) => sum + (cell % 3 === j && !Number.isNaN(p) ? p * (1 - p) : 0), 0));
    products.forEach(({ units }, j) => expect(units.parameterError).toBeCloseTo(0.3 * slopes[j]!, 10));
    expect(total.units.parameterError).toBeCloseTo(0.3 * Math.hypot(...slopes), 10);
    expect(total.margin!.parameterError).toBeCloseTo(0.3 * Math.hypot(2 * slopes[0]!, 10 * slopes[1]!, -5 * slopes[2]!), 10);
    // Errors of the halves of one product move together: they add up themselves, not their squares.
    const halves = by['half']!.map((group) => group.products[0]!.units.parameterError!);
    expect(halves[0]! + halves[1]!).toBeCloseTo(products[0]!.units.parameterError!, 10);
  });

  it('has a wider interval for the outcome with parameters than without, and says which it is', () => {
    const { unconstrained: { total: { units } }, includesParameters } = portfolioPotential(drawCells(600, 5, 0.3));
    const alone = portfolioPotential(drawCells(600, 5)).unconstrained.total.units;
    expect(includesParameters).toBe(true);
    expect(units.lower).toBeLessThan(alone.lower);
    expect(units.upper).toBeGreaterThan(alone.upper);
    expect(units.lower).toBeLessThan(units.expectation!.lower);
    expect(units.upper).toBeGreaterThan(units.expectation!.upper);
    expect(units.expectation!.lower).toBeGreaterThan(0);
    expect(units.chanceError).toBe(alone.chanceError);
  });

  it('holds what a simulated portfolio then takes, product by product', () => {
    const { customers, products, truth, taken, profile } = simulatePortfolio({ customers: 6000, seed: 12 });
    const { unconstrained } = portfolioPotential({ customers, products, probability: truth }, { by: { region: profile.region, household: profile.household }, crossed: true });
    const count = (of: (row: (typeof taken)[number]) => boolean): number => taken.filter(of).length;
    const inside = unconstrained.products.filter(({ name, units }) => {
      const found = count(({ product }) => product === name);
      return found >= units.lower && found <= units.upper;
    });
    expect(inside.length).toBeGreaterThanOrEqual(18);
    const cells = unconstrained.by['region']!.flatMap((group) => group.products.map(({ name, units }) => ({ units, found: count(({ customer, product }) => product === name && profile.region[customer - 1] === group.name) })));
    const share = cells.filter(({ units, found }) => found >= units.lower && found <= units.upper).length / cells.length;
    // Whole numbers hold more than what is asked for.
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(1);
    expect(unconstrained.by['household']!.at(-1)!.name).toBe(null);
  });

  it('asks for the covariances of a few groups at a time', () => {
    const cells = drawCells(300, 7, 0.2);
    const sizes: number[] = [];
    const uncertainty: ParameterUncertainty = { ...cells.uncertainty!, sumCovariance: (product, groups, groupCount, weights) => (sizes.push(groupCount), cells.uncertainty!.sumCovariance(product, groups, groupCount, weights)) };
    const { total, by } = portfolioPotential({ ...cells, uncertainty }, { by: { agent: cells.customers.map((i) => Number(i) % 100) }, crossed: true }).unconstrained;
    expect(Math.max(...sizes)).toBe(64);
    expect(by['agent']!.reduce((sum, group) => sum + group.products[2]!.units.parameterError!, 0)).toBeCloseTo(Math.sqrt(total.units.parameterError! ** 2 - by['agent']!.reduce((sum, group) => sum + group.products[0]!.units.parameterError!, 0) ** 2 - by['agent']!.reduce((sum, group) => sum + group.products[1]!.units.parameterError!, 0) ** 2), 8);
  });

  it('keeps the ends to what the cells can bring', () => {
    const one = { customers: ['ann'], products: ['card'], probability: Float64Array.of(0.5) };
    const { revenue, margin } = portfolioPotential(one, { price: 100, margin: -40, contactCost: 3 }).unconstrained.total;
    expect([revenue!.lower, revenue!.estimate, revenue!.upper]).toEqual([0, 50, 100]);
    expect([margin!.lower, margin!.estimate, margin!.upper]).toEqual([-43, -23, -3]);
    const two = { customers: ['ann', 'bob'], products: ['card'], probability: Float64Array.of(0.5, 0.5), uncertainty: sharedError(Float64Array.of(0.5, 0.5), 1, 50) };
    const { total } = portfolioPotential(two, { margin: [10, -20] }).unconstrained;
    expect([total.margin!.lower, total.margin!.upper]).toEqual([-20, 10]);
    for (const [{ expectation }, least, most] of [[total.margin!, -20, 10], [total.units, 0, 2]] as const) {
      expect(expectation!.lower).toBeGreaterThanOrEqual(least);
      expect(expectation!.upper).toBeLessThanOrEqual(most);
    }
  });

  it('keeps the width of the expectation where gains and losses cancel', () => {
    const customers = Array.from({ length: 200 }, (_, i) => i);
    const probability = new Float64Array(200).fill(0.2);
    const margin = customers.map((i) => (i % 2 === 0 ? 100 : -99.99));
    const uncertainty: ParameterUncertainty = { sumCovariance: () => Float64Array.of(2000), logOddsError: () => 0.1 };
    const { expectation, parameterError } = portfolioPotential({ customers, products: ['card'], probability, uncertainty }, { margin }).unconstrained.total.margin!;
    expect(parameterError).toBeCloseTo(44.72, 2);
    expect(expectation!.lower).toBeCloseTo(0.2 - 1.96 * 44.72, 1);
    expect(expectation!.upper).toBeCloseTo(0.2 + 1.96 * 44.72, 1);
    // One sign, and an error far beyond the mean: the skewness of an exponential variable at most.
    const vague = portfolioPotential({ customers, products: ['card'], probability: new Float64Array(200).fill(0.0001), uncertainty }, { margin: 100 }).unconstrained.total.margin!;
    expect(vague.expectation!.upper).toBeGreaterThan(vague.parameterError!);
  });

  it('needs no money where one single customer has no probability', () => {
    const { total } = portfolioPotential({ customers: ['ann'], products: ['card', 'loan'], probability: Float64Array.of(0.5, NaN) }, { price: () => 20, margin: [10, NaN], contactCost: () => 1 }).unconstrained;
    expect([total.revenue!.estimate, total.margin!.estimate, total.margin!.lower, total.margin!.upper]).toEqual([10, 4, -1, 9]);
  });

  it('counts a cell named twice once', () => {
    const card = { customer: 'ann', product: 'card' };
    expect(portfolioPotential(known, { plan: [card, card] }).constrained!.total.units.estimate).toBe(0.5);
  });

  it('falls from all cells to those that may be offered to those a plan serves', () => {
    const cells = drawCells(200, 9, 0.1);
    const options = { margin: { card: 20, fund: 90, loan: 300 }, contactCost: 2 };
    const who = eligibility(cells, { only: { loan: (customer) => Number(customer) % 2 === 0 } });
    const plan = idealBasket(cells, { ...options, eligibility: who, maxPerCustomer: 1 });
    const potential = portfolioPotential(cells, { ...options, eligibility: who, plan });
    const units = [potential.unconstrained, potential.eligible, potential.constrained!].map(({ total }) => total.units.estimate);
    expect(units[0]).toBeGreaterThan(units[1]!);
    expect(units[1]).toBeGreaterThan(units[2]!);
    expect(potential.constrained!.total.margin!.estimate).toBeCloseTo(plan.value, 8);
    expect(potential.constrained!.total.cells).toBe(plan.offers);
    const rows = cells.customers.flatMap((customer) => plan.basket(customer).map(({ product }) => ({ customer: String(customer), product })));
    expect(portfolioPotential(cells, { ...options, plan: rows }).constrained).toEqual(potential.constrained);
    expect(potential.eligible.products[2]!.units.estimate).toBeCloseTo(cells.probability.reduce((sum, p, cell) => sum + (cell % 6 === 2 && !Number.isNaN(p) ? p : 0), 0), 10);
  });

  it('takes dimensions from rows, columns and frames, leaving identifiers out', () => {
    const segment = ['b', 'a', 'b'];
    const frame = Frame.fromColumns({ id: ['x', 'y', 'z'], segment, high: [true, false, true] }, { id: 'id' });
    const { by } = portfolioPotential(known, { by: frame }).unconstrained;
    expect(Object.keys(by)).toEqual(['segment', 'high']);
    expect(by['segment']!.map(({ name }) => name)).toEqual(['a', 'b']);
    const rows = segment.map((name, i) => ({ segment: name, i }));
    expect(portfolioPotential(known, { by: rows, dimensions: ['segment'] }).unconstrained.by).toEqual({ segment: by['segment'] });
  });

  it('holds nothing where there is nothing, and does not touch what it is given', () => {
    const { unconstrained: { total: nothing }, withoutProbability } = portfolioPotential({ customers: ['ann'], products: ['card'], probability: Float64Array.of(NaN) }, { margin: 5 });
    expect(withoutProbability).toEqual(['card']);
    expect(portfolioPotential(known).withoutProbability).toEqual([]);
    expect(nothing).toEqual({ name: 'total', customers: 0, cells: 0, units: { estimate: 0, lower: 0, upper: 0, expectation: null, parameterError: null, chanceError: 0 }, revenue: null, margin: { estimate: 0, lower: 0, upper: 0, expectation: null, parameterError: null, chanceError: 0 } });
    const cells = drawCells(50, 4, 0.1);
    const before = cells.probability.slice();
    portfolioPotential(Object.freeze(cells), Object.freeze({ by: Object.freeze({ half: cells.customers.map((i) => Number(i) % 2) }) }));
    expect(cells.probability).toEqual(before);
  });

  it('refuses what it cannot use', () => {
    const refusal = (options: object, code: string, message: string | RegExp): void => {
      expect(() => portfolioPotential(known, options)).toThrow(expect.objectContaining({ code, message: typeof message === 'string' ? message : expect.stringMatching(message) }));
    };
    refusal({ by: { region: ['north'] } }, 'LENGTH_MISMATCH', 'portfolioPotential needs by with one row for each of the 3 customers, in their order, found 1');
    refusal({ by: { region: [1, 2, 3] }, dimensions: ['regoin'] }, 'UNKNOWN_COLUMN', /regoin/);
    refusal({ by: { region: [1, 2, 3] }, dimensions: 'region' }, 'INVALID_OPTION', 'portfolioPotential needs dimensions as an array of names of columns, found "region"');
    refusal({ contactCost: 2 }, 'INVALID_OPTION', 'portfolioPotential takes contactCost off the margin, and found none; give margin');
    refusal({ margn: 2 }, 'INVALID_OPTION', /margn/);
    refusal({ margin: { kard: 2 } }, 'INVALID_OPTION', /kard/);
    refusal({ confidence: 95 }, 'INVALID_OPTION', /confidence/);
    refusal({ plan: [{ customer: 'ann', product: 'kard' }] }, 'UNKNOWN_ID', 'portfolioPotential found no product "kard" of plan (row 0) in the cells; plan on these cells');
    refusal({ plan: [{ customer: 'dan', product: 'card' }] }, 'UNKNOWN_ID', /customer "dan"/);
    const missing = 'portfolioPotential needs a probability of every cell of plan, found none of "card" for customer "bob"; leave it out of plan, or plan on these cells';
    refusal({ plan: [{ customer: 'bob', product: 'card' }] }, 'INVALID_VALUE', missing);
    refusal({ plan: { customers: known.customers, products: known.products, chosen: Int32Array.of(-1, 0, -1), width: 1 } }, 'INVALID_VALUE', missing);
    expect(() => portfolioPotential({ ...known, customers: ['ann', 'bob', 'ann'] }, { plan: [] })).toThrow(expect.objectContaining({ code: 'DUPLICATE_ID' }));
    refusal({ plan: 'all' }, 'INVALID_INPUT', /plan as idealBasket makes it/);
    refusal({ plan: { customers: ['ann'], products: ['card', 'loan'], chosen: Int32Array.of(0), width: 1 } }, 'INVALID_INPUT', /same customers and products/);
    refusal({ eligibility: true }, 'INVALID_OPTION', /eligibility/);
    expect(() => portfolioPotential([] as never)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => portfolioPotential({ ...known, probability: Float64Array.of(2, 0, 0, 0, 0, 0) })).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
    const many = Array.from({ length: 10_001 }, (_, i) => i);
    expect(() => portfolioPotential({ customers: many, products: ['card'], probability: new Float64Array(many.length) }, { by: { income: many } })).toThrow(
      expect.objectContaining({ code: 'COLUMN_KIND', message: 'portfolioPotential groups by column "income", which has 10001 different values; cut it into bands, or leave it out with dimensions' }),
    );
  });
});
