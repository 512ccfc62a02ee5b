import { expect, it } from 'vitest';
import { informationValue, weightOfEvidence } from '../../src/learners/binning/weightOfEvidence.js';
import { describeSegments } from '../../src/segmentation/profile/describeSegments.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

interface Profile {
  readonly chi2: number;
  readonly df: number;
  readonly cramersV: number;
  readonly IV: number;
  readonly levels: Readonly<Record<string, { readonly n: number; readonly churn: number; readonly woe: number }>>;
}

describeWithShared('what marks those who leave the Telco company', ['golden/churn/misc.json', 'data/churn/telco_customer_churn.csv'], () => {
  const golden = readGolden<{ telco_profiles: Record<string, Profile> }>('golden/churn/misc.json').telco_profiles;
  const rows = readCsv('data/churn/telco_customer_churn.csv');
  const left = rows.map((row) => row['Churn']!);

  it('chi-square, Cramér\'s V, weights of evidence and information value are those of the notes to 1e-8', () => {
    // As categories: 0 and 1 of senior citizens would be a number.
    const categories = rows.map((row) => Object.fromEntries(Object.keys(golden).map((name) => [name, `is ${row[name]}`])));
    const { features } = describeSegments(categories, left);
    expect(features.length).toBe(Object.keys(golden).length);
    for (const { feature, chiSquare, degreesOfFreedom, strength } of features) {
      const { chi2, df, cramersV, IV, levels } = golden[feature]!;
      expect(chiSquare).toBeCloseTo(chi2, 8);
      expect(degreesOfFreedom).toBe(df);
      expect(strength).toBeCloseTo(cramersV, 8);
      const counts = Object.values(levels);
      const [events, others] = [counts.map(({ churn }) => churn), counts.map(({ n, churn }) => n - churn)];
      expect(informationValue(events, others)).toBeCloseTo(IV, 8);
      weightOfEvidence(events, others).forEach((woe, i) => expect(woe).toBeCloseTo(counts[i]!.woe, 8));
    }
  });
});
