import { expect, it } from 'vitest';
import { fitCoxRegression } from '../../src/churn/cox/fitCoxRegression.js';
import { fitDiscreteHazard } from '../../src/churn/hazards/fitDiscreteHazard.js';
import type { SurvivalModel } from '../../src/churn/survivalModel.js';
import { concordanceIndex } from '../../src/evaluation/survival/concordanceIndex.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

describeWithShared('survival of the Telco customers, five folds', ['golden/churn/telco_surv_cv.json', 'data/churn/telco_customer_churn.csv'], () => {
  const golden = readGolden<{ covariates: string[]; cox_C_folds: number[]; rsf200_C_mean: number }>('golden/churn/telco_surv_cv.json');
  const seen = [0, 0];
  const rows = readCsv('data/churn/telco_customer_churn.csv').map((row) => {
    const left = row['Churn'] === 'Yes' ? 1 : 0;
    const features = Object.fromEntries(golden.covariates.map((name) => [name, name === 'MonthlyCharges' ? Number(row[name]) : row[name]]));
    // The fold is the rank within the class, in the order of the file, modulo 5.
    return { ...features, tenure: Number(row['tenure']), left, fold: seen[left]!++ % 5 };
  });
  const concordances = (fit: (train: typeof rows) => SurvivalModel, folds: readonly number[]): number[] =>
    folds.map((fold) => {
      const model = fit(rows.filter((row) => row.fold !== fold));
      const test = rows.filter((row) => row.fold === fold);
      return concordanceIndex(test.map(({ tenure }) => tenure), test.map(({ left }) => left), model.predictRisk(test));
    });
  const columns = { duration: 'tenure', event: 'left', features: golden.covariates } as never;

  it('ranks by Cox regression as R does, fold by fold', () => {
    concordances((train) => fitCoxRegression(train, columns), [0, 1, 2, 3, 4]).forEach((concordance, fold) => expect(concordance).toBeCloseTo(golden.cox_C_folds[fold]!, 6));
  });

  it('ranks by boosted hazards better than a random survival forest of 200 trees', () => {
    const found = concordances((train) => fitDiscreteHazard(train, { ...(columns as object), learner: 'boosted trees', intervals: 6 } as never), [0, 1, 2, 3, 4]);
    expect(found.reduce((sum, value) => sum + value, 0) / 5).toBeGreaterThan(golden.rsf200_C_mean);
  });
});
