import { expect, it } from 'vitest';
import { aalenJohansen } from '../../src/churn/competing/aalenJohansen.js';
import { aalenJohansenBy } from '../../src/churn/competing/aalenJohansenBy.js';
import { grayTest } from '../../src/churn/competing/grayTest.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

/** R survival 3.5-3 and cmprsk 2.2-11 on mgus2; see ../shared/notes/churn.md, section 4.3. */
interface Goldens {
  readonly aj_mgus2: Readonly<Record<'times', readonly number[]>> & Readonly<Record<'pstate' | 'std.err' | 'lower' | 'upper', readonly (readonly number[])[]>>;
  readonly aj_mgus2_sex: { readonly strata: readonly string[]; readonly times: readonly number[] } & Readonly<Record<'pstate' | 'std.err', readonly (readonly number[])[]>>;
  readonly gray_mgus2_sex: { readonly tests: readonly (readonly [statistic: number, p: number, df: number])[] };
}

const [GOLDENS, MGUS2] = ['golden/churn/r_survival.json', 'data/churn/mgus2.csv'] as const;
const near = (found: number, wanted: number, within = 1e-12): void => expect(Math.abs(found - wanted)).toBeLessThan(within);

describeWithShared('competing risks against R', [GOLDENS, MGUS2], () => {
  const golden = readGolden<Goldens>(GOLDENS);
  const rows = readCsv(MGUS2).map(({ sex, ptime, pstat, futime, death }) => {
    const progressed = pstat === '1';
    return { sex, time: Number(progressed ? ptime : futime), end: progressed ? 'pcm' : death === '1' ? 'death' : null };
  });
  const columns = { duration: 'time', cause: 'end' } as const;

  it('Aalen and Johansen: shares, jackknife standard errors, intervals', () => {
    const { times, pstate, 'std.err': se, lower, upper } = golden.aj_mgus2;
    const curves = aalenJohansen(rows, columns);
    times.forEach((time, i) => {
      const { survival, causes: [death, pcm] } = curves.at(time);
      [survival, pcm!, death!].forEach((found, k) => {
        near(found.estimate, pstate[i]![k]!);
        near(found.standardError, se[i]![k]!);
        near(found.lower, lower[i]![k]!);
        near(found.upper, upper[i]![k]!);
      });
    });
  });

  it('in groups', () => {
    const { strata, times, pstate, 'std.err': se } = golden.aj_mgus2_sex;
    const groups = aalenJohansenBy(rows, { ...columns, by: 'sex' });
    times.forEach((time, i) => {
      const { survival, causes: [death, pcm] } = groups.find(({ group }) => strata[i] === `sex=${group}`)!.curves.at(time);
      [survival, pcm!, death!].forEach((found, k) => {
        near(found.estimate, pstate[i]![k]!);
        near(found.standardError, se[i]![k]!);
      });
    });
  });

  it("Gray's test", () => {
    (['pcm', 'death'] as const).forEach((of, i) => {
      const [statistic, p, df] = golden.gray_mgus2_sex.tests[i]!;
      const found = grayTest(rows, { ...columns, of, by: 'sex' });
      near(found.statistic, statistic, 1e-10);
      near(found.p, p, 1e-11);
      expect(found.degreesOfFreedom).toBe(df);
    });
  });
});
