import { expect, it } from 'vitest';
import { Journeys } from '../../src/paths/journeys/journeys.js';
import { contrastPaths } from '../../src/paths/outcomes/contrastPaths.js';
import { mineSequences } from '../../src/paths/sequences/mineSequences.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const FILES = ['data/paths/journeys/shopper_intent_sample_2000.csv', 'golden/paths/golden.json'];

interface ShopperGolden {
  readonly contains_pattern_a_b_c_d_OR_chi2: Readonly<Record<string, readonly number[]>>;
  readonly 'all_len<=4_minsup100': { readonly patterns: number; readonly 'BH_q<.05': number; readonly 'Bonferroni<.05': number };
  readonly same_without_average_constraint: { readonly pos: number; readonly neg: number; readonly intersection: number };
}

describeWithShared('the shopping sessions of shopper_intent against the reference figures', FILES, () => {
  const rows = readCsv(FILES[0]!);
  const lists = rows.map((row) => JSON.parse(row['event_sequence']!) as number[]);
  const sessions = Journeys.fromLists(lists);
  const labels = rows.map((row) => row['label'] === '1');
  const { shopper_intent: golden } = readGolden<{ shopper_intent: ShopperGolden }>('golden', 'paths', 'golden.json');
  const found = contrastPaths(sessions, labels, { minCount: 100, maxItems: 4, strata: 'none', redundant: 'keep', top: 1000 });

  it('finds the 490 paths, as many of them significant as by the exact tests one by one', () => {
    const expected = golden['all_len<=4_minsup100'];
    expect([found.caseCount, found.controlCount]).toEqual([1000, 1000]);
    expect(found.tested).toBe(expected.patterns);
    expect(found.paths.filter(({ q }) => q < 0.05).length).toBe(expected['BH_q<.05']);
    expect(found.paths.filter(({ fisherP }) => fisherP * found.tested < 0.05).length).toBe(expected['Bonferroni<.05']);
  });

  it('has the tables, odds ratios and chi-squares of the reference', () => {
    for (const [name, [a, b, c, d, oddsRatio, chiSquare]] of Object.entries(golden.contains_pattern_a_b_c_d_OR_chi2)) {
      const path = found.paths.find(({ steps }) => steps.join('>') === name)!;
      expect([path.caseCount, path.controlCount, 1000 - path.caseCount, 1000 - path.controlCount]).toEqual([a, b, c, d]);
      expect(path.oddsRatio.estimate).toBeCloseTo(oddsRatio!, 5);
      expect(path.chiSquare).toBeCloseTo(chiSquare!, 5);
    }
    const pOf = (name: string): number => found.paths.find(({ steps }) => steps.join('>') === name)!.fisherP;
    // fisher.test of R 4.2.2; the groups are of one size, so that the doubled tail is the same.
    expect(Math.abs(pOf('6') / 4.27494e-7 - 1)).toBeLessThan(1e-5);
    expect(pOf('2')).toBeCloseTo(0.649655962298, 10);
    expect(Math.log10(pOf('3'))).toBeCloseTo(Math.log10(7.2e-194), 1);
  });

  it('says that few of them tell more than their parts among sessions of a length', () => {
    const telling = contrastPaths(sessions, labels, { minCount: 100, maxItems: 4, top: 1000 });
    const significant = telling.paths.filter(({ q }) => q < 0.05);
    expect(significant.length).toBeLessThan(150);
    expect(significant[0]!.q).toBeLessThan(1e-20);
  });

  it('finds the paths of 300 of a group within ten steps that seq2pat finds', () => {
    const { pos, neg, intersection } = golden.same_without_average_constraint;
    const pathsOf = (label: boolean): string[] => {
      const group = Journeys.fromLists(lists.filter((_, row) => labels[row] === label));
      return Array.from(mineSequences(group, { minCount: 300, minSteps: 2, maxSpan: { steps: 9 }, patterns: 'frequent' }), ({ steps }) => steps.join('>'));
    };
    const [buyers, others] = [pathsOf(true), new Set(pathsOf(false))];
    expect([buyers.length, others.size, buyers.filter((path) => others.has(path)).length]).toEqual([pos, neg, intersection]);
  });
});
