import { describe, expect, it } from 'vitest';
import { brierScore, calibrationSlope, expectedCalibrationError, gainsTable, liftAt, productCalibration, rocAucInterval } from '../../../src/evaluation/index.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

/** Customers × three products: the first right, the second too bold, the third twice too high; some cells not at risk, some without probability. */
function cells(customers: number): { products: string[]; probability: Float64Array; labels: Int8Array } {
  const random = createRandom(4);
  const products = ['right', 'bold', 'high'];
  const [probability, labels] = [new Float64Array(customers * 3), new Int8Array(customers * 3)];
  for (let i = 0; i < probability.length; i++) {
    const logOdds = -1.5 + random.normal();
    const p = 1 / (1 + Math.exp(-logOdds));
    labels[i] = random.uniform() < 0.1 ? -1 : Number(random.uniform() < p);
    const given = i % 3 === 0 ? p : i % 3 === 1 ? 1 / (1 + Math.exp(-2 * logOdds)) : Math.min(1, 2 * p);
    probability[i] = random.uniform() < 0.05 ? NaN : given;
  }
  return { products, probability, labels };
}

describe('productCalibration', () => {
  it('counts by hand', () => {
    const found = productCalibration({ products: ['a'], probability: [0.8, 0.6, 0.2, 0.4] }, [1, 1, 0, 0], { bins: 2, share: 0.25 });
    expect(found.products[0]).toMatchObject({
      product: 'a', customers: 4, events: 2, expected: 2, excessZ: 0, calibrationError: expect.closeTo(0.3, 12),
      // Means of 0.3 and 0.7 over two customers each: 0.6 events expected in one bin, 0.6 others in the other.
      calibrationErrorByChance: expect.closeTo((2 * 2 * 0.6 * Math.exp(-0.6) * Math.sqrt(0.7)) / 4, 12),
      slope: null, brierScore: expect.closeTo((0.04 + 0.16 + 0.04 + 0.16) / 4, 12), brierSkill: expect.closeTo(0.6, 12),
      auc: { estimate: 1, lower: 1, upper: 1 }, lift: expect.objectContaining({ estimate: 2 }), gain: 0.5,
    });
    const skewed = productCalibration({ products: ['a'], probability: [0.5, 0.5, 0.5, 0.5] }, [1, 1, 1, 1]);
    expect(skewed.products[0]).toMatchObject({ excessZ: 2, slope: null, inTheLarge: null, brierSkill: null, auc: null, lift: null, gain: null });
    expect(productCalibration({ products: ['a'], probability: [0, 1] }, [0, 1]).products[0]!.excessZ).toBeNaN();
  });

  it("equals the library's own figures of every product, without the cells left out", () => {
    const { products, probability, labels } = cells(700);
    const found = productCalibration({ products, probability }, labels, { confidence: 0.9 });
    products.forEach((product, column) => {
      const rows = Array.from({ length: 700 }, (_, row) => row * 3 + column).filter((cell) => labels[cell] !== -1 && !Number.isNaN(probability[cell]!));
      const [y, p] = [rows.map((cell) => labels[cell]!), rows.map((cell) => probability[cell]!)];
      const one = found.products[column]!;
      const events = y.reduce((sum, label) => sum + label, 0);
      expect(one).toMatchObject({ product, customers: rows.length, events });
      expect(one.expected).toBeCloseTo(p.reduce((sum, value) => sum + value, 0), 9);
      expect(one.calibrationError).toBeCloseTo(expectedCalibrationError(y, p), 12);
      expect(one.brierScore).toBeCloseTo(brierScore(y, p), 12);
      expect(one.brierSkill).toBeCloseTo(1 - brierScore(y, p) / ((events / rows.length) * (1 - events / rows.length)), 12);
      const { slope, inTheLarge } = calibrationSlope(y, p, { confidence: 0.9 });
      expect([one.slope, one.inTheLarge]).toEqual([slope, inTheLarge]);
      const { estimate, lower, upper } = rocAucInterval(y, p, { confidence: 0.9 });
      expect(one.auc).toEqual({ estimate, lower, upper });
      const lift = liftAt(y, p, 0.1, { confidence: 0.9 });
      for (const end of ['estimate', 'lower', 'upper'] as const) expect(one.lift![end]).toBeCloseTo(lift[end], 9);
      expect(one.gain).toBeCloseTo(gainsTable(y, p)[0]!.cumulativeGain, 9);
    });
    expect(found.calibrationError).toBeCloseTo(found.products.reduce((sum, { calibrationError }) => sum + calibrationError, 0) / 3, 12);
    expect(found.leftOut.notAtRisk).toBe(labels.filter((label) => label === -1).length);
    expect(found.leftOut.withoutProbability).toBe(probability.filter((p, cell) => Number.isNaN(p) && labels[cell] !== -1).length);
  });

  it('tells right probabilities from bold and high ones', () => {
    const { products, probability, labels } = cells(4000);
    const [right, bold, high] = productCalibration({ products, probability }, labels).products;
    expect(Math.abs(right!.excessZ)).toBeLessThan(3);
    expect(right!.calibrationError).toBeLessThan(2 * right!.calibrationErrorByChance);
    expect(right!.slope!.lower < 1 && right!.slope!.upper > 1).toBe(true);
    expect(bold!.slope!.upper).toBeLessThan(1);
    expect(high!.excessZ).toBeLessThan(-5);
    expect(high!.calibrationError).toBeGreaterThan(5 * high!.calibrationErrorByChance);
  });

  it('says about how large the error of right probabilities is by chance', () => {
    const random = createRandom(9);
    const products = Array.from({ length: 150 }, (_, p) => `p${p}`);
    const probability = Float64Array.from({ length: 150 * 400 }, () => 0.05 + 0.4 * random.uniform());
    const found = productCalibration({ products, probability }, Int8Array.from(probability, (p) => Number(random.uniform() < p)));
    expect(Math.abs(found.calibrationError / found.calibrationErrorByChance - 1)).toBeLessThan(0.05);
  });

  it('says so of rare products too, and of those that nearly all take', () => {
    const random = createRandom(10);
    const products = Array.from({ length: 600 }, (_, p) => `p${p}`);
    for (const rate of [0.01, 0.99]) {
      const probability = Float64Array.from({ length: 600 * 200 }, () => rate + 0.01 * (random.uniform() - 0.5));
      const found = productCalibration({ products, probability }, Int8Array.from(probability, (p) => Number(random.uniform() < p)));
      expect(Math.abs(found.calibrationError / found.calibrationErrorByChance - 1)).toBeLessThan(0.05);
    }
  });

  it('leaves products out that have nobody to judge by, and uses fewer bins for few customers', () => {
    const found = productCalibration({ products: ['held', 'few'], probability: [0.1, 0.3, 0.2, 0.4] }, [-1, 0, -1, 1]);
    expect(found.notJudged).toEqual(['held']);
    expect(found.products).toHaveLength(1);
    expect(found.products[0]!.calibrationError).toBeCloseTo((0.3 + 0.6) / 2, 12);
    expect(found.products[0]!.lift).toBeNull();
    expect(found).toMatchObject({ events: 1, expected: 0.7, leftOut: { notAtRisk: 2, withoutProbability: 0 } });
  });

  it('refuses what it cannot use, naming the remedy', () => {
    const two = { products: ['a', 'b'], probability: [0.1, 0.2, 0.3, 0.4] };
    expect(() => productCalibration(two, [0, 1, 2, 0])).toThrow('productCalibration needs every label of 1, 0 or -1 for not at risk, found 2 in row 1, product "a"');
    expect(() => productCalibration({ ...two, probability: [0.1, 0.2, 0.3, 1.4] }, [0, 1, 0, 0])).toThrow('productCalibration needs every probability from 0 to 1, or NaN for none, found 1.4 in row 1, product "b"');
    expect(errorCode(() => productCalibration({ ...two, probability: [-0.1, 0.2, 0.3, 0.4] }, [0, 1, 0, 0]))).toBe('INVALID_VALUE');
    expect(() => productCalibration(two, [0, 1])).toThrow('productCalibration needs one label for each of 4 probabilities, found 2');
    expect(() => productCalibration({ ...two, probability: [0.1] }, [0])).toThrow('productCalibration needs { products, probability }, one probability for each customer and product row by row, found 1 numbers for 2 products');
    expect(errorCode(() => productCalibration(null as never, [0]))).toBe('INVALID_INPUT');
    expect(errorCode(() => productCalibration({ products: [], probability: [] }, []))).toBe('INVALID_INPUT');
    expect(errorCode(() => productCalibration(two, null as never))).toBe('LENGTH_MISMATCH');
    expect(() => productCalibration(two, [-1, -1, -1, -1])).toThrow('productCalibration needs a cell with a probability and a label of 0 or 1, found none of 4');
    for (const options of [{ bins: 0 }, { share: 0 }, { share: 2 }, { confidence: 1 }, { method: 'width' }]) {
      expect([options, errorCode(() => productCalibration(two, [0, 1, 0, 1], options as never))]).toEqual([options, 'INVALID_OPTION']);
    }
  });
});
