import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earlyWarnings } from '../../../src/churn/behaviour/earlyWarnings.js';
import { stratifiedAuc } from '../../../src/churn/behaviour/stratifiedAuc.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

const single = (labels: readonly number[], strata: readonly number[]) => ({
  labels: Uint8Array.from(labels), strata: Int32Array.from(strata), strataCount: Math.max(...strata) + 1, clusters: Int32Array.from(labels.keys()), clusterCount: labels.length,
});

describe('stratifiedAuc', () => {
  it('counts pairs within strata, each stratum by what it can say', () => {
    const row = fc.record({ value: fc.integer({ min: 0, max: 5 }), label: fc.constantFrom(0, 1), stratum: fc.constantFrom(0, 1, 2) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
        const task = single(rows.map(({ label }) => label), rows.map(({ stratum }) => stratum));
        const { estimate } = stratifiedAuc(Float64Array.from(rows, ({ value }) => value), Uint32Array.from(rows.keys()), task);
        let [sum, total] = [0, 0];
        for (const stratum of [0, 1, 2]) {
          const [left, stayed] = [1, 0].map((label) => rows.filter((one) => one.stratum === stratum && one.label === label));
          if (left!.length === 0 || stayed!.length === 0) continue;
          const wins = left!.flatMap((a) => stayed!.map((b): number => (a.value > b.value ? 1 : a.value === b.value ? 0.5 : 0))).reduce((all, win) => all + win, 0);
          const weight = (left!.length * stayed!.length) / (left!.length + stayed!.length);
          sum += (weight * wins) / (left!.length * stayed!.length);
          total += weight;
        }
        if (total === 0) expect(estimate).toBeNaN();
        else expect(estimate).toBeCloseTo(sum / total, 10);
      }),
    );
  });

  it('has an error that holds where customers have several rows', () => {
    // Forty customers with five rows each, alike within a customer: the spread over worlds is what it says, not that of 200 rows.
    const estimates: number[] = [];
    let errors = 0;
    for (let world = 1; world <= 200; world++) {
      const random = createRandom(world);
      const people = Array.from({ length: 40 }, () => ({ value: random.normal(), label: Number(random.uniform() < 0.4) }));
      const task = { labels: Uint8Array.from({ length: 200 }, (_, i) => people[i % 40]!.label), strata: new Int32Array(200), strataCount: 1, clusters: Int32Array.from({ length: 200 }, (_, i) => i % 40), clusterCount: 40 };
      const { estimate, error } = stratifiedAuc(Float64Array.from({ length: 200 }, (_, i) => people[i % 40]!.value), Uint32Array.from({ length: 200 }, (_, i) => i), task);
      estimates.push(estimate);
      errors += error / 200;
    }
    const mean = estimates.reduce((sum, value) => sum + value, 0) / 200;
    const spread = Math.sqrt(estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 199);
    expect(errors / spread).toBeGreaterThan(0.85);
    expect(errors / spread).toBeLessThan(1.15);
  });
});

/** Customers at three moments; silence comes before leaving, the season moves shoes and leaving alike. */
function world(seed: number, effect: number): object[] {
  const random = createRandom(seed);
  return Array.from({ length: 1500 }, (_, i) => {
    const asOf = i % 3;
    const left = random.uniform() < 0.1 + 0.15 * asOf;
    const days = left ? 5 + random.integer(170) : null;
    return { customer: Math.floor(i / 3), asOf, silence: random.normal() + (left && days! < 60 ? effect : 0), shoes: random.normal() + asOf, calls: random.normal() - (left ? effect / 2 : 0), left, days };
  });
}

describe('earlyWarnings', () => {
  it('names what comes before leaving, in its direction, and not what the season moves', () => {
    const { warnings, tested, baseRate } = earlyWarnings(world(1, 2), { target: 'left', daysUntil: 'days' });
    expect(warnings.map(({ feature, direction }) => `${feature} ${direction}`)).toEqual(['calls low', 'silence high']);
    expect(tested).toBe(3);
    expect(baseRate).toBeGreaterThan(0.2);
    const silence = warnings[1]!;
    expect(silence.alarm!.threshold).toBeGreaterThan(1);
    expect(silence.alarm!.share).toBeLessThan(0.15);
    expect(silence.alarm!.lift).toBeGreaterThan(1.5);
    // It shows in the last 60 days only.
    const [last30, last60, last90, last180] = silence.leads.map(({ auc }) => auc!.estimate);
    expect(Math.min(last30!, last60!)).toBeGreaterThan(0.85);
    expect(Math.max(last90!, last180!)).toBeLessThan(0.65);
    // Compared across seasons, shoes would pass for a warning.
    expect(earlyWarnings(world(1, 2), { target: 'left', daysUntil: 'days', within: [], features: ['shoes'] }).warnings).toHaveLength(1);
  });

  it('names almost nothing where there is nothing', () => {
    let named = 0;
    for (let seed = 1; seed <= 30; seed++) named += earlyWarnings(world(seed, 0), { target: 'left' }).warnings.length > 0 ? 1 : 0;
    // At a false discovery rate of .05 in 30 worlds one or two are expected.
    expect(named).toBeLessThanOrEqual(5);
  });

  it('does not depend on the order of the rows, nor on the scale of a column', () => {
    const rows = world(2, 1);
    const figures = (some: readonly object[]): unknown => earlyWarnings(some, { target: 'left' }).warnings.map(({ feature, auc }) => [feature, auc.estimate.toFixed(9)]);
    expect(figures([...rows].reverse())).toEqual(figures(rows));
    expect(figures(rows.map((row) => ({ ...row, silence: 1e9 * (row as { silence: number }).silence })))).toEqual(figures(rows));
  });

  it('takes booleans, passes over missing values and constant columns', () => {
    const rows = world(3, 2).map((row, i) => ({ ...row, silent: (row as { silence: number }).silence > 1, same: 1, silence: i % 5 === 0 ? null : (row as { silence: number }).silence }));
    const { warnings } = earlyWarnings(rows as readonly object[], { target: 'left', features: ['silent', 'same', 'silence'] } as never);
    expect(warnings.map(({ feature }) => feature).sort()).toEqual(['silence', 'silent']);
  });

  it('refuses what it cannot compare', () => {
    const rows = world(1, 1);
    const code = (options: object, some: readonly object[] = rows): string | undefined => errorCode(() => earlyWarnings(some, { target: 'left', ...options } as never));
    expect(code({}, [])).toBeDefined();
    expect(code({ target: 'x' })).toBe('UNKNOWN_COLUMN');
    expect(code({ features: ['x'] })).toBe('UNKNOWN_COLUMN');
    expect(code({}, [{ a: 1, left: 1 }])).toBe('TARGET_CLASSES');
    expect(code({ features: ['plan'] }, rows.map((row) => ({ ...row, plan: 'gold' })))).toBe('COLUMN_KIND');
    for (const options of [{ alarmShare: 0 }, { leads: [30, 10] }, { leads: [] }, { falseDiscoveryRate: 1 }, { confidence: 0 }, { lead: 3 }]) expect(code(options), JSON.stringify(options)).toBe('INVALID_OPTION');
  });
});
