import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../../src/errors.js';
import { createRandom } from '../../../src/numeric/random.js';
import { fitPromotionSensitivity } from '../../../src/response/promotion/fitPromotionSensitivity.js';
import { projectMonotone } from '../../../src/response/promotion/projectMonotone.js';
import { PromotionSensitivity } from '../../../src/response/promotion/promotionSensitivity.js';

const errorOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
};

/** Pieces bought at discounts of 0 to 30 %: club members have a price elasticity of -2, others of 0. */
function trialOf(count: number): { club: string; visits: number; off: number; pieces: number }[] {
  const random = createRandom(4);
  return Array.from({ length: count }, () => {
    const club = random.uniform() < 0.5 ? 'yes' : 'no';
    const off = random.integer(4) / 10;
    return { club, visits: random.integer(5), off, pieces: 2 * (club === 'yes' ? (1 - off) ** -2 : 1) + 0.3 * random.normal() };
  });
}

describe('projectMonotone', () => {
  it('pools what falls, and keeps from below 0', () => {
    const values = new Float64Array([1, 2, 3, 3, 1, 2, -1, -2, 5]);
    projectMonotone(values, 3, [1, 1, 1]);
    expect([...values]).toEqual([1, 2, 3, 2, 2, 2, 0, 0, 5]);
    const weighted = new Float64Array([4, 1]);
    projectMonotone(weighted, 2, [1, 2]);
    expect([...weighted]).toEqual([2, 2]);
  });

  it('gives the nearest rising sequence', () => {
    const numbers = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(numbers, numbers, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 4 }), (given, other, weights) => {
        const found = Float64Array.from(given);
        projectMonotone(found, 4, weights);
        found.forEach((value, k) => expect(value).toBeGreaterThanOrEqual(found[k - 1] ?? 0));
        const distance = (to: ArrayLike<number>): number => given.reduce((sum, value, k) => sum + weights[k]! * (value - to[k]!) ** 2, 0);
        const rising = other.map(Math.abs).sort((a, b) => a - b);
        expect(distance(found)).toBeLessThanOrEqual(distance(rising) + 1e-9);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});

describe('fitPromotionSensitivity', () => {
  const trial = trialOf(1200);
  const options = { target: 'pieces', discount: 'off', fullDiscount: 1 } as const;
  const model = fitPromotionSensitivity(trial, options);
  const customers = [{ club: 'yes', visits: 2 }, { club: 'no', visits: 2 }];

  it('recovers curves, sensitivities and elasticities', () => {
    expect(model).toMatchObject({ control: 0, discounts: [0.1, 0.2, 0.3], features: ['club', 'visits'] });
    const response = model.predictResponse(customers);
    [0.1, 0.2, 0.3].forEach((off, k) => {
      expect(Math.abs(response[k]! - 2 * ((1 - off) ** -2 - 1))).toBeLessThan(0.15);
      expect(response[3 + k]!).toBeLessThan(0.15);
    });
    const [member, other] = model.predictElasticity(customers);
    expect(Math.abs(member! + 2)).toBeLessThan(0.2);
    expect(other!).toBeGreaterThan(-0.3);
    expect(model.predictSensitivity(customers)[0]!).toBeGreaterThan(10 * model.predictSensitivity(customers)[1]!);
    expect(model.report.risesOnAverage).toBe(true);
    expect(model.report.discounts.map(({ discount }) => discount)).toEqual([0.1, 0.2, 0.3]);
  });

  it('gives one customer as a curve, and runs straight between the discounts of the trial', () => {
    const curve = model.curve(customers[0]!);
    expect(curve.map(({ discount }) => discount)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(curve[0]!.response).toBe(0);
    curve.forEach(({ discount, response, outcome }) => {
      expect(outcome).toBeCloseTo(curve[0]!.outcome + response, 12);
      expect(model.predictResponseAt([customers[0]!], discount)[0]).toBeCloseTo(response, 12);
    });
    expect(model.predictResponseAt(customers, 0.25)[0]).toBeCloseTo((curve[2]!.response + curve[3]!.response) / 2, 12);
    expect(model.predictResponseAt(customers, 0.05)[0]).toBeCloseTo(curve[1]!.response / 2, 12);
    expect(errorOf(() => model.predictResponseAt(customers, 0.4))).toMatch(/^INVALID_OPTION: predictResponseAt needs a discount from 0 to 0.3/);
  });

  it('never falls as the discount grows', () => {
    const responses = model.predictResponse(trial);
    responses.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(i % 3 === 0 ? 0 : responses[i - 1]!));
  });

  it('keeps the outcome of two classes a probability', () => {
    const sold = trial.map((row, i) => ({ club: row.club, off: row.off, sold: (i * 37) % 100 < (row.club === 'yes' ? 60 + 120 * row.off : 30) ? 'yes' : 'no' }));
    const shop = fitPromotionSensitivity(sold, { target: 'sold', discount: 'off' });
    for (const { outcome } of shop.curve({ club: 'yes' })) expect(outcome > 0 && outcome <= 1).toBe(true);
    expect(errorOf(() => shop.predictElasticity([{ club: 'yes' }]))).toMatch(/^INVALID_INPUT: predictElasticity .*fullDiscount: 1 for shares/);
  });

  it('travels as JSON', () => {
    const again = PromotionSensitivity.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(Array.from(again.predictElasticity(trial))).toEqual(Array.from(model.predictElasticity(trial)));
    expect(errorOf(() => PromotionSensitivity.fromJSON({ format: 'Uplift', formatVersion: 1 }))).toMatch(/^MODEL_FORMAT/);
  });

  it('refuses discounts that are none', () => {
    expect(errorOf(() => fitPromotionSensitivity(trial, { target: 'pieces', discount: 'club' }))).toMatch(/^COLUMN_KIND: fitPromotionSensitivity needs discounts as numbers/);
    expect(errorOf(() => fitPromotionSensitivity(trial, { ...options, fullDiscount: 0.3 }))).toMatch(/^INVALID_OPTION: .*from 0 to less than 0.3/);
    expect(errorOf(() => fitPromotionSensitivity(trial, { ...options, fullDiscount: 0 }))).toMatch(/^INVALID_OPTION: .*fullDiscount above/);
    expect(errorOf(() => fitPromotionSensitivity(trial, { ...options, control: 0.1 }))).toMatch(/^INVALID_OPTION: .*needs discounts of from 0.1|needs discounts/);
    expect(errorOf(() => fitPromotionSensitivity(trial, { ...options, method: 'T' } as never))).toMatch(/^INVALID_OPTION: .*knows no option "method"/);
  });
});
