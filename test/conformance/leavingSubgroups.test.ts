import { expect, it } from 'vitest';
import { leavingSubgroups, type LeavingSubgroupsOptions } from '../../src/churn/behaviour/leavingSubgroups.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

type Found = readonly [number, string, number, number];

const WITHOUT = ['customerID', 'MonthlyCharges', 'TotalCharges', 'tenure'];

describeWithShared('subgroups of those who leave the Telco company', ['golden/churn/misc.json', 'data/churn/telco_customer_churn.csv'], () => {
  const golden = readGolden<Record<'telco_subgroups_wracc_top' | 'telco_subgroups_wracc_bottom' | 'telco_subgroups_highest_rate_n100', readonly Found[]>>('golden/churn/misc.json');
  const customers = readCsv('data/churn/telco_customer_churn.csv').map((row) => {
    const tenure = Number(row['tenure']);
    const band = ['[0,12]', '[13,24]', '[25,48]', '[49,72]'][[12, 24, 48, 72].findIndex((end) => tenure <= end)];
    return { ...Object.fromEntries(Object.entries(row).filter(([name]) => !WITHOUT.includes(name))), 'tenure in': band };
  });
  const find = (options: Partial<LeavingSubgroupsOptions>) => leavingSubgroups(customers, { target: 'Churn', holdout: 0, keepRedundant: true, minCustomers: 100, ...options } as never).subgroups;
  /** The golden names its conditions in an order of its own, and bands without an equals sign. */
  const inOrder = (text: string): string => text.split(/ & | and /).map((term) => term.replace(' = ', '=').replace('tenure in=', 'tenure in ')).sort().join(' & ');

  it('are those of the notes by weighted relative accuracy, to 1e-12', () => {
    const found = find({ top: golden.telco_subgroups_wracc_top.length });
    golden.telco_subgroups_wracc_top.forEach(([excess, text, customersThere, rate], i) => {
      expect(inOrder(found[i]!.text)).toBe(inOrder(text));
      expect(found[i]!.customers).toBe(customersThere);
      expect(found[i]!.rate.estimate).toBeCloseTo(rate, 12);
      expect(found[i]!.excess).toBeCloseTo(excess, 12);
    });
  });

  it('are those of the notes where leaving is rare', () => {
    const found = find({ direction: 'less', top: golden.telco_subgroups_wracc_bottom.length });
    [...golden.telco_subgroups_wracc_bottom].reverse().forEach(([excess, text, customersThere], i) => {
      expect(inOrder(found[i]!.text)).toBe(inOrder(text));
      expect(found[i]!.customers).toBe(customersThere);
      expect(found[i]!.excess).toBeCloseTo(excess, 12);
    });
  });

  it('are those of the notes by rate', () => {
    const found = find({ rankBy: 'rate', top: golden.telco_subgroups_highest_rate_n100.length });
    golden.telco_subgroups_highest_rate_n100.forEach(([, text, customersThere, rate], i) => {
      expect(inOrder(found[i]!.text)).toBe(inOrder(text));
      expect([found[i]!.customers, found[i]!.rate.estimate]).toEqual([customersThere, rate]);
    });
  });

  it('hold on rows that did not find them', () => {
    const found = find({ holdout: 0.5, keepRedundant: false });
    expect(found.length).toBeGreaterThan(3);
    expect(inOrder(found[0]!.text)).toMatch(/Contract=Month-to-month|Contract = Month-to-month/);
    for (const { q } of found) expect(q).toBeLessThan(1e-6);
  });
});
